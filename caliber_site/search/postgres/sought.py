"""What is sought: the words and limits of a query as lexemes, and how many editions fit each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from caliber_site.search.lemmas import lemmas
from caliber_site.search.postgres import lexemes
from caliber_site.search.postgres.archive import Archive, count_fitting, rarity_of
from caliber_site.search.postgres.completion import complete
from caliber_site.search.query import Query, Term

MOST_COMPLETIONS = 16
"""Words that the beginning of one stands for: the commonest."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is sought, or those that one may become.

    Attributes:
        lemmas: Its lexemes; an edition that has one of them fits.
        typed: The word itself; None if it is a beginning.
        fitting: How many editions fit, about.
        rarity: How telling it is that one does.
    """

    lemmas: tuple[str, ...]
    typed: str | None
    fitting: int
    rarity: float

    @property
    def query(self) -> str:
        """Return the query for what fits."""
        return lexemes.any_of(self.lemmas)


@dataclass(frozen=True, slots=True)
class Limit:
    """What an edition must fit beside its words: the query, and how many editions do, about."""

    query: str
    fitting: int


def list_sought(connection: Connection, archive: Archive, asked: Query) -> list[Sought]:
    """Return the words of a query, the most telling ones first."""
    # The lemmas of one word are had by the same editions, those of several words by others.
    words: list[tuple[tuple[str, ...], str | None, Callable[[list[int]], int]]]
    words = [(_cut(term.lemmas), lexemes.cut(term.word), max) for term in asked.words.terms]
    if asked.words.prefix:
        begun = complete(connection, archive.language, asked.words.prefix, MOST_COMPLETIONS)
        forms = (asked.words.prefix, *(word for word, _ in begun))
        words.append((_cut(x for word in forms for x in lemmas(word)), None, sum))
    counts = count_fitting(connection, archive.language, {x for known, *_ in words for x in known})
    sought = []
    for known, typed, unite in words:
        fitting = min(unite([counts.get(lemma, 0) for lemma in known]), archive.editions)
        sought.append(Sought(known, typed, fitting, rarity_of(fitting, archive.editions)))
    return sorted(sought, key=lambda word: -word.rarity)


def _cut(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(lexemes.cut, words)))


def list_limits(connection: Connection, archive: Archive, asked: Query) -> list[Limit]:
    """Return what limits a query beside its words and its time."""
    groups = [
        [lexemes.within(within.place, lemma) for lemma in term.lemmas]
        for within in asked.words.within
        for term in within.terms
    ]
    if asked.section is not None:
        groups.append([lexemes.in_section(asked.section)])
    counts = count_fitting(connection, archive.language, {x for group in groups for x in group})
    limits = [Limit(lexemes.any_of(x), max(counts.get(y, 0) for y in x)) for x in groups]
    excluded = [f"!{_phrase(terms)}" for terms in asked.words.excluded if len(terms) == 1]
    return limits + [Limit(query, archive.editions) for query in excluded]


def word_phrases(asked: Query) -> str | None:
    """Return the query for editions that have the phrases of one, and not those left out.

    None if it has neither.
    """
    excluded = (f"!{_phrase(terms)}" for terms in asked.words.excluded if len(terms) > 1)
    return "&".join([*map(_phrase, asked.words.phrases), *excluded]) or None


def _phrase(terms: Iterable[Term]) -> str:
    return f"({'<->'.join(map(_any_lemma, terms))})"


def _any_lemma(term: Term) -> str:
    return lexemes.any_of(_cut(term.lemmas))
