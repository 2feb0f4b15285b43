"""The vocabulary: the words that the public editions of a language use, and how often."""

from typing import Protocol


class Vocabulary(Protocol):
    """Knows the folded words of an index."""

    def frequency(self, word: str) -> int:
        """Return how many public editions have a folded word, in any form that meets it."""

    def complete(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the commonest folded words that begin so, with the number of editions of each."""

    def nearest(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Return the indexed folded words nearest in spelling, nearest first, then commonest.

        They are at distance 1, or up to 2 for words of six letters and more; each comes with the
        number of its editions.
        """


class NoWords:
    """The vocabulary where there is no index."""

    def frequency(self, _word: str) -> int:
        """Return 0."""
        return 0

    def complete(self, _prefix: str, _limit: int) -> list[tuple[str, int]]:
        """Return nothing."""
        return []

    def nearest(self, _word: str, _limit: int) -> list[tuple[str, int]]:
        """Return nothing."""
        return []
