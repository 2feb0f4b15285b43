"""What is sought: the words and limits of a query as lexemes, and how many editions fit each."""

from collections.abc import Iterable
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
        forms: Its lexemes as it was typed.
        fitting: How many editions fit, about.
        rarity: How telling it is that one does.
    """

    lemmas: tuple[str, ...]
    forms: tuple[str, ...]
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
    words: list[tuple[tuple[str, ...], tuple[str, ...]]]
    words = [(term.lemmas, (term.word,)) for term in asked.words.terms]
    if asked.words.prefix:
        begun = complete(connection, archive.language, asked.words.prefix, MOST_COMPLETIONS)
        forms = (asked.words.prefix, *(word for word, _ in begun))
        known = dict.fromkeys(lemma for word in forms for lemma in lemmas(word))
        words.append((tuple(known), forms))
    cut = [(tuple(map(lexemes.cut, found)), forms) for found, forms in words]
    counts = count_fitting(connection, archive.language, {x for found, _ in cut for x in found})
    sought = [_weigh(archive, counts, found, forms) for found, forms in cut]
    return sorted(sought, key=lambda word: -word.rarity)


def _weigh(
    archive: Archive, counts: dict[str, int], known: tuple[str, ...], forms: Iterable[str]
) -> Sought:
    # Editions that have several of the lemmas count once.
    fitting = max(counts.get(lemma, 0) for lemma in known)
    typed = tuple(lexemes.form(word) for word in forms)
    return Sought(known, typed, fitting, rarity_of(fitting, archive.editions))


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
    others = [f"({'<->'.join(map(_any_lemma, phrase))})" for phrase in asked.words.phrases]
    others += [f"!{_any_lemma(term)}" for term in asked.words.excluded]
    return limits + [Limit(query, archive.editions) for query in others]


def _any_lemma(term: Term) -> str:
    return lexemes.any_of(map(lexemes.cut, term.lemmas))
