"""Vectors: documents as the index keeps them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from caliber_site.search.analysis import Token, tokens
from caliber_site.search.postgres import lexemes
from caliber_site.search.queries import Document
from caliber_site.search.query import GAP
from caliber_site.search.stopwords import STOP_WORDS

PARTS = (("title", "A"), ("lead", "B"), ("body", ""), ("tags", "C"), ("author", "C"))
"""Parts of a document with their weights; that of the body, D, is not written."""

LAST_PLACE = 16_383
MOST_PLACES = 255
MOST_BYTES = 900_000
"""What PostgreSQL can hold, or a little less; what a document has beyond that is not found."""


class Row(NamedTuple):
    """A document as a row of `search_document`; its vectors are written as PostgreSQL reads them.

    Attributes:
        title_length: Words of the title that tell something.
        title: Lemmas of the title's words, and what limits a search.
        words: The same of all parts.
        forms: The folded words of all parts, each between spaces.
    """

    edition_id: int
    language: str
    change: int
    published_at: datetime
    section: str
    author: str
    title_length: int
    title: str
    words: str
    forms: str


class Entry(NamedTuple):
    """A row with what is counted of it."""

    row: Row
    lemmas: set[str]
    words: list[str]


class Vector:
    """Lexemes with their places, as many as fit."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self._bytes = 0

    def add(self, lexeme: str, place: int, weight: str) -> None:
        """Add a lexeme at a place."""
        places = self.places.get(lexeme)
        size = 2 if places else len(lexeme.encode()) + 10
        if self._bytes + size > MOST_BYTES or (places and len(places) == MOST_PLACES):
            return
        self.places.setdefault(lexeme, []).append(f"{min(place, LAST_PLACE)}{weight}")
        self._bytes += size

    def write(self, more: Iterable[str]) -> str:
        """Return the vector with more lexemes, which have no places."""
        placed = [f"{lexemes.quote(x)}:{','.join(at)}" for x, at in self.places.items()]
        return " ".join([*placed, *map(lexemes.quote, more)])


def make_entry(document: Document, language: str) -> Entry:
    """Return a document of a language as the index keeps it."""
    parts = {name: list(tokens(getattr(document, name))) for name, _ in PARTS}
    telling = _count_telling(parts["title"])
    limits = {
        lexemes.in_week(language, lexemes.week_of(document.published_at)),
        lexemes.in_section(document.section),
    }
    named = (
        lexemes.list_within("author", document.author)
        | lexemes.list_within("section", f"{document.section} {document.section_name}")
        | lexemes.list_within("tags", document.tags)
    )
    forms = list(dict.fromkeys(lexemes.cut(x.word) for found in parts.values() for x in found))
    words = _place(parts, PARTS)
    row = Row(
        document.edition_id,
        language,
        document.change,
        document.published_at,
        document.section,
        document.author_slug,
        telling,
        _place(parts, PARTS[:1]).write({*limits, lexemes.titled(telling)}),
        words.write(limits | named),
        f" {' '.join(forms)} ",
    )
    return Entry(row, words.places.keys() | limits | named, forms)


def _place(parts: dict[str, list[Token]], order: Iterable[tuple[str, str]]) -> Vector:
    vector = Vector()
    for place, token, weight in _walk(parts, order):
        for lemma in token.lemmas:
            vector.add(lexemes.cut(lemma), place, weight)
    return vector


def _walk(
    parts: dict[str, list[Token]], order: Iterable[tuple[str, str]]
) -> Iterator[tuple[int, Token, str]]:
    place = 0
    for name, weight in order:
        for token in parts[name]:
            place += 1
            yield place, token, weight
        place += GAP


def _count_telling(title: list[Token]) -> int:
    """Return how many words a query has that is this title."""
    telling = [token for token in title if token.word not in STOP_WORDS]
    return min(len({token.lemmas for token in telling or title}), LAST_PLACE)
