"""The vocabulary: what the index can say about the words that a language's editions have."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from caliber_site.languages import Language
from caliber_site.search.lemmas import lemmas
from caliber_site.search.postgres.archive import count_fitting
from caliber_site.search.postgres.completion import complete
from caliber_site.search.postgres.lexemes import cut
from caliber_site.search.postgres.spelling import list_nearest

Ask = Callable[[Callable[[Connection], Any], Any], Any]
"""Asks something over a connection, and returns the second argument where there is no answer."""


class IndexVocabulary:
    """The words of a language's editions, as the last commit has them."""

    def __init__(self, language: Language, ask: Ask) -> None:
        self._language = language
        self._ask = ask

    def frequency(self, word: str) -> int:
        """Return how many editions have a folded word, in any form that meets it."""
        known = [cut(lemma) for lemma in lemmas(word)]
        counts: dict[str, int]
        counts = self._ask(lambda c: count_fitting(c, self._language, known), {})
        return max(counts.values(), default=0)

    def complete(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the commonest folded words that begin so, with the number of editions of each."""
        found: list[tuple[str, int]]
        found = self._ask(lambda c: complete(c, self._language, prefix, limit), [])
        return found

    def nearest(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Return the folded words nearest in spelling, nearest first, then commonest."""
        found: list[tuple[str, int]]
        found = self._ask(lambda c: list_nearest(c, self._language, word, limit), [])
        return found
