"""Limits: which documents of a tier a query may find, whatever their words."""

from collections.abc import Iterable, Iterator

import numpy as np

from caliber_site.search.query import Query
from caliber_site.search.whoosh.codec import Entry
from caliber_site.search.whoosh.nearness import have_phrase
from caliber_site.search.whoosh.snapshot import Snapshot
from caliber_site.search.whoosh.terms import Places, find_phrase, find_places
from caliber_site.search.whoosh.tier import Mask, Tier

MOST_PLACES = 100_000
"""Places of words in which excluded phrases are looked for, in a tier; beyond that documents are
left out that have all their words."""


class Limits:
    """Time, section, `author:` and the like, and excluded words and phrases of a query."""

    def __init__(self, snapshot: Snapshot, asked: Query) -> None:
        self.latest = asked.now.timestamp()
        if asked.date_to:
            # The moment itself does not belong to it, and the index knows whole seconds.
            self.latest = min(self.latest, asked.date_to.timestamp() - 1)
        self.earliest = asked.date_from.timestamp() if asked.date_from else -np.inf
        self.section = asked.section
        self._wanted: list[Places] = [
            find_places(snapshot, within.place, term.lemmas)
            for within in asked.words.within
            for term in within.terms
        ]
        self._excluded = [find_phrase(snapshot, terms) for terms in asked.words.excluded]

    def exclude(self, tier: Tier) -> bool:
        """Return whether a tier has nothing from the time that is asked for."""
        return tier.oldest > self.latest or tier.newest < self.earliest

    def mask(self, tier: Tier, position: int) -> Mask | None:
        """Return which documents of a tier may be found; None if all may."""
        masks = [] if tier.alive is None else [tier.alive]
        if tier.newest > self.latest:
            masks.append(tier.times <= self.latest)
        if tier.oldest < self.earliest:
            masks.append(tier.times >= self.earliest)
        if self.section is not None:
            numbers, slugs = tier.names["section_slug"]
            masks.append(numbers == (slugs.index(self.section) if self.section in slugs else -1))
        masks += [_having(tier, places[position]) for places in self._wanted]
        masks += [~mask for mask in self._exclude(tier, position)]
        return np.logical_and.reduce(masks) if masks else None

    def _exclude(self, tier: Tier, position: int) -> Iterator[Mask]:
        """Yield which documents of a tier have a word, or a phrase, that is to be left out."""
        looked_at = 0
        for phrase in self._excluded:
            words = [places[position] for places in phrase]
            having = np.logical_and.reduce([_having(tier, entries) for entries in words])
            if len(words) > 1:
                looked_at += sum(entry.places for entries in words for entry in entries)
                # To look for phrases of ever so common words would take too long.
                if looked_at <= MOST_PLACES:
                    numbers = np.flatnonzero(having)
                    having[numbers] = have_phrase(tier, words, numbers)
            yield having


def _having(tier: Tier, entries: Iterable[Entry]) -> Mask:
    having = np.zeros(tier.count, np.bool_)
    for entry in entries:
        having[tier.read_ids(entry)] = True
    return having
