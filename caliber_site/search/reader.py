"""The reader: what one language's index says, whatever state it is in."""

import logging
from collections.abc import Callable
from datetime import tzinfo
from typing import Any, TypeVar

from caliber_site.search.facets import Facets
from caliber_site.search.query import Query, Results
from caliber_site.search.vocabulary import NoWords, Vocabulary
from caliber_site.search.whoosh import DamagedIndexError, WhooshIndex

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class Reader:
    """Reads an index; nothing is found in one that is damaged.

    Attributes:
        damaged: Whether it was found missing or damaged since this was last set to false.
    """

    def __init__(self, index: WhooshIndex, zone: tzinfo) -> None:
        self.damaged = False
        self._index = index
        self._zone = zone

    def search(self, asked: Query) -> Results:
        """Return a page of results."""
        return self._read(lambda: self._index.search(asked), Results(available=False))

    def facets(self, asked: Query) -> Facets:
        """Return how what a query finds is distributed."""
        return self._read(lambda: self._index.facets(asked, self._zone), Facets())

    def vocabulary(self) -> Vocabulary:
        """Return the words as they are now."""
        nothing: Vocabulary = NoWords()
        return SafeVocabulary(self._read(self._index.vocabulary, nothing), self._read)

    def _read(self, ask: Callable[[], Answer], nothing: Answer) -> Answer:
        try:
            return ask()
        except DamagedIndexError as damage:
            log.error("search is unavailable: %s", str(damage))
            self.damaged = True
            return nothing


class SafeVocabulary:
    """Words of an index, or none where it turns out to be damaged."""

    def __init__(self, words: Vocabulary, read: Callable[[Callable[[], Any], Any], Any]) -> None:
        self._words = words
        self._read = read

    def frequency(self, word: str) -> int:
        """Return how many public editions have a folded word, in any form that meets it."""
        found: int = self._read(lambda: self._words.frequency(word), 0)
        return found

    def complete(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the commonest folded words that begin so, with the number of editions of each."""
        found: list[tuple[str, int]]
        found = self._read(lambda: self._words.complete(prefix, limit), [])
        return found

    def nearest(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Return the indexed folded words nearest in spelling, nearest first, then commonest."""
        found: list[tuple[str, int]]
        found = self._read(lambda: self._words.nearest(word, limit), [])
        return found
