"""Lines of one run that state the same edition: the last one counts."""

from collections.abc import Iterable

from caliber_site.exchange.fields import LineError
from caliber_site.exchange.files import NumberedLine
from caliber_site.exchange.line import key_of, parse


def find_superseded(files: Iterable[Iterable[NumberedLine]]) -> list[set[int]]:
    """Return, for each file, the numbers of the lines after which a good one has the same key.

    Without this look ahead, a file that states an edition in two ways would change it to and
    fro each time it is imported.
    """
    superseded: list[set[int]] = []
    last: dict[int, tuple[int, int]] = {}  # by hashes, for there may be a million of them
    for place, lines in enumerate(files):
        superseded.append(set())
        for number, data in lines:
            key = None if isinstance(data, LineError) else key_of(data)
            if key is None:
                continue
            before = last.get(hash(key))
            if before and not _is_good(data):
                continue
            if before:
                superseded[before[0]].add(before[1])
            last[hash(key)] = place, number
    return superseded


def _is_good(data: bytes | LineError) -> bool:
    try:
        return not isinstance(data, LineError) and bool(parse(data))
    except LineError:
        return False
