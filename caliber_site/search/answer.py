"""Answers: what a query found, or what it was meant to find if it finds little."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from time import thread_time

from caliber_site.search.engine import Engine
from caliber_site.search.query import MOST_WORDS, Query, Results
from caliber_site.search.rescue import (
    Kind,
    Respelling,
    other_language,
    respellings,
    without_operators,
)
from caliber_site.search.rescue.lookups import Lookups

LITTLE = 2
"""So few editions are little for a query in letters that are not those of the language."""

CLEARLY_MORE = 10
"""How many times as many another spelling must find to be offered then."""

SURELY_KNOWN = 0.95
"""How well its words must be known: in just that form, and by likely rules."""

MOST_TRIED, FEW_TRIED = 4, 2
"""How many other spellings are searched for; few in the live box and for a long query."""

LONG = 8
"""Words of the longest query that is not long: each costs time in every spelling."""

LEAST_KNOWN = 0.5
"""The share of words that must be known in a spelling that finds only some of them together."""

LETTERS: frozenset[Kind] = frozenset(("layout", "transliteration"))


ENOUGH_SECONDS = 0.08
"""Processor time after which no other spelling is tried: a real misspelt query takes a tenth."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader gets for a query.

    Attributes:
        asked: The query that was typed.
        results: What is shown.
        shown_for: The text that found it, where it is not the one that was typed.
        kind: What was the matter with that.
        offered: Another text, where the results are those of the typed one, yet few.
    """

    asked: Query
    results: Results
    shown_for: str | None = None
    kind: Kind | None = None
    offered: str | None = None

    @property
    def shown(self) -> Query:
        """Return the query that found the results; its words are the ones to mark in them."""
        return self.asked if self.shown_for is None else replace(self.asked, text=self.shown_for)


def find(engine: Engine, asked: Query, *, verbatim: bool = False) -> Answer:
    """Search, and try other spellings if no edition has all the words.

    What finds editions with all its words is always answered as it is.

    Args:
        engine: Finds editions and knows their words.
        asked: The query.
        verbatim: Search for nothing but what was typed.
    """
    results = engine.search(asked)
    plain = Answer(asked, results)
    if verbatim or not results.available or not asked.words:
        return plain
    if _has_all(plain):
        return _offer(engine, plain)
    return _find_otherwise(engine, plain)


def _find_otherwise(engine: Engine, plain: Answer) -> Answer:
    """Return the first answer that has all the words, or the best that has some."""
    asked = plain.asked
    loose = without_operators(asked.text)
    best = plain
    if loose:
        answer = _search(engine, asked, loose)
        if _has_all(answer):
            return answer
        best = answer if answer.results.total and not plain.results.total else plain
    partly, start = None, thread_time()
    for respelling in _list_respellings(engine, asked):
        if thread_time() - start > ENOUGH_SECONDS:
            break
        answer = _search(engine, asked, respelling)
        if _has_all(answer):
            return answer
        if partly is None and respelling.kind in LETTERS and answer.results.total:
            partly = answer
    return partly if partly and _knows_more(engine, partly) else best


def _has_all(answer: Answer) -> bool:
    return answer.results.all_words and answer.results.total > 0


def _offer(engine: Engine, plain: Answer) -> Answer:
    """Return an answer with an offer, if in other letters the words are far more common."""
    asked, total = plain.asked, plain.results.total
    if asked.live or total > LITTLE or not other_language(asked.text, asked.language):
        return plain
    first = next(_list_respellings(engine, asked), None)
    if first is None or first.kind not in LETTERS or first.known < SURELY_KNOWN:
        return plain
    found = _search(engine, asked, first).results
    clearly = found.all_words and found.total >= CLEARLY_MORE * total
    return replace(plain, offered=first.text) if clearly else plain


def _list_respellings(engine: Engine, asked: Query) -> Iterator[Respelling]:
    vocabulary = engine.vocabulary(asked.language)
    found = respellings(asked.text, asked.language, vocabulary, live=asked.live)
    few = asked.live or len(asked.words.terms) > LONG
    return islice(found, FEW_TRIED if few else MOST_TRIED)


def _search(engine: Engine, asked: Query, respelling: Respelling) -> Answer:
    results = engine.search(replace(asked, text=respelling.text))
    return Answer(asked, results, respelling.text, respelling.kind)


def _knows_more(engine: Engine, answer: Answer) -> bool:
    """Return whether the other spelling has at least twice as many known words."""
    lookups = Lookups(engine.vocabulary(answer.asked.language), 4 * MOST_WORDS)
    own, other = (
        lookups.share_known(query.text, begun=query.live) for query in (answer.asked, answer.shown)
    )
    return other >= max(2 * own, LEAST_KNOWN)
