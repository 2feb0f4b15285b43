"""Merging: which segments become one, and how. Readers and writers go on meanwhile."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import merge as merge_sorted
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from caliber_site.search.whoosh.codec import Entry
from caliber_site.search.whoosh.postings import MOST_DOCUMENTS, Postings
from caliber_site.search.whoosh.schema import FIELDS, NAMES, NUMBERS, TEXT
from caliber_site.search.whoosh.segments import SegmentWriter
from caliber_site.search.whoosh.tier import Tier

FEW = 6
"""Segments that are left alone: merging each time would write the same again and again."""

GROWTH = 3
"""How much larger than all newer segments together an older one may be to be merged with them."""

MOST_DELETED = 0.25
"""Share of deleted documents from which on a segment is written anew."""

GONE = -1

Moves = npt.NDArray[np.int32]
"""The new number of each document of a tier; `GONE` for deleted ones."""


def choose(segments: Sequence[Any]) -> Sequence[Any]:
    """Return which segments are to be merged now, if any; they come newest first.

    The newest ones, and each older one as long as it is not much larger than these together: so
    there are few, their sizes are geometric, and a document is seldom written again.
    """
    run, total = 0, 0
    for segment in segments:
        count = segment.doc_count()
        if run and (count > GROWTH * total or total + count > MOST_DOCUMENTS):
            break
        run, total = run + 1, total + count
    if run > FEW:
        return segments[:run]
    worn = (s for s in segments if s.deleted_count() > MOST_DELETED * s.doc_count_all())
    return [segment] if (segment := next(worn, None)) else []


def merge(folder: Path, tiers: Sequence[Tier]) -> tuple[Any, list[Moves]]:
    """Write the documents of some tiers as one segment into a folder.

    Returns:
        Whoosh's object for the segment, and for each tier where its documents are in it.
    """
    moves = _number(tiers)
    writer = SegmentWriter(folder)
    for field in FIELDS:
        for word, found in _list_words(field, tiers):
            parts = [_move(tiers[n], entry, moves[n], field) for n, entry in found]
            joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
            if len(joined[0]):
                data = b"".join(column.tobytes() for column in joined)
                writer.add_word(field, word, len(joined[0]), data)
    columns = _join_columns(tiers, moves)
    return writer.finish(len(columns["id"]), columns), moves


def _number(tiers: Sequence[Tier]) -> list[Moves]:
    moves, count = [], 0
    for tier in tiers:
        alive = np.ones(tier.count, np.bool_) if tier.alive is None else tier.alive
        numbers = count + np.cumsum(alive) - 1
        moves.append(np.where(alive, numbers, GONE).astype(np.int32))
        count += int(alive.sum())
    return moves


def _list_words(field: str, tiers: Sequence[Tier]) -> Iterator[tuple[str, list[tuple[int, Entry]]]]:
    """Yield the words of a field, each with the tiers that have it."""
    lists = [_numbered(n, tier.list_words(field)) for n, tier in enumerate(tiers)]
    for word, found in groupby(merge_sorted(*lists, key=itemgetter(0)), itemgetter(0)):
        yield word, [(n, entry) for _, n, entry in found]


def _numbered(n: int, words: Iterator[tuple[str, Entry]]) -> Iterator[tuple[str, int, Entry]]:
    return ((word, n, entry) for word, entry in words)


def _move(tier: Tier, entry: Entry, moves: Moves, field: str) -> Sequence[npt.NDArray[Any]]:
    """Return a word's postings with the new numbers of the documents."""
    if field != TEXT:
        numbers = moves[tier.read_ids(entry)]
        return [numbers[numbers != GONE].astype(np.uint16)]
    ids, weights, counts, places = tier.read_postings(entry)
    numbers = moves[ids]
    kept = numbers != GONE
    places = places[np.repeat(kept, counts)]
    return Postings(numbers[kept].astype(np.uint16), weights[kept], counts[kept], places)


def _join_columns(tiers: Sequence[Tier], moves: Sequence[Moves]) -> dict[str, list[Any]]:
    columns: defaultdict[str, list[Any]] = defaultdict(list)
    for tier, move in zip(tiers, moves, strict=True):
        kept = move != GONE
        for name in NUMBERS:
            columns[name] += tier.numbers[name][kept].tolist()
        for name in NAMES:
            numbers, names = tier.names[name]
            columns[name] += [names[n] for n in numbers[kept].tolist()]
    return columns
