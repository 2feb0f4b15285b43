"""Matching: which documents of a tier have the words of a query, and how well they fit."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from caliber_site.search.whoosh.codec import Entry
from caliber_site.search.whoosh.postings import Ids, Weights
from caliber_site.search.whoosh.terms import Sought
from caliber_site.search.whoosh.tier import Mask, Tier
from caliber_site.search.whoosh.weighing import HEAVIEST

Numbers = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float32]

IN_TITLE = 0.3
"""What a word counts in addition that stands in a title with all the others…"""

TITLE_ITSELF = 1.0
"""…and what it does where they are the whole title; in between for a longer one."""

PART_OF_TITLE = 0.15
"""What it counts in addition in a title that has not all of them."""

EXACT = 0.1
"""What it counts in addition in the form that was typed."""

TITLE_WEIGHT = 0.85
"""What a word counts of a document of which only the title is looked at."""


class Matches(NamedTuple):
    """Documents of a tier.

    Attributes:
        position: Which tier it is.
        numbers: Their numbers in it.
        scores: How well they fit, whatever their age.
        told: The rarities of the words that they have, together.
    """

    position: int
    numbers: Numbers
    scores: Scores
    told: Scores

    def keep(self, kept: Any) -> "Matches":
        """Return some of the documents."""
        return Matches(self.position, self.numbers[kept], self.scores[kept], self.told[kept])


def match(
    tier: Tier, position: int, words: Sequence[Sought], mask: Mask | None, *, every: bool
) -> Matches:
    """Return the documents that have every one, or any, of some words."""
    scores, told = np.zeros((2, tier.count), np.float32)
    met = np.zeros(tier.count, np.uint8)
    for word in words:
        ids, weights = _merge(tier, word.text[position])
        scores[ids] += weights * np.float32(word.rarity / HEAVIEST)
        told[ids] += np.float32(word.rarity)
        met[ids] += 1
    fits = met >= (len(words) if every else min(1, len(words)))
    numbers = np.flatnonzero(fits if mask is None else fits & mask)
    found = Matches(position, numbers, scores[numbers], told[numbers])
    if len(numbers):
        _add_titles(tier, words, found)
        _add_forms(tier, words, found)
    return found


def match_titles(tier: Tier, position: int, words: Sequence[Sought], mask: Mask | None) -> Matches:
    """Return the documents whose titles have every one of some words."""
    met = np.zeros(tier.count, np.uint8)
    for word in words:
        met[_unite(tier, word.title[position])] += 1
    fits = met == len(words)
    numbers = np.flatnonzero(fits if mask is None else fits & mask)
    told = np.full(len(numbers), sum(word.rarity for word in words), np.float32)
    found = Matches(position, numbers, told * np.float32(TITLE_WEIGHT), told)
    if len(numbers):
        _add_titles(tier, words, found)
    return found


def _add_titles(tier: Tier, words: Sequence[Sought], found: Matches) -> None:
    """Add to the scores what documents gain whose titles have words of the query."""
    told = np.zeros(tier.count, np.float32)
    met = np.zeros(tier.count, np.uint8)
    for word in words:
        ids = _unite(tier, word.title[found.position])
        told[ids] += np.float32(word.rarity)
        met[ids] += 1
    titled = np.flatnonzero(met[found.numbers])
    numbers = found.numbers[titled]
    lengths = np.maximum(tier.numbers["title_length"][numbers], 1)
    whole = IN_TITLE + (TITLE_ITSELF - IN_TITLE) * np.minimum(met[numbers] / lengths, 1)
    gains = np.where(met[numbers] == len(words), whole, PART_OF_TITLE)
    found.scores[titled] += told[numbers] * gains.astype(np.float32)


def _add_forms(tier: Tier, words: Sequence[Sought], found: Matches) -> None:
    """Add to the scores what documents gain that have words of the query as they were typed."""
    gains = np.zeros(tier.count, np.float32)
    for word in words:
        gains[_unite(tier, word.exact[found.position])] += np.float32(EXACT * word.rarity)
    found.scores[:] += gains[found.numbers]


def _merge(tier: Tier, entries: Sequence[Entry]) -> tuple[Ids, Weights]:
    """Return the documents that have any of some words, and the most that each is about one."""
    if len(entries) == 1:
        return tier.read_weights(entries[0])
    if not entries:
        return np.zeros(0, np.uint16), np.zeros(0, np.uint8)
    weights = np.zeros(tier.count, np.uint8)
    for entry in entries:
        ids, found = tier.read_weights(entry)
        weights[ids] = np.maximum(weights[ids], found)
    ids = np.flatnonzero(weights).astype(np.uint16)
    return ids, weights[ids]


def _unite(tier: Tier, entries: Sequence[Entry]) -> Ids:
    """Return the documents that have any of some words."""
    if len(entries) == 1:
        return tier.read_ids(entries[0])
    if not entries:
        return np.zeros(0, np.uint16)
    having = np.zeros(tier.count, np.bool_)
    for entry in entries:
        having[tier.read_ids(entry)] = True
    return np.flatnonzero(having).astype(np.uint16)
