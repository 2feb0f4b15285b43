"""Ranking: documents that fit in the order in which readers see them."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from caliber_site.search.query import Query
from caliber_site.search.weights import DAY, FRESH, NEAR
from caliber_site.search.whoosh.matching import Matches, Numbers, Scores
from caliber_site.search.whoosh.nearness import find_spots, measure, split
from caliber_site.search.whoosh.snapshot import Snapshot
from caliber_site.search.whoosh.terms import Places, Sought

LOOKED_AT = 50
"""Documents of which it is looked at how near to each other the words stand."""

MOST_LEMMAS = 4
"""Words with more lemmas do not count there: they are beginnings, and may become many words."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Documents from several tiers.

    Attributes:
        positions: Which tier each is in.
        numbers: Its number there.
        times: When it is published.
        scores: How well it fits.
    """

    positions: Numbers
    numbers: Numbers
    times: npt.NDArray[np.int64]
    scores: Scores

    def take(self, order: Any) -> "Ranked":
        """Return some of them, in this order."""
        parts = (self.positions, self.numbers, self.times, self.scores)
        return Ranked(*(part[order] for part in parts))

    def sort(self, by: str, most: int) -> "Ranked":
        """Return the first ones by relevance or time; the other one decides between equals."""
        key, other = (self.times, self.scores) if by == "newest" else (self.scores, self.times)
        few = np.arange(len(key))
        if len(key) > most:
            few = np.flatnonzero(key >= np.partition(key, -most)[-most])
        # Where both are equal, pages still must not overlap: by where the documents are.
        keys = (self.numbers[few], self.positions[few], other[few], key[few])
        return self.take(few[np.lexsort(keys)[::-1][:most]])


def rank(
    snapshot: Snapshot,
    matches: Sequence[Matches],
    words: Sequence[Sought],
    asked: Query,
    half_life: float,
) -> Ranked:
    """Return the documents that are shown on a query's pages up to the one asked for.

    Args:
        snapshot: Where the documents are.
        matches: The documents, tier by tier.
        words: The words of the query.
        asked: The query.
        half_life: Days after which a document has lost half of what being new gives it.
    """
    most = asked.page * asked.size
    found = _gather(snapshot, matches, asked.now.timestamp(), half_life)
    if asked.sort == "relevance" and len(words) > 1:
        found = found.sort(asked.sort, max(most, LOOKED_AT))
        near = _measure(snapshot, found.take(slice(LOOKED_AT)), words)
        found.scores[: len(near)] *= 1 + NEAR * near
    return found.sort(asked.sort, most)


def list_places(
    snapshot: Snapshot, found: Ranked, words: Sequence[Places]
) -> list[Sequence[int] | None]:
    """Return where any of some words stands in each document."""
    listed: list[Sequence[int] | None] = [None] * len(found.numbers)
    for position in np.unique(found.positions).tolist():
        tier, rows = snapshot.tiers[position], np.flatnonzero(found.positions == position)
        entries = [entry for word in words for entry in word[position]]
        spots = find_spots(tier, entries, found.numbers[rows])
        for row, places in zip(rows.tolist(), split(spots, len(rows)), strict=True):
            listed[row] = array("H", places.tolist())
    return listed


def _gather(snapshot: Snapshot, matches: Sequence[Matches], now: float, half_life: float) -> Ranked:
    numbers = np.concatenate([found.numbers for found in matches])
    positions = np.repeat([found.position for found in matches], [len(f.numbers) for f in matches])
    times = np.concatenate([snapshot.tiers[f.position].times[f.numbers] for f in matches])
    scores = np.concatenate([found.scores for found in matches])
    ages = np.maximum(now - times, 0) / (DAY * half_life)
    return Ranked(positions, numbers, times, scores * (1 + FRESH * 0.5**ages).astype(np.float32))


def _measure(snapshot: Snapshot, found: Ranked, words: Sequence[Sought]) -> Scores:
    """Return how near the words of the query stand in each document, from 0 to 1."""
    placed = [word for word in words if max(map(len, word.text)) <= MOST_LEMMAS]
    nearness = np.zeros(len(found.numbers), np.float32)
    for position in np.unique(found.positions).tolist():
        tier, rows = snapshot.tiers[position], np.flatnonzero(found.positions == position)
        spots = [find_spots(tier, word.text[position], found.numbers[rows]) for word in placed]
        for (one, first), (other, second) in pairwise(zip(placed, spots, strict=True)):
            weight = min(one.rarity, other.rarity)
            nearness[rows] += weight * measure(first, second, len(rows))
    weights = sum(min(one.rarity, other.rarity) for one, other in pairwise(placed))
    return nearness / np.float32(max(weights, 1e-9))
