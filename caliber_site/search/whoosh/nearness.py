"""Nearness: where the words of a query stand in documents: in a phrase, near, or far."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from caliber_site.search.whoosh.codec import Entry
from caliber_site.search.whoosh.matching import Numbers, Scores
from caliber_site.search.whoosh.postings import Postings
from caliber_site.search.whoosh.tier import Mask, Tier

Spots = npt.NDArray[np.int64]
"""Places of words in some documents, ascending: the document's row, times `ROW`, plus the place."""

ROW = 1 << 16


def find_spots(tier: Tier, entries: Sequence[Entry], numbers: Numbers) -> Spots:
    """Return where any of some words stands in some documents."""
    found = [_locate(tier.read_postings(entry), numbers) for entry in entries]
    if len(found) == 1:
        return found[0]
    if not found:
        return np.zeros(0, np.int64)
    # Sorted lists are merged in no time; `np.unique` would hash them first.
    spots: Spots = np.sort(np.concatenate(found), kind="stable")
    return spots[np.diff(spots, prepend=-1) > 0]


def split(spots: Spots, documents: int) -> list[Spots]:
    """Return the places of words in each document."""
    ends = np.searchsorted(spots, np.arange(1, documents) * ROW)
    return np.split(spots % ROW, ends)


def have_phrase(tier: Tier, phrase: Sequence[Sequence[Entry]], numbers: Numbers) -> Mask:
    """Return in which of the documents some words follow each other."""
    spots = find_spots(tier, phrase[0], numbers)
    for step, entries in enumerate(phrase[1:], 1):
        if len(spots):
            spots = spots[_among(find_spots(tier, entries, numbers), spots + step)]
    having = np.zeros(len(numbers), np.bool_)
    having[spots // ROW] = True
    return having


def measure(first: Spots, second: Spots, documents: int) -> Scores:
    """Return how near two words come to each other in each document: 1 if one follows the other.

    In the other order it is half of that; it falls with the words between them.
    """
    nearness = np.zeros(documents, np.float32)
    if not len(first) or not len(second):
        return nearness
    at = np.searchsorted(second, first, "right")
    for side, lag in ((at, 0), (at - 1, 1)):
        other = second[np.clip(side, 0, len(second) - 1)]
        distance = np.abs(other - first) + lag
        beside = (other // ROW == first // ROW) & (distance > 0)
        np.maximum.at(nearness, first[beside] // ROW, 1 / distance[beside].astype(np.float32))
    return nearness


def _locate(postings: Postings, numbers: Numbers) -> Spots:
    at = np.searchsorted(postings.ids, numbers)
    at[at == len(postings.ids)] = 0
    rows = np.flatnonzero(postings.ids[at] == numbers)
    at = at[rows]
    counts = postings.counts[at].astype(np.int64)
    # Each document's places are a slice: all the slices' positions, one after the other.
    starts = (np.cumsum(postings.counts, dtype=np.int64) - postings.counts)[at]
    before = np.cumsum(counts) - counts
    places = postings.places[np.repeat(starts - before, counts) + np.arange(counts.sum())]
    spots: Spots = np.repeat(rows * ROW, counts) + places
    return spots


def _among(spots: Spots, wanted: Spots) -> Mask:
    if not len(spots):
        return np.zeros(len(wanted), np.bool_)
    at = np.searchsorted(spots, wanted)
    at[at == len(spots)] = 0
    among: Mask = spots[at] == wanted
    return among
