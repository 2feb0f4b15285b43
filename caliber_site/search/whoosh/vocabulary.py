"""The words of an index, as one commit has them."""

from caliber_site.search.lemmas import lemmas
from caliber_site.search.whoosh.completion import complete
from caliber_site.search.whoosh.damage import reading
from caliber_site.search.whoosh.schema import TEXT
from caliber_site.search.whoosh.snapshot import Snapshot
from caliber_site.search.whoosh.spelling import list_nearest
from caliber_site.search.whoosh.terms import count_documents, find_places


class IndexVocabulary:
    """The words of a commit, for one query: whether there is a newer one is not looked up again.

    Whatever reads raises `DamagedIndexError` where the index cannot be read.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def frequency(self, word: str) -> int:
        """Return how many editions have a folded word, in any form that meets it."""
        with reading(self._snapshot.build):
            return count_documents(find_places(self._snapshot, TEXT, lemmas(word)))

    def complete(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the commonest folded words that begin so, with the number of editions of each."""
        with reading(self._snapshot.build):
            return complete(self._snapshot, prefix, limit)

    def nearest(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Return the folded words nearest in spelling, nearest first, then commonest."""
        with reading(self._snapshot.build):
            return list_nearest(self._snapshot, word, limit)
