"""A lexicon while it is made: stems with the affixes that each may have, and its file."""

import lzma
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from dawg import IntDAWG

FOLDER = Path(__file__).parents[2] / "caliber_site" / "search" / "lemmas" / "lexicons"


class Builder:
    """Collects the words of a lexicon; the same words always make the same file.

    The format is told in `caliber_site/search/lemmas/lexicon.py`.
    """

    def __init__(self, comment: str) -> None:
        self.comment = comment
        self.sets: dict[frozenset[str], int] = {}
        self.stems: dict[str, dict[str, None]] = defaultdict(dict)

    def add(self, stem: str, affixes: Iterable[str], lemma: str, *, derived: bool = False) -> None:
        """Let a stem with any of the affixes (`prefix.suffix` or `suffix`) be a form of a lemma."""
        place = self.sets.setdefault(frozenset(affixes), len(self.sets))
        kept = _common(stem, lemma)
        entry = f"{place}/{len(stem) - kept}/{lemma[kept:]}{'*' if derived else ''}"
        self.stems[stem][entry] = None

    def render(self) -> bytes:
        """Return the lexicon's file before it is packed."""
        lines = {entries: line for line, entries in enumerate(sorted(set(self._entries.values())))}
        stems = IntDAWG((stem, lines[entries]) for stem, entries in self._entries.items())
        text = "\n\n".join([self._comments(), self._sets(), "\n".join(lines)])
        return f"{text}\n\n".encode() + bytes(stems.tobytes())

    def write(self, name: str) -> None:
        """Write the lexicon into the package."""
        filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0}]
        packed = lzma.compress(self.render(), check=lzma.CHECK_CRC32, filters=filters)
        (FOLDER / f"{name}.xz").write_bytes(packed)

    @property
    def _entries(self) -> dict[str, str]:
        return {stem: ",".join(entries) for stem, entries in self.stems.items()}

    def _comments(self) -> str:
        return "\n".join(f"# {line}" for line in self.comment.strip().split("\n"))

    def _sets(self) -> str:
        return "\n".join(
            " ".join(sorted(affix or "." for affix in affixes)) for affixes in self.sets
        )


def _common(one: str, other: str) -> int:
    kept = 0
    while kept < min(len(one), len(other)) and one[kept] == other[kept]:
        kept += 1
    return kept
