"""Limits: which documents of a tier a query may find, whatever their words."""

from collections.abc import Iterable

import numpy as np

from caliber_site.search.query import Query
from caliber_site.search.whoosh.codec import Entry
from caliber_site.search.whoosh.schema import TEXT
from caliber_site.search.whoosh.snapshot import Snapshot
from caliber_site.search.whoosh.terms import Places, find_places
from caliber_site.search.whoosh.tier import Mask, Tier


class Limits:
    """Time, section, `author:` and the like, and excluded words of a query."""

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
        self._excluded: list[Places] = [
            find_places(snapshot, TEXT, term.lemmas) for term in asked.words.excluded
        ]

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
        masks += [~_having(tier, places[position]) for places in self._excluded]
        return np.logical_and.reduce(masks) if masks else None


def _having(tier: Tier, entries: Iterable[Entry]) -> Mask:
    having = np.zeros(tier.count, np.bool_)
    for entry in entries:
        having[tier.read_ids(entry)] = True
    return having
