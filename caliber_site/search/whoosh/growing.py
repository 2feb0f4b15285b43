"""Growing postings: documents come one after the other, postings are kept word by word."""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from caliber_site.search.whoosh.postings import LAST_PLACE, MOST_COUNTED

BLOCK = 2048
"""Documents that are sorted at once: touching each word for each document would take longer."""


class Growing:
    """The postings of one lemma."""

    __slots__ = ("counts", "ids", "places", "weights")

    def __init__(self) -> None:
        self.ids, self.weights, self.counts, self.places = (bytearray() for _ in range(4))

    def encode(self) -> bytes:
        """Return the postings as the index keeps them."""
        return b"".join((self.ids, self.weights, self.counts, self.places))


class GrowingText:
    """The postings of all lemmas of the text."""

    def __init__(self) -> None:
        self._lemmas: dict[str, int] = {}
        self._growing: list[Growing] = []
        self._start_block()

    def add(
        self, number: int, weights: bytes, places: Mapping[str, Sequence[int]], last: int
    ) -> None:
        """Add a document.

        Args:
            number: Its number.
            weights: How much it is about each lemma.
            places: Where each lemma stands, in the same order.
            last: No place is further down than this one.
        """
        lists: Collection[Sequence[int]] = places.values()
        if last > LAST_PLACE or max(map(len, lists), default=0) > MOST_COUNTED:
            lists = [_limit(each) for each in lists]
        known = self._lemmas
        self._numbers.extend([known.setdefault(lemma, len(known)) for lemma in places])
        self._weights += weights
        self._counts += bytes(map(len, lists))
        self._places.extend(chain.from_iterable(lists))
        self._documents.append(number)
        self._sizes.append(len(places))
        if len(self._documents) == BLOCK:
            self._sort()

    def list_postings(self) -> Iterator[tuple[str, int, bytes]]:
        """Yield each lemma, how many documents have it and its postings, in order of letters."""
        self._sort()
        for lemma, number in sorted(self._lemmas.items()):
            growing = self._growing[number]
            yield lemma, len(growing.weights), growing.encode()

    def _start_block(self) -> None:
        self._documents, self._sizes, self._numbers = array("H"), array("I"), array("I")
        self._weights, self._counts, self._places = bytearray(), bytearray(), array("H")

    def _sort(self) -> None:
        """Move the postings of a block to their lemmas."""
        self._growing += [Growing() for _ in range(len(self._lemmas) - len(self._growing))]
        if not self._numbers:
            return
        numbers = np.frombuffer(self._numbers, np.uint32)
        order = np.argsort(numbers, kind="stable")
        ids = np.repeat(np.frombuffer(self._documents, np.uint16), self._sizes)[order].tobytes()
        weights = np.frombuffer(self._weights, np.uint8)[order].tobytes()
        counts = np.frombuffer(self._counts, np.uint8)
        places = _reorder(np.frombuffer(self._places, np.uint16), counts, order).tobytes()
        ordered = counts[order]
        bounds = [0, *(np.flatnonzero(np.diff(numbers[order])) + 1).tolist(), len(order)]
        before = np.concatenate([[0], np.cumsum(ordered, dtype=np.int64)])[bounds].tolist()
        lemmas, counted = numbers[order[bounds[:-1]]].tolist(), ordered.tobytes()
        for lemma, (start, end), (first, last) in zip(
            lemmas, pairwise(bounds), pairwise(before), strict=True
        ):
            growing = self._growing[lemma]
            growing.ids += ids[2 * start : 2 * end]
            growing.weights += weights[start:end]
            growing.counts += counted[start:end]
            growing.places += places[2 * first : 2 * last]
        self._start_block()


def _limit(places: Sequence[int]) -> Sequence[int]:
    return [place for place in places[:MOST_COUNTED] if place <= LAST_PLACE]


def _reorder(
    places: npt.NDArray[np.uint16], counts: npt.NDArray[np.uint8], order: npt.NDArray[np.intp]
) -> npt.NDArray[np.uint16]:
    """Return runs of places, which have these lengths, in another order."""
    starts = np.cumsum(counts, dtype=np.int64) - counts
    lengths = counts[order].astype(np.int64)
    ends = np.cumsum(lengths)
    moved = np.repeat(starts[order] - (ends - lengths), lengths) + np.arange(lengths.sum())
    reordered: npt.NDArray[np.uint16] = places[moved]
    return reordered
