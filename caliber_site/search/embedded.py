"""The embedded engine: an index per language beside the database, which it follows."""

import logging
from collections.abc import Callable, Collection
from datetime import UTC, tzinfo
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from caliber_site.languages import BY_TAG, Language
from caliber_site.search.difference import Difference, Fault
from caliber_site.search.facets import Facets
from caliber_site.search.folder import Folder
from caliber_site.search.following import (
    close_gap,
    compare,
    current_build,
    find_gap,
    follow,
    fresh,
    has_surplus,
    is_complete,
)
from caliber_site.search.merging import start_merging
from caliber_site.search.pace import ALONE, SYNC_WAIT, UPDATE_WAIT
from caliber_site.search.parts import build
from caliber_site.search.queries import list_published, load_languages
from caliber_site.search.query import Query, Results
from caliber_site.search.reader import Reader
from caliber_site.search.vocabulary import Vocabulary
from caliber_site.search.weights import HALF_LIFE
from caliber_site.search.whoosh import DamagedIndexError, WhooshIndex

log = logging.getLogger(__name__)


class EmbeddedEngine:
    """The site's index on disk, in the process that searches."""

    def __init__(self, path: Path, half_life: float = HALF_LIFE, zone: tzinfo = UTC) -> None:
        self._indexes = {tag: WhooshIndex(Folder(path / tag), half_life) for tag in BY_TAG}
        self._readers = {tag: Reader(index, zone) for tag, index in self._indexes.items()}

    def search(self, asked: Query) -> Results:
        """Return a page of results; never raises for what a reader typed."""
        return self._readers[asked.language.tag].search(asked) if asked.words else Results()

    def facets(self, asked: Query) -> Facets:
        """Return how what a query finds is distributed."""
        return self._readers[asked.language.tag].facets(asked) if asked.words else Facets()

    def vocabulary(self, language: Language) -> Vocabulary:
        """Return the words of a language's public editions."""
        return self._readers[language.tag].vocabulary()

    @property
    def damaged(self) -> bool:
        """Return whether something was found missing or damaged since the last `recover`."""
        return any(reader.damaged for reader in self._readers.values())

    def recover(self, session: Session) -> None:
        """Build what is missing or damaged, unless another process does so already."""
        for tag, index in self._indexes.items():
            self._readers[tag].damaged = False
            if not index.folder.is_locked("rebuild"):
                self._sync(session, tag)

    def update(self, session: Session, edition_ids: Collection[int]) -> None:
        """Follow a commit that changed, added or deleted these editions."""
        try:
            with fresh(session) as reader:
                spoken = load_languages(reader, edition_ids)
            # Readers wait for the language that was written in; in the others there is little.
            for tag in sorted(self._indexes, key=lambda tag: tag not in spoken.values()):
                # One that is deleted may have been in any.
                ids = [each for each in edition_ids if spoken.get(each, tag) == tag]
                self._follow(session, tag, ids)
        except Exception:
            # The commit stands, whatever became of the index: the next sync closes the gap.
            log.exception("the search index could not follow a commit")

    def sync(self, session: Session) -> int:
        """Catch up with the database, building what is missing; return how many editions."""
        return sum(self._sync(session, tag) for tag in self._indexes)

    def catch_up(self, session: Session) -> None:
        """Sync the languages where something was left undone."""
        for tag, index in self._indexes.items():
            if is_complete(session, tag, index):
                start_merging(index.folder)
            else:
                self._sync(session, tag)

    def rebuild(self, session: Session, progress: Callable[[int, int], None]) -> None:
        """Build the index anew beside the old one, which answers until it is swapped."""
        with fresh(session) as reader:
            total = sum(len(list_published(reader, tag)) for tag in self._indexes)
        done = count(1)
        for tag, index in self._indexes.items():
            with index.folder.locked("rebuild", SYNC_WAIT):
                self._rebuild(session, tag, lambda: progress(next(done), total))

    def check(self, session: Session) -> list[Difference]:
        """Return where the index differs from the database."""
        differences = []
        for tag, index in self._indexes.items():
            try:
                index.verify(current_build(index))
                differences += compare(session, tag, index, current_build(index))
            except DamagedIndexError:
                differences.append(Difference(tag, Fault.DAMAGED))
        return differences

    def close(self) -> None:
        """Close what is open."""
        for index in self._indexes.values():
            index.close()

    def _follow(self, session: Session, tag: str, edition_ids: Collection[int]) -> None:
        folder = self._indexes[tag].folder
        if folder.find_current() is None:
            self._start(session, tag)
            return
        try:
            with folder.locked("write", UPDATE_WAIT if edition_ids else 0):
                if current := folder.find_current():
                    follow(session, tag, current, edition_ids)
        except TimeoutError:
            # Of a language where nothing is new the next update may as well note that.
            if edition_ids:
                raise
        start_merging(folder)

    def _start(self, session: Session, tag: str) -> None:
        """Build a first index, if that is quick; else leave it to `recover`."""
        with fresh(session) as reader:
            quick = len(list_published(reader, tag)) < ALONE
        if quick:
            self._sync(session, tag)
        else:
            self._readers[tag].damaged = True

    def _sync(self, session: Session, tag: str) -> int:
        folder = self._indexes[tag].folder
        try:
            changed = self._repair(session, tag)
        except DamagedIndexError as damage:
            # The first one is no trouble.
            level = logging.WARNING if folder.find_current() else logging.INFO
            log.log(level, "building the search index for %s: %s", tag, str(damage))
            with folder.locked("rebuild", SYNC_WAIT):
                try:
                    # Another process may have built it while this one waited.
                    changed = self._repair(session, tag)
                except DamagedIndexError:
                    changed = self._rebuild(session, tag)
        start_merging(folder)
        return changed

    def _repair(self, session: Session, tag: str) -> int:
        index = self._indexes[tag]
        gap = find_gap(session, tag, index, current_build(index))
        with index.folder.locked("write", SYNC_WAIT):
            close_gap(session, tag, current_build(index), gap)
        return len(gap.edition_ids)

    def _rebuild(self, session: Session, tag: str, step: Callable[[], None] = lambda: None) -> int:
        index = self._indexes[tag]
        folder = index.folder
        folder.sweep()
        made = folder.start_build()
        with fresh(session) as reader:
            editions = list(list_published(reader, tag))
            build(reader, tag, editions, made, step)
        # Updates went on in the old build meanwhile.
        close_gap(session, tag, made, find_gap(session, tag, index, made))
        # Now they wait for the swap.
        with folder.locked("write", SYNC_WAIT):
            follow(session, tag, made)
            if has_surplus(session, tag, made):
                close_gap(session, tag, made, find_gap(session, tag, index, made))
            folder.swap(made)
        folder.sweep()
        return len(editions)
