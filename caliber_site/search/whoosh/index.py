"""The index of one language: searched from many threads, written by one process at a time."""

import threading
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import TypeVar

from caliber_site.search.answers import Answers
from caliber_site.search.facets import Facets
from caliber_site.search.folder import Folder
from caliber_site.search.query import Query, Results
from caliber_site.search.whoosh.checksums import check_contents
from caliber_site.search.whoosh.commits import read_commit, read_generation
from caliber_site.search.whoosh.counting import count_facets
from caliber_site.search.whoosh.damage import DamagedIndexError, note_damage, reading
from caliber_site.search.whoosh.searching import search
from caliber_site.search.whoosh.snapshot import Snapshot, open_snapshot
from caliber_site.search.whoosh.vocabulary import IndexVocabulary

ATTEMPTS = 5

Answer = TypeVar("Answer")


class WhooshIndex:
    """One language's index.

    Whatever reads raises `DamagedIndexError` where the index is missing or cannot be read.

    Attributes:
        folder: Where it lies.
    """

    def __init__(self, folder: Folder, half_life: float) -> None:
        self.folder = folder
        self._half_life = half_life
        self._answers = Answers()
        self._guard = threading.Lock()
        self._opened: Snapshot | None = None

    def search(self, asked: Query) -> Results:
        """Return a page of results."""
        snapshot = self._open()
        with reading(snapshot.build):
            return self._answers.get(
                snapshot.key,
                asked,
                lambda: search(snapshot, asked, self._half_life),
                snapshot.next_due,
            )

    def facets(self, asked: Query, zone: tzinfo) -> Facets:
        """Return the facets of a query; days are those of a time zone."""
        snapshot = self._open()
        with reading(snapshot.build):
            return count_facets(snapshot, asked, zone)

    def vocabulary(self) -> IndexVocabulary:
        """Return the words as they are now."""
        return IndexVocabulary(self._open())

    def list_changes(self, build: Path) -> dict[int, int]:
        """Return the change numbers of the editions that a build has, by id."""
        return _steadily(build, lambda: _list_changes(open_snapshot(build, self._opened)))

    def verify(self, build: Path) -> None:
        """Compare all files of a build with their checksums."""
        try:
            _steadily(build, lambda: _check(build))
        except DamagedIndexError:
            note_damage(build)
            raise

    def close(self) -> None:
        """Forget what is open."""
        with self._guard:
            self._opened = None

    def _open(self) -> Snapshot:
        for attempt in range(ATTEMPTS):
            build = self.folder.find_current()
            if build is None:
                message = f"there is no search index in {self.folder.path}"
                raise DamagedIndexError(message)
            try:
                with reading(), self._guard:
                    if not self._opened or not self._opened.is_last_of(build):
                        self._opened = open_snapshot(build, self._opened)
                    return self._opened
            except DamagedIndexError:
                # Another process may just have swapped or merged the files away.
                if attempt == ATTEMPTS - 1:
                    note_damage(build)
                    raise
        raise AssertionError


def _steadily(build: Path, read: Callable[[], Answer]) -> Answer:
    """Read the files of a build; again if some were merged away meanwhile."""
    while True:
        generation = read_generation(build)
        try:
            with reading():
                return read()
        except DamagedIndexError:
            if read_generation(build) == generation:
                raise


def _check(build: Path) -> None:
    for segment in read_commit(build).segments:
        check_contents(build, segment)


def _list_changes(snapshot: Snapshot) -> dict[int, int]:
    changes: dict[int, int] = {}
    for tier in snapshot.tiers:
        ids, numbers = tier.numbers["id"], tier.numbers["change"]
        if tier.alive is not None:
            ids, numbers = ids[tier.alive], numbers[tier.alive]
        changes.update(zip(ids.tolist(), numbers.tolist(), strict=True))
    return changes
