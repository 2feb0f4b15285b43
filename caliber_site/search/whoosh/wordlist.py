"""The word list of a segment: its folded words in order, for completion and spelling.

It stays on disk and is read where it is needed, so that a large vocabulary costs no memory.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import pairwise
from struct import Struct
from typing import Any

import numpy as np

from caliber_site.search.whoosh.codec import Storage

EXTENSION = ".words"

LONGEST = 80
"""Lengths that are told apart; longer words count as that long."""

MOST_CHANGED = {1: (2, 6), 2: (4, 10)}
"""How many letters and pairs of a word change at most, by slips. Two slips that both exchange
letters may change two pairs more, and then such a word is overlooked."""

LAST = "\U0010ffff"
"""Comes after any letter."""

BOUNDS = Struct("=II")

BLOCK = 32
"""Words that are read at once to find one among them; the first of each block is remembered."""


def sign_letters(word: str) -> int:
    """Return which letters a word has, as bits."""
    return reduce(lambda bits, letter: bits | 1 << (ord(letter) & 63), word, 0)


def sign_pairs(word: str) -> int:
    """Return which letters follow each other in a word, as bits."""
    bits = 0
    for first, second in pairwise(f" {word} "):
        bits |= 1 << (31 * ord(first) + 17 * ord(second) & 63)
    return bits


def write_words(storage: Storage, segment: Any, documents: Mapping[str, int]) -> None:
    """Write a segment's word list: words in order, with the number of documents of each."""
    encoded = [word.encode() for word in documents]
    lengths = np.array([min(len(word), LONGEST) for word in documents], np.uint32)
    order = np.argsort(lengths, kind="stable").astype(np.uint32)
    parts = (
        np.array([len(encoded)], np.uint32),
        np.searchsorted(lengths[order], np.arange(LONGEST + 2)).astype(np.uint32),
        np.array(list(documents.values()), np.uint32),
        np.cumsum([0, *map(len, encoded)]).astype(np.uint32),
        order,
        np.array([sign_letters(word) for word in documents], np.uint64)[order],
        np.array([sign_pairs(word) for word in documents], np.uint64)[order],
    )
    with segment.create_file(storage, EXTENSION) as file:
        for part in parts:
            file.write(part.tobytes())
        file.write(b"".join(encoded))


class WordList:
    """A segment's words, by number in the order of their letters."""

    def __init__(self, storage: Storage, segment: Any) -> None:
        self._file = segment.open_file(storage, EXTENSION)
        (self.size,) = np.frombuffer(self._file.get(0, 4), np.uint32).tolist()
        self._lengths = 4
        self._documents = self._lengths + 4 * (LONGEST + 2)
        self._starts = self._documents + 4 * self.size
        self._order = self._starts + 4 * (self.size + 1)
        self._letters = self._order + 4 * self.size
        self._pairs = self._letters + 8 * self.size
        self._words = self._pairs + 8 * self.size
        self._firsts = self._read_firsts()

    def word(self, number: int) -> str:
        """Return a word."""
        start, end = BOUNDS.unpack(self._file.get(self._starts + 4 * number, BOUNDS.size))
        data: bytes = self._file.get(self._words + start, end - start)
        return data.decode()

    def documents(self, first: int, last: int) -> Any:
        """Return how many documents have each of the words from one number to before another."""
        return self._read(self._documents, first, last, np.uint32)

    def pick(self, first: int, last: int, places: Iterable[int]) -> list[str]:
        """Return those of the words from one number to before another that are in these places."""
        if last - first > BLOCK:
            return [self.word(first + place) for place in places]
        words = self._read_words(first, last)
        return [words[place].decode() for place in places]

    def find_begun(self, prefix: str) -> tuple[int, int]:
        """Return the number of the first word that begins so, and of the next one that does not."""
        sought, after = prefix.encode(), (prefix + LAST).encode()
        block, words = self._read_block(sought)
        end = bisect_left(words, after)
        if end == len(words):
            block_of_end, others = self._read_block(after)
            return block + bisect_left(words, sought), block_of_end + bisect_left(others, after)
        return block + bisect_left(words, sought), block + end

    def resemble(self, word: str, slips: int) -> Iterator[int]:
        """Yield the numbers of words that may be so many slips away: most that are, few others.

        Args:
            word: The word as it was typed.
            slips: 1 or 2.
        """
        shortest, longest = max(len(word) - slips, 0), len(word) + slips
        bounds = self._read(self._lengths, 0, LONGEST + 2, np.uint32)
        first, last = bounds[[min(shortest, LONGEST), min(longest, LONGEST) + 1]].tolist()
        letters = self._read(self._letters, first, last, np.uint64) ^ np.uint64(sign_letters(word))
        pairs = self._read(self._pairs, first, last, np.uint64) ^ np.uint64(sign_pairs(word))
        few_letters, few_pairs = MOST_CHANGED[slips]
        near = (np.bitwise_count(letters) <= few_letters) & (np.bitwise_count(pairs) <= few_pairs)
        yield from self._read(self._order, first, last, np.uint32)[near].tolist()

    def _read_block(self, sought: bytes) -> tuple[int, list[bytes]]:
        """Return the words among which one would be, and the number of the first of them."""
        block = max(bisect_left(self._firsts, sought) - 1, 0) * BLOCK
        return block, self._read_words(block, block + BLOCK)

    def _read_words(self, first: int, last: int) -> list[bytes]:
        """Return the words from one number to before another, if there are so many."""
        bounds = self._read(self._starts, first, min(last, self.size) + 1, np.uint32).tolist()
        data = self._file.get(self._words + bounds[0], bounds[-1] - bounds[0])
        return [data[start - bounds[0] : end - bounds[0]] for start, end in pairwise(bounds)]

    def _read_firsts(self) -> list[bytes]:
        """Return the first word of each block."""
        bounds = self._read(self._starts, 0, self.size + 1, np.uint32)
        data = self._file.get(self._words, int(bounds[-1]))
        firsts = zip(bounds[:-1:BLOCK].tolist(), bounds[1::BLOCK].tolist(), strict=True)
        return [data[start:end] for start, end in firsts]

    def _read(self, offset: int, first: int, last: int, kind: Any) -> Any:
        size = np.dtype(kind).itemsize
        return np.frombuffer(self._file.get(offset + size * first, size * (last - first)), kind)
