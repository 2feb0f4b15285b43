"""The engine on PostgreSQL: its index lies in the database that it follows."""

import logging
from collections.abc import Callable, Collection
from datetime import UTC, tzinfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.database import Lock
from caliber_site.languages import BY_TAG, Language
from caliber_site.search.difference import Difference, Fault
from caliber_site.search.facets import Facets
from caliber_site.search.pace import ALONE, SYNC_WAIT, UPDATE_WAIT
from caliber_site.search.postgres.building import build
from caliber_site.search.postgres.following import compare, follow, is_complete, locked, repair
from caliber_site.search.postgres.reader import Reader
from caliber_site.search.postgres.state import is_whole, read_synced
from caliber_site.search.queries import list_published
from caliber_site.search.query import Query, Results
from caliber_site.search.vocabulary import Vocabulary
from caliber_site.search.weights import HALF_LIFE

log = logging.getLogger(__name__)


class PostgresEngine:
    """The site's index in its database, for all machines that share that.

    Args:
        address: The database's address.
        half_life: Days after which an edition has lost half of what being new gives it.
        zone: The paper's time zone.
    """

    def __init__(self, address: str, half_life: float = HALF_LIFE, zone: tzinfo = UTC) -> None:
        self._reader = Reader(address, half_life, zone)

    def search(self, asked: Query) -> Results:
        """Return a page of results; never raises for what a reader typed."""
        return self._reader.search(asked) if asked.words else Results()

    def facets(self, asked: Query) -> Facets:
        """Return how what a query finds is distributed."""
        return self._reader.facets(asked) if asked.words else Facets()

    def vocabulary(self, language: Language) -> Vocabulary:
        """Return the words of a language's editions."""
        return self._reader.vocabulary(language)

    @property
    def damaged(self) -> bool:
        """Return whether the index was found missing since the last `recover`."""
        return self._reader.damaged

    def recover(self, session: Session) -> None:
        """Build what is missing, unless another process does so already."""
        self._reader.damaged = False
        with Session(session.get_bind()) as other:
            free = other.scalar(select(func.pg_try_advisory_xact_lock(Lock.REBUILD)))
        if free:
            self.sync(session)

    def update(self, session: Session, edition_ids: Collection[int]) -> None:
        """Follow a commit that changed, added or deleted these editions."""
        try:
            with locked(session, Lock.INDEX, UPDATE_WAIT) as writer:
                synced = _read_synced(writer)
                if synced is not None:
                    follow(writer, edition_ids, synced)
            if synced is None:
                self._start(session)
        except Exception:
            # The commit stands, whatever became of the index: the next sync closes the gap.
            log.exception("the search index could not follow a commit")

    def sync(self, session: Session) -> int:
        """Catch up with the database, building what is missing; return how many editions."""
        with locked(session, Lock.INDEX, SYNC_WAIT) as writer:
            if _read_synced(writer) is not None:
                return repair(writer)
        log.info("building the search index: there is none")
        return self._build_missing(session)

    def catch_up(self, session: Session) -> None:
        """Sync if something was left undone."""
        with Session(session.get_bind()) as reader:
            synced = _read_synced(reader)
            complete = synced is not None and is_complete(reader, synced)
        if not complete:
            self.sync(session)

    def rebuild(self, session: Session, progress: Callable[[int, int], None]) -> None:
        """Build the index anew beside the old one, which answers until it is swapped."""
        with locked(session, Lock.REBUILD, SYNC_WAIT) as writer:
            build(writer, progress, SYNC_WAIT)

    def check(self, session: Session) -> list[Difference]:
        """Return where the index differs from the database."""
        with Session(session.get_bind()) as reader:
            if _read_synced(reader) is None:
                return [Difference(tag, Fault.DAMAGED) for tag in BY_TAG]
            return [difference for tag in BY_TAG for difference in compare(reader, tag)]

    def close(self) -> None:
        """Close what is open."""
        self._reader.close()

    def _start(self, session: Session) -> None:
        """Build a first index, if that is quick; else leave it to `recover`."""
        with Session(session.get_bind()) as reader:
            quick = sum(len(list_published(reader, tag)) for tag in BY_TAG) < ALONE
        if quick:
            self._build_missing(session)
        else:
            self._reader.damaged = True

    def _build_missing(self, session: Session) -> int:
        with locked(session, Lock.REBUILD, SYNC_WAIT) as writer:
            if _read_synced(writer) is not None:
                return 0  # another process has built it while this one waited
            return build(writer, lambda _done, _total: None, SYNC_WAIT)


def _read_synced(reader: Session) -> int | None:
    """Return how far the index knows the database; None if it is missing, or a table of it is."""
    return read_synced(reader) if is_whole(reader) else None
