"""A tier: a segment that is open for reading. Newer tiers are searched before older ones."""

import copy
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from caliber_site.search.whoosh.checksums import check_sizes
from caliber_site.search.whoosh.codec import Codec, Entry, Storage
from caliber_site.search.whoosh.columns import read_names, read_numbers
from caliber_site.search.whoosh.postings import (
    Ids,
    Postings,
    Weights,
    decode,
    decode_ids,
    decode_weights,
)
from caliber_site.search.whoosh.schema import NAMES, NUMBERS
from caliber_site.search.whoosh.wordlist import WordList

Mask = npt.NDArray[np.bool_]


class Tier:
    """An open segment, whose files may be deleted meanwhile; threads share it.

    Attributes:
        segment: Whoosh's object for it.
        count: How many documents it has, deleted ones too.
        alive: Which of them are not deleted; None if none is.
        numbers: The columns of numbers, by name.
        names: The columns of names: the number of each document's name, and the names.
        times: When the editions are published, in seconds since 1970.
        newest: The latest of these times.
        oldest: The earliest of these times.
        words: The words they have.
    """

    def __init__(self, build: Path, segment: Any) -> None:
        check_sizes(build, segment)
        storage = Storage(str(build))
        self.segment = segment
        self.count: int = segment.doc_count_all()
        self.alive: Mask | None = None
        self.numbers = {name: read_numbers(storage, segment, name) for name in NUMBERS}
        self.names = {name: read_names(storage, segment, name) for name in NAMES}
        self.times = self.numbers["published_at"]
        self.newest, self.oldest = int(self.times.max()), int(self.times.min())
        self.words = WordList(storage, segment)
        self._terms = Codec().terms_reader(storage, segment)

    def without(self, deleted: Collection[int]) -> "Tier":
        """Return this tier without some documents."""
        other = copy.copy(self)
        other.alive = None
        if deleted:
            other.alive = np.ones(self.count, np.bool_)
            other.alive[list(deleted)] = False
        return other

    def find(self, field: str, word: str) -> Entry | None:
        """Return where a word's postings are; None if no document has it."""
        entry: Entry | None = self._terms.find(field, word)
        return entry

    def list_words(self, field: str) -> Iterator[tuple[str, Entry]]:
        """Yield the words of a field in the order of their letters, and where they are."""
        yield from self._terms.list_words(field)

    def read_ids(self, entry: Entry) -> Ids:
        """Return the documents that have a word."""
        return decode_ids(self._terms.read(entry, 2 * entry.documents), entry.documents)

    def read_weights(self, entry: Entry) -> tuple[Ids, Weights]:
        """Return the documents that have a word of the text, and how much each is about it."""
        data = self._terms.read(entry, 3 * entry.documents)
        return decode_ids(data, entry.documents), decode_weights(data, entry.documents)

    def read_postings(self, entry: Entry) -> Postings:
        """Return all that is known of a word of the text."""
        return decode(self._terms.read(entry, entry.length), entry.documents)
