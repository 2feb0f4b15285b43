"""Freshness: what a page was made of, told by one cheap question a request."""

import time
import weakref
from contextlib import suppress
from datetime import datetime
from queue import SimpleQueue
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import (
    CompoundSelect,
    Engine,
    bindparam,
    create_engine,
    func,
    select,
    union_all,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from caliber_site.database import is_postgresql, prepare
from caliber_site.languages import LANGUAGES
from caliber_site.models import Banner, Edition, Status, now

ASK = "SELECT value FROM generation"

CONNECTIONS = 4
"""To the database at most: one answers thousands of times a second."""

HOUR = 3600
"""Seconds for which a banner has its slot when several want it (news/frame.py)."""


class Stamp(NamedTuple):
    """What was to be seen when a page was made: pages of the same stamp are equally fresh.

    Attributes:
        generation: That of the database.
        due: The moment, in seconds since 1970, from which something else is to be seen though
            nobody changes anything: a scheduled edition, the begin or end of a banner.
    """

    generation: int
    due: float


class Freshness:
    """Asks a database for its generation, from any thread.

    It has a few connections of its own: requests would wait for those of sessions, which are
    busy with pages.
    """

    def __init__(self, address: str) -> None:
        self._engine = create_engine(address, poolclass=NullPool)
        prepare(self._engine)
        # One that is not open yet, or no more, is None.
        self._connections: SimpleQueue[Any] = SimpleQueue()
        for _ in range(CONNECTIONS):
            self._connections.put(None)
        weakref.finalize(self, _close, self._connections)
        self._error = self._engine.dialect.loaded_dbapi.Error
        self._lock = Lock()
        self._stamp = Stamp(0, 0)

    def ask(self) -> Stamp | None:
        """Return today's stamp; None if the database does not say."""
        try:
            generation = self._ask_database()
            stamp = self._stamp
            if generation and self._is_over(stamp, generation):
                with self._lock:
                    stamp = self._stamp
                    if self._is_over(stamp, generation):
                        stamp = self._stamp = Stamp(generation, _find_due(self._engine))
        except (self._error, DBAPIError):
            return None
        return stamp if generation else None

    def _ask_database(self) -> int | None:
        """Ask by a connection of sqlite3 or psycopg, which both have `execute`."""
        connection = self._connections.get()
        try:
            if connection is not None:
                with suppress(self._error):  # the server has closed it meanwhile
                    return self._ask_by(connection)
                connection.close()
            connection = None
            connection = self._connect()
            return self._ask_by(connection)
        finally:
            self._connections.put(connection)

    @staticmethod
    def _ask_by(connection: Any) -> int | None:
        rows = connection.execute(ASK).fetchall()
        return int(rows[0][0]) if rows else None

    def _connect(self) -> Any:
        pooled = self._engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        if is_postgresql(self._engine):
            connection.autocommit = True
        return connection

    @staticmethod
    def _is_over(stamp: Stamp, generation: int) -> bool:
        return stamp.generation != generation or time.time() >= stamp.due


def _close(connections: "SimpleQueue[Any]") -> None:
    while not connections.empty():
        if (connection := connections.get()) is not None:
            connection.close()


def _find_due(engine: Engine) -> float:
    at = now()
    end_of_hour = (int(at.timestamp()) // HOUR + 1) * HOUR
    with engine.connect() as connection:
        moments: list[datetime | None] = list(connection.scalars(MOMENTS, {"now": at}))
    return min([end_of_hour, *(moment.timestamp() for moment in moments if moment)])


def _select_moments() -> CompoundSelect[datetime | None]:
    at = bindparam("now", type_=Edition.published_at.type)
    # A language each, for so the index has them.
    scheduled = (
        select(func.min(Edition.published_at)).where(
            Edition.language == language.tag,
            Edition.status == Status.PUBLISHED,
            Edition.published_at > at,
        )
        for language in LANGUAGES
    )
    banners = (select(func.min(x)).where(x > at) for x in (Banner.starts_at, Banner.ends_at))
    return union_all(*scheduled, *banners)


MOMENTS = _select_moments()
