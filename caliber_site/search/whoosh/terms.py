"""Terms: the words of a query as an index has them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from caliber_site.search.lemmas import lemmas
from caliber_site.search.query import Term, Words
from caliber_site.search.whoosh.codec import Entry
from caliber_site.search.whoosh.completion import complete
from caliber_site.search.whoosh.schema import TEXT, TITLE, WORD
from caliber_site.search.whoosh.snapshot import Snapshot

MOST_COMPLETIONS = 16
"""Words that the beginning of one stands for: the commonest."""

MOST_WORDS = 8
"""Words of a longer query that count: those that tell most. The others would cost more than they
change."""

Places = tuple[list[Entry], ...]
"""Where postings are, tier by tier."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for, or the words that one may become.

    Attributes:
        text: Where its lemmas are in texts.
        title: Where they are in titles.
        exact: Where it is as it was typed.
        rarity: How telling it is: near 0 if all documents have it.
    """

    text: Places
    title: Places
    exact: Places
    rarity: float


def find_places(snapshot: Snapshot, field: str, words: Iterable[str]) -> Places:
    """Return where the postings of some words are in a field."""
    found = [snapshot.find(field, word) for word in words]
    return tuple(
        [entry for entries in found if (entry := entries[n]) is not None]
        for n in range(len(snapshot.tiers))
    )


def count_documents(places: Places) -> int:
    """Return how many documents have the commonest of some words, tier by tier."""
    return sum(max((entry.documents for entry in entries), default=0) for entries in places)


def list_sought(snapshot: Snapshot, words: Words) -> list[Sought]:
    """Return the words of a query that count, in its order."""
    sought = [_seek(snapshot, term.lemmas, [term.word]) for term in words.terms]
    if words.prefix:
        begun = [word for word, _ in complete(snapshot, words.prefix, MOST_COMPLETIONS)]
        known = dict.fromkeys(lemma for word in (words.prefix, *begun) for lemma in lemmas(word))
        sought.append(_seek(snapshot, known, []))
    telling = sorted(sought, key=lambda word: -word.rarity)[:MOST_WORDS]
    return [word for word in sought if word in telling]


def find_phrase(snapshot: Snapshot, phrase: Iterable[Term]) -> list[Places]:
    """Return where the words of a phrase are, in order."""
    return [find_places(snapshot, TEXT, term.lemmas) for term in phrase]


def _seek(snapshot: Snapshot, known: Iterable[str], exact: Iterable[str]) -> Sought:
    known = tuple(known)
    text = find_places(snapshot, TEXT, known)
    having = count_documents(text)
    rarity = math.log(1 + (max(snapshot.documents - having, 0) + 0.5) / (having + 0.5))
    title, as_typed = find_places(snapshot, TITLE, known), find_places(snapshot, WORD, exact)
    return Sought(text, title, as_typed, rarity)
