"""Lexemes: what stands in a document's vector beside the lemmas of its text, each kind by a sign.

No lemma begins with such a sign. Whatever limits a search is a lexeme, so that the index itself
leaves out what does not fit, and only what fits is read.
"""

from collections.abc import Iterable
from datetime import datetime

from caliber_site.search.analysis import tokens
from caliber_site.search.syntax import Place

WEEK_SECONDS = 7 * 24 * 3600
PLACES: dict[Place, str] = {"author": "@", "section": "%", "tags": "#"}
LONGEST = 80
"""Characters of a word that count: single letters can stand for many when they are folded."""


def cut(word: str) -> str:
    """Return a word as far as it counts."""
    return word[:LONGEST]


def within(place: Place, lemma: str) -> str:
    """Return the lexeme of a lemma in an author's or section's name or in a tag."""
    return PLACES[place] + cut(lemma)


def list_within(place: Place, text: str) -> set[str]:
    """Return the lexemes of an author's or section's name or of tags."""
    return {within(place, lemma) for token in tokens(text) for lemma in token.lemmas}


def in_section(slug: str) -> str:
    """Return the lexeme of all editions of a section."""
    return f"~section:{cut(slug)}"


def titled(length: int) -> str:
    """Return the lexeme of a title of so many words."""
    return f"~title:{length}"


def week_of(moment: datetime) -> int:
    """Return the number of a moment's week."""
    return int(moment.timestamp() // WEEK_SECONDS)


def in_week(language: str, week: int) -> str:
    """Return the lexeme of a language's editions of a week; it sorts by time."""
    return f"~{language}:{max(week, 0):06}"


def quote(lexeme: str) -> str:
    """Return a lexeme as vectors and queries are written."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def lines(words: Iterable[str]) -> str:
    """Return words as one parameter: hundreds would take longer to send than to look up."""
    return "\n".join(words)


def any_of(lexemes: Iterable[str]) -> str:
    """Return the query for documents that have at least one lexeme."""
    return f"({'|'.join(map(quote, lexemes))})"
