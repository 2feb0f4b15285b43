"""The embedded engine: an index per language beside the database, which it follows."""

import logging
from collections.abc import Callable, Collection, Iterator
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from caliber_site.languages import BY_TAG, Language
from caliber_site.search.difference import Difference, Fault
from caliber_site.search.facets import Facets
from caliber_site.search.folder import Folder, read_synced, write_synced
from caliber_site.search.queries import (
    Document,
    last_change,
    list_changed,
    list_published,
    load_documents,
)
from caliber_site.search.query import Query, Results
from caliber_site.search.vocabulary import NoWords, Vocabulary
from caliber_site.search.whoosh import DamagedIndexError, WhooshIndex

UPDATE_WAIT = 5.0
"""Seconds that an editor's request waits for another writer."""

SYNC_WAIT = 600.0
"""Seconds that the command line and the start of the site wait for another writer."""

log = logging.getLogger(__name__)


class EmbeddedEngine:
    """The site's index on disk, in the process that searches."""

    def __init__(self, path: Path) -> None:
        self._indexes = {tag: WhooshIndex(Folder(path / tag)) for tag in BY_TAG}

    def search(self, asked: Query) -> Results:
        """Return a page of results; never raises for what a reader typed."""
        if not asked.words:
            return Results()
        try:
            return self._indexes[asked.language.tag].search(asked)
        except DamagedIndexError as damage:
            log.error("search is unavailable: %s", str(damage))
            return Results(available=False)

    def update(self, session: Session, edition_ids: Collection[int]) -> None:
        """Follow a commit that changed, added or deleted these editions."""
        try:
            for tag in self._indexes:
                self._follow(session, tag, set(edition_ids))
        except Exception:
            # The commit stands, whatever became of the index: the next sync closes the gap.
            log.exception("the search index could not follow a commit")

    def sync(self, session: Session) -> int:
        """Catch up with the database, building what is missing; return how many editions."""
        return sum(self._sync(session, tag) for tag in self._indexes)

    def rebuild(self, session: Session, progress: Callable[[int, int], None]) -> None:
        """Build the index anew beside the old one, which answers until it is swapped."""
        with _fresh(session) as fresh:
            total = sum(len(list_published(fresh, tag)) for tag in self._indexes)
        done = count(1)
        for tag in self._indexes:
            self._rebuild(session, tag, lambda: progress(next(done), total))

    def check(self, session: Session) -> list[Difference]:
        """Return where the index differs from the database."""
        differences = []
        for tag, index in self._indexes.items():
            try:
                differences += _compare(session, tag, index, _current(index))
            except DamagedIndexError:
                differences.append(Difference(tag, Fault.DAMAGED))
        return differences

    def facets(self, asked: Query) -> Facets:  # noqa: ARG002
        """Return how what a query finds is distributed: not known, until indexes can count."""
        return Facets()

    def vocabulary(self, language: Language) -> Vocabulary:  # noqa: ARG002
        """Return the words of a language's public editions: none, until indexes keep them."""
        return NoWords()

    def close(self) -> None:
        """Close the files that wait for the next search."""
        for index in self._indexes.values():
            index.close()

    def _follow(self, session: Session, tag: str, edition_ids: set[int]) -> None:
        index = self._indexes[tag]
        if index.folder.find_current() is None:
            self._rebuild(session, tag)
        with index.folder.locked("write", UPDATE_WAIT), _fresh(session) as fresh:
            build = _current(index)
            # Read before the editions: what changes in between is indexed again the next time.
            number = last_change(fresh)
            changed = edition_ids | set(list_changed(fresh, tag, read_synced(build)))
            index.write(build, load_documents(fresh, tag, changed), old=changed)
            write_synced(build, number)

    def _sync(self, session: Session, tag: str) -> int:
        index = self._indexes[tag]
        try:
            with index.folder.locked("write", SYNC_WAIT):
                return _repair(session, tag, index, _current(index))
        except DamagedIndexError as damage:
            log.warning("building the search index for %s: %s", tag, str(damage))
            return self._rebuild(session, tag)

    def _rebuild(self, session: Session, tag: str, step: Callable[[], None] = lambda: None) -> int:
        index = self._indexes[tag]
        folder = index.folder
        with folder.locked("rebuild", SYNC_WAIT):
            folder.sweep()
            build = folder.start_build()
            index.create(build)
            with _fresh(session) as fresh:
                editions = list_published(fresh, tag)
                documents = load_documents(fresh, tag, editions)
                index.write(build, _counted(documents, step), old=())
            # Updates went on in the old build meanwhile; now they wait for the swap.
            with folder.locked("write", SYNC_WAIT):
                _repair(session, tag, index, build)
                folder.swap(build)
            folder.sweep()
        return len(editions)


def _current(index: WhooshIndex) -> Path:
    build = index.folder.find_current()
    if build is None:
        message = f"there is no search index in {index.folder.path}"
        raise DamagedIndexError(message)
    return build


def _repair(session: Session, tag: str, index: WhooshIndex, build: Path) -> int:
    with _fresh(session) as fresh:
        number = last_change(fresh)
    wrong = {difference.edition_id for difference in _compare(session, tag, index, build)}
    ids = {edition_id for edition_id in wrong if edition_id is not None}
    with _fresh(session) as fresh:
        index.write(build, load_documents(fresh, tag, ids), old=ids)
    write_synced(build, number)
    return len(ids)


def _compare(session: Session, tag: str, index: WhooshIndex, build: Path) -> list[Difference]:
    indexed = index.list_changes(build)
    with _fresh(session) as fresh:
        published = list_published(fresh, tag)
    faults = dict.fromkeys(indexed.keys() - published.keys(), Fault.SURPLUS)
    for edition_id, change in published.items():
        if indexed.get(edition_id) != change:
            faults[edition_id] = Fault.STALE if edition_id in indexed else Fault.MISSING
    return [Difference(tag, fault, edition_id) for edition_id, fault in sorted(faults.items())]


def _fresh(session: Session) -> Session:
    # The caller's transaction may have begun before the lock was had: it would show old rows.
    return Session(session.get_bind())


def _counted(documents: Iterator[Document], step: Callable[[], None]) -> Iterator[Document]:
    for document in documents:
        yield document
        step()
