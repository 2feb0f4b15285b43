"""Layouts: a query that was typed with another keyboard layout than the reader thought."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from caliber_site.languages import ENGLISH, Language
from caliber_site.search.rescue.chunks import convert, weigh_typed
from caliber_site.search.rescue.keyboards import BY_SCRIPT, mapping
from caliber_site.search.rescue.lookups import COMMON, Lookups
from caliber_site.search.rescue.respelling import HOLE, Edit, Respelling, mask, replace
from caliber_site.search.rescue.scripts import script_of

CHUNK = re.compile(rf"[^\s{HOLE}]+")
MOST_CHUNKS = 32
TELLING = 6
"""So many chunks tell which of several layouts it was."""

LEAST_KNOWN = 0.5
"""The share of chunks that another layout must turn into known words."""


class Reading(NamedTuple):
    """A query as another layout would have written it.

    Attributes:
        merit: How much speaks for it, see `Conversion`.
        known: The share of changed keys that wrote known words; those of stop words tell nothing.
        edits: The changes.
    """

    merit: float
    known: float
    edits: list[Edit]


def layouts(text: str, language: Language, lookups: Lookups, *, live: bool) -> Iterator[Respelling]:
    """Yield the query as other layouts would have written it, where that makes known words."""
    chunks = list(islice(CHUNK.finditer(mask(text)), MOST_CHUNKS))
    end = len(text) if live else -1
    found = [
        (_read(chunks[:TELLING], script, table, lookups, end).merit, script, table)
        for script, table in _tables(language, {script_of(chunk[0]) for chunk in chunks})
    ]
    found.sort(key=lambda first: first[0], reverse=True)
    for _, script, table in found[:2]:
        reading = _read(chunks, script, table, lookups, end)
        if reading.known >= LEAST_KNOWN:
            # Keys write ե and վ, where today's spelling has one letter.
            new = replace(text, reading.edits).replace("եվ", "և")
            yield Respelling(new, "layout", reading.known)


def _tables(language: Language, scripts: set[str | None]) -> Iterator[tuple[str, dict[int, str]]]:
    for typed, typed_keyboards in BY_SCRIPT.items():
        for meant in dict.fromkeys((language.script, ENGLISH.script)):
            if typed in scripts and typed != meant:
                for keyboard in typed_keyboards:
                    yield from ((typed, mapping(other, keyboard)) for other in BY_SCRIPT[meant])


def _read(
    chunks: list[re.Match[str]], script: str, table: dict[int, str], lookups: Lookups, end: int
) -> Reading:
    merit = known = told = 0.0
    edits = []
    for chunk in chunks:
        begun = chunk.end() == end
        new = convert(chunk[0], table, lookups, begun=begun)
        if (
            not _may_change(chunk[0], script, new.weight)
            or weigh_typed(chunk[0], lookups, begun=begun) > new.weight
        ):
            continue
        edits.append(Edit(chunk.start(), chunk.end(), new.text))
        merit += new.merit
        if new.weight < COMMON:
            told += len(chunk[0])
            known += len(chunk[0]) * new.known
    return Reading(merit, known / (told or 1), edits)


def _may_change(typed: str, script: str, weight: int) -> bool:
    written = script_of(typed)
    if written:
        return written == script
    # Signs alone may be a word (`; is ёж), and digits a small one: the key of 7 writes և.
    return weight == COMMON or (weight > 0 and not any(map(str.isdigit, typed)))
