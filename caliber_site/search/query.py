"""A query and its results, as every engine takes and gives them."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, NamedTuple

from caliber_site.languages import Language
from caliber_site.search.analysis import Token, tokens
from caliber_site.search.stopwords import STOP_WORDS

Sort = Literal["relevance", "newest"]

LONGEST_QUERY = 200
MOST_WORDS = 12
SHORTEST_PREFIX = 2
PHRASE = re.compile('["“”„«»]([^"“”„«»]+)["“”„«»]')


class Term(NamedTuple):
    """A word of a query: folded, and the lemmas by which the index may know it."""

    word: str
    lemmas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What a query's text asks for.

    Attributes:
        terms: Distinct words, at most `MOST_WORDS`.
        phrases: Words that were in quotes and must follow each other.
        prefix: The folded last word of a query that is still being typed.
    """

    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[Term, ...], ...] = ()
    prefix: str | None = None

    @property
    def lemmas(self) -> frozenset[str]:
        """Return the lemmas of all words."""
        return frozenset(lemma for term in self.terms for lemma in term.lemmas)

    def __bool__(self) -> bool:
        return bool(self.terms or self.prefix)

    def matches(self, token: Token) -> bool:
        """Return whether a word of a text is one that was asked for."""
        begun = self.prefix is not None and token.word.startswith(self.prefix)
        return begun or not self.lemmas.isdisjoint(token.lemmas)


@dataclass(frozen=True)
class Query:
    """What a reader looks for. The text is data: it has no syntax but quotes around a phrase.

    Attributes:
        text: As typed; at most `LONGEST_QUERY` characters and `MOST_WORDS` words count.
        language: Whose editions are searched.
        now: Editions published later are not found.
        section: Slug of the only section to search.
        date_from: Editions published earlier are not found.
        date_to: Editions published at this moment or later are not found.
        sort: Order of the results.
        page: Number of the page of results, from 1; beyond the last one it means the last.
        size: Results a page.
        live: The last word is still being typed.
    """

    text: str
    language: Language
    now: datetime
    section: str | None = None
    date_from: datetime | None = None
    date_to: datetime | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    live: bool = False

    @cached_property
    def words(self) -> Words:
        """Return what the text asks for; stop words count only where there is nothing else."""
        text = self.text[:LONGEST_QUERY]
        found = list(tokens(text))
        if not found:
            return Words()
        phrases = tuple(
            tuple(Term(token.word, token.lemmas) for token in tokens(quoted))
            for quoted in PHRASE.findall(text)
        )
        last = found[-1] if self.live and found[-1].end == len(text) else None
        if last and len(last.word) >= SHORTEST_PREFIX:
            found.pop()
        else:
            last = None
        telling = [token for token in found if token.word not in STOP_WORDS]
        kept = telling if telling or last else found
        return Words(
            tuple({token.lemmas: Term(token.word, token.lemmas) for token in kept}.values())[
                :MOST_WORDS
            ],
            tuple(phrase[:MOST_WORDS] for phrase in phrases if len(phrase) > 1)[:MOST_WORDS],
            last.word if last else None,
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """An edition that was found; a higher score fits better."""

    edition_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found.

    Attributes:
        hits: The page, in order.
        total: How many editions were found on all pages.
        page: The number of this page.
        pages: How many pages there are, at least 1.
        all_words: False where no edition has all the words and these have some of them.
        available: False where the index is missing or damaged.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    all_words: bool = True
    available: bool = True
