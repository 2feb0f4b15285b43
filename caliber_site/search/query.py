"""A query and its results, as every engine takes and gives them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, NamedTuple

from caliber_site.languages import Language
from caliber_site.search.analysis import Token
from caliber_site.search.stopwords import STOP_WORDS
from caliber_site.search.syntax import Part, Place, parts

Sort = Literal["relevance", "newest"]

LONGEST_QUERY = 500
MOST_WORDS = 32
GAP = 16
"""Places between two parts of an edition, so that no phrase spans them."""

SHORTEST_PREFIX = 2


class Term(NamedTuple):
    """A word of a query: folded, and the lemmas by which the index may know it."""

    word: str
    lemmas: tuple[str, ...]


class Within(NamedTuple):
    """Words that must all stand in one place of an edition: its author, section or tags."""

    place: Place
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Words:
    """What a query's text asks for.

    Attributes:
        terms: Distinct words, at most `MOST_WORDS`.
        phrases: Words that were in quotes and must follow each other.
        prefix: The folded last word of a query that is still being typed.
        excluded: What editions are left out for: a word, or words that follow each other.
        within: What `author:`, `section:` and `tag:` limit the editions to.
    """

    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[Term, ...], ...] = ()
    prefix: str | None = None
    excluded: tuple[tuple[Term, ...], ...] = ()
    within: tuple[Within, ...] = ()

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Return the lemmas of all words."""
        return frozenset(lemma for term in self.terms for lemma in term.lemmas)

    def __bool__(self) -> bool:
        return bool(self.terms or self.prefix or self.within)

    def matches(self, token: Token) -> bool:
        """Return whether a word of a text is one that was asked for."""
        begun = self.prefix is not None and token.word.startswith(self.prefix)
        return begun or not self.lemmas.isdisjoint(token.lemmas)


@dataclass(frozen=True)
class Query:
    """What a reader looks for. The text is data: whatever it says, it can be read.

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
        asked = list(parts(self.text[:LONGEST_QUERY]))
        plain = [part for part in asked if not part.place and not part.excluded]
        found = [token for part in plain for token in part.words]
        last = self._begun(asked)
        if last:
            found.remove(last)
        telling = [token for token in found if token.word not in STOP_WORDS]
        kept = telling if telling or last else found
        return Words(
            _distinct(kept),
            tuple(_terms(part.words) for part in plain if part.phrase and len(part.words) > 1),
            last.word if last else None,
            tuple(_exclude(part for part in asked if part.excluded))[:MOST_WORDS],
            tuple(
                Within(part.place, _distinct(part.words))
                for part in asked
                if part.place and not part.excluded
            )[:MOST_WORDS],
        )

    def _begun(self, asked: list[Part]) -> Token | None:
        """Return the last word, if it may go on."""
        if not self.live or not asked or asked[-1].place or asked[-1].excluded:
            return None
        last = asked[-1].words[-1]
        still = last.end == len(self.text) and len(last.word) >= SHORTEST_PREFIX
        return last if still else None


def _terms(words: Iterable[Token]) -> tuple[Term, ...]:
    return tuple(Term(token.word, token.lemmas) for token in words)[:MOST_WORDS]


def _exclude(excluded: Iterable[Part]) -> Iterator[tuple[Term, ...]]:
    for part in excluded:
        terms = _terms(part.words)
        # COVID-19 is also one word: by its parts, all that has a 19 would be left out.
        whole = frozenset(terms[0].lemmas).intersection(*(term.lemmas for term in terms[1:]))
        if len(terms) > 1 and whole and not part.phrase:
            yield (Term("".join(term.word for term in terms), tuple(sorted(whole))),)
        else:
            yield terms


def _distinct(words: Iterable[Token]) -> tuple[Term, ...]:
    terms = {token.lemmas: Term(token.word, token.lemmas) for token in words}
    return tuple(terms.values())[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Hit:
    """An edition that was found; a higher score fits better.

    Attributes:
        places: Where words of the query are, if the engine knows, ascending. The words of
            title, lead, body and whatever follows are counted from 0, and `GAP` places lie
            between the parts.
    """

    edition_id: int
    score: float
    places: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found.

    Attributes:
        hits: The page, in order.
        total: How many editions were found on all pages.
        about: Whether `total` is an estimate, where counting would take too long.
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
    about: bool = False
