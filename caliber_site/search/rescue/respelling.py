"""Respellings: what a query may have been meant to say, and how its text is changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from caliber_site.search.syntax import CLOSE, OPEN, PLACE_WORDS, PLACES

Kind = Literal["operators", "layout", "transliteration", "spelling", "joined", "split"]

SECTION = "|".join(words["section"] for words in PLACE_WORDS.values())
# Never respelt: the names of places, and the slugs of sections, which are Latin everywhere.
PROTECTED = re.compile(
    rf"(?<!\S)[-−–]?(?:(?:{SECTION})[:։](?:[{OPEN}][^{OPEN}]*[{CLOSE}]?|\S*)"
    rf"|(?:{'|'.join(PLACES)})[:։])",
    re.IGNORECASE,
)
HOLE = "\0"


@dataclass(frozen=True, slots=True)
class Respelling:
    """A query that may be meant instead.

    Attributes:
        text: The query; operators and quotes are where they were.
        kind: What was the matter with the one that was typed.
        known: The share of its words that the vocabulary knows, from 0 to 1.
    """

    text: str
    kind: Kind
    known: float = 1.0


class Edit(NamedTuple):
    """A part of a text and what stands in its place."""

    start: int
    end: int
    text: str


class Choice(NamedTuple):
    """One way to respell a part of a query: the lower the cost, the likelier."""

    cost: float
    kind: Kind
    edit: Edit


def combine(
    text: str, choices: Sequence[Sequence[Choice]], most: int
) -> Iterator[tuple[str, Kind]]:
    """Yield a text with one choice for each part: the best of all, then one other at a time.

    Args:
        text: The query.
        choices: The ways to respell each part, likeliest first; none is empty.
        most: How many texts there may be.
    """
    best = [ways[0] for ways in choices]
    others = sorted(
        (way.cost - ways[0].cost, number, way)
        for number, ways in enumerate(choices)
        for way in ways[1:]
    )
    variants = [[*best[:number], way, *best[number + 1 :]] for _, number, way in others]
    for picked in [best, *variants][:most] if best else []:
        kinds = {way.kind for way in picked}
        kind = kinds.pop() if len(kinds) == 1 else "spelling"
        yield replace(text, [way.edit for way in picked]), kind


def replace(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits, which do not overlap, made."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def mask(text: str) -> str:
    """Return a text of the same length with holes in place of what is never respelt."""
    return PROTECTED.sub(lambda found: HOLE * len(found[0]), text.replace(HOLE, " "))


def like(word: str, typed: str) -> str:
    """Return a word with capital letters where the word that was typed has them."""
    if not typed[:1].isupper():
        return word
    # The capital of և would be ԵՒ, which today's spelling does not know.
    if len(typed) > 1 and typed.isupper():
        return word.replace("և", "եվ").upper()
    return "Եվ" + word[1:] if word.startswith("և") else word[:1].upper() + word[1:]
