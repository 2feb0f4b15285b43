"""Matching: which documents of a tier have the words of a query, and how well they fit."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from caliber_site.search.weights import EXACT, PART_OF_TITLE, TITLE_ITSELF
from caliber_site.search.whoosh.codec import Entry
from caliber_site.search.whoosh.postings import Ids, Weights
from caliber_site.search.whoosh.terms import Sought
from caliber_site.search.whoosh.tier import Mask, Tier
from caliber_site.search.whoosh.weighing import HEAVIEST

Numbers = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float32]

IN_TITLE = 0.5
"""What a word counts in addition that stands with all the others in a long title: in a shorter one
it is more, up to `TITLE_ITSELF`."""

TITLE_WEIGHT = 0.85
"""What a word counts of a document of which only the title is looked at."""

MANY = 16
"""From a sixteenth of a word's documents on, a table of all is quicker than looking up each."""

PRESENT = np.ones(1, np.uint8)


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
    tier: Tier,
    position: int,
    words: Sequence[Sought],
    mask: Mask | None,
    least: float | None = None,
) -> Matches:
    """Return the documents that have some words, and how well they fit.

    Args:
        tier: Where to look.
        position: Which tier it is.
        words: The words.
        mask: Which documents may be found; None if all may.
        least: How much the words of a document tell at least; None if it must have all words.
    """
    lists = [_merge(tier, word.text[position]) for word in words]
    numbers = _list_candidates(tier, words, lists, least)
    if mask is not None:
        numbers = numbers[mask[numbers]]
    scores, told = np.zeros((2, len(numbers)), np.float32)
    met = np.zeros(len(numbers), np.uint8)
    for word, (ids, weights) in zip(words, lists, strict=True):
        found = _look_up(tier, ids, weights, numbers)
        scores += found * np.float32(word.rarity / HEAVIEST)
        told += (found > 0) * np.float32(word.rarity)
        met += found > 0
    matches = Matches(position, numbers, scores, told)
    matches = matches.keep(met == len(words) if least is None else told >= least)
    if len(matches.numbers):
        _add_titles(tier, words, matches)
        _add_forms(tier, words, matches)
    return matches


def match_titles(tier: Tier, position: int, words: Sequence[Sought], mask: Mask | None) -> Matches:
    """Return the documents whose titles have every one of some words."""
    lists = sorted((_unite(tier, word.title[position]) for word in words), key=len)
    numbers = lists[0].astype(np.intp) if lists else np.arange(tier.count)
    for ids in lists[1:]:
        numbers = numbers[_look_up(tier, ids, PRESENT, numbers) > 0]
    if mask is not None:
        numbers = numbers[mask[numbers]]
    told = np.full(len(numbers), sum(word.rarity for word in words), np.float32)
    matches = Matches(position, numbers, told * np.float32(TITLE_WEIGHT), told)
    if len(numbers):
        _add_titles(tier, words, matches)
    return matches


def _list_candidates(
    tier: Tier,
    words: Sequence[Sought],
    lists: Sequence[tuple[Ids, Weights]],
    least: float | None,
) -> Numbers:
    """Return all documents that can fit, and few others, looking at few words."""
    if not words:
        return np.arange(tier.count)
    if least is None:
        return min((ids for ids, _ in lists), key=len).astype(np.intp)
    having, left = np.zeros(tier.count, np.bool_), sum(word.rarity for word in words)
    for word, (ids, _) in sorted(zip(words, lists, strict=True), key=lambda item: -item[0].rarity):
        # Documents that have none of the words so far cannot tell enough by the others.
        if left < least:
            break
        having[ids] = True
        left -= word.rarity
    return np.flatnonzero(having)


def _add_titles(tier: Tier, words: Sequence[Sought], matches: Matches) -> None:
    """Add to the scores what documents gain whose titles have words of the query."""
    told = np.zeros(len(matches.numbers), np.float32)
    met = np.zeros(len(matches.numbers), np.uint8)
    for word in words:
        ids = _unite(tier, word.title[matches.position])
        found = _look_up(tier, ids, PRESENT, matches.numbers)
        told += found * np.float32(word.rarity)
        met += found
    lengths = np.maximum(tier.numbers["title_length"][matches.numbers], 1)
    whole = IN_TITLE + (TITLE_ITSELF - IN_TITLE) * np.minimum(met / lengths, 1)
    gains = np.where(met == len(words), whole, PART_OF_TITLE)
    matches.scores[:] += told * gains.astype(np.float32)


def _add_forms(tier: Tier, words: Sequence[Sought], matches: Matches) -> None:
    """Add to the scores what documents gain that have words of the query as they were typed."""
    for word in words:
        ids = _unite(tier, word.exact[matches.position])
        found = _look_up(tier, ids, PRESENT, matches.numbers)
        matches.scores[:] += found * np.float32(EXACT * word.rarity)


def _look_up(tier: Tier, ids: Ids, weights: Weights, numbers: Numbers) -> Weights:
    """Return the weights of some documents; 0 for those that are not among the ids."""
    if not len(ids):
        return np.zeros(len(numbers), np.uint8)
    if MANY * len(numbers) > len(ids):
        dense = np.zeros(tier.count, np.uint8)
        dense[ids] = weights
        return dense[numbers]
    at = np.searchsorted(ids, numbers)
    at[at == len(ids)] = 0
    weights = np.broadcast_to(weights, len(ids))
    return np.where(ids[at] == numbers, weights[at], 0).astype(np.uint8)


def _merge(tier: Tier, entries: Sequence[Entry]) -> tuple[Ids, Weights]:
    """Return the documents that have any of some words, and the most that each is about one."""
    if len(entries) == 1:
        return tier.read_weights(entries[0])
    weights = np.zeros(tier.count if entries else 0, np.uint8)
    for entry in entries:
        ids, found = tier.read_weights(entry)
        weights[ids] = np.maximum(weights[ids], found)
    ids = np.flatnonzero(weights).astype(np.uint16)
    return ids, weights[ids]


def _unite(tier: Tier, entries: Sequence[Entry]) -> Ids:
    """Return the documents that have any of some words."""
    if len(entries) == 1:
        return tier.read_ids(entries[0])
    having = np.zeros(tier.count if entries else 0, np.bool_)
    for entry in entries:
        having[tier.read_ids(entry)] = True
    return np.flatnonzero(having).astype(np.uint16)
