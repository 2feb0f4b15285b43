"""The generation: the number of a database that is raised with whatever readers see."""

import weakref
from collections.abc import Callable
from contextlib import suppress
from mmap import mmap
from pathlib import Path
from queue import LifoQueue
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from caliber_site.database import is_postgresql
from caliber_site.ready.walindex import HEADER, open_wal_index

Found = TypeVar("Found")

ASK = "SELECT value FROM generation"

MOST = 4
"""Connections that ask at once: one answers thousands of times a second."""


class Known(NamedTuple):
    """The generation that a database had when its WAL index had this header."""

    header: bytes
    generation: int


class Generation:
    """Asks a database for its generation, from any thread; SQLite only after a commit.

    It has a few connections of its own: requests would wait for those of sessions, which are
    busy with pages.
    """

    def __init__(self, engine: Engine) -> None:
        """Make it; nothing is opened yet.

        Args:
            engine: Of the database; its own connections are beside its pool.
        """
        self._engine = engine
        self._index: mmap | None = None
        self._known: Known | None = None
        # One that is not open yet, or no more, is None. The last one used comes first: others are
        # opened only for those who ask at the same time.
        self._connections: LifoQueue[Any] = LifoQueue()
        for _ in range(MOST):
            self._connections.put(None)
        self._error = engine.dialect.loaded_dbapi.Error
        self._lock = Lock()
        weakref.finalize(self, _close, self._connections)

    def ask(self) -> int | None:
        """Return the database's generation; None if it does not say."""
        known = self._known
        # It is read first: what is committed while the database is asked makes another one.
        header = self._index[:HEADER] if self._index is not None else None
        if known is not None and known.header == header:
            return known.generation
        try:
            generation = self.use(self._ask_by)
        except (self._error, DBAPIError):
            return None
        if header is not None and generation is not None:
            self._known = Known(header, generation)
        return generation

    def use(self, work: Callable[[Any], Found]) -> Found:
        """Return what is found by a connection of sqlite3 or psycopg, which both have `execute`.

        Args:
            work: Reads by it, and is done again if the server has closed the connection meanwhile.

        Raises:
            sqlalchemy.exc.DBAPIError: There is no connection to be had. Other errors are the
                driver's own.
        """
        connection = self._connections.get()
        try:
            if connection is not None:
                with suppress(self._error):
                    return work(connection)
                connection.close()
            connection = None
            connection = self._connect()
            found = work(connection)
        finally:
            self._connections.put(connection)
        if not is_postgresql(self._engine):
            self._open_index()
        return found

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

    def _open_index(self) -> None:
        """Open SQLite's WAL index, and a connection that keeps it there."""
        with self._lock:
            if self._index is None and self._engine.url.database:
                connection = self._connect()
                self._ask_by(connection)
                weakref.finalize(self, connection.close)
                self._index = open_wal_index(Path(self._engine.url.database))


def _close(connections: "LifoQueue[Any]") -> None:
    while not connections.empty():
        if (connection := connections.get()) is not None:
            connection.close()
