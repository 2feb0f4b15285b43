"""How the database is opened: the one place that sets up SQLite and PostgreSQL."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    CursorResult,
    Dialect,
    Engine,
    Executable,
    FromClause,
    PoolProxiedConnection,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

BUSY_SECONDS = 5
"""How long a statement waits for what another transaction has locked."""

CONNECTIONS = 8
"""That a process keeps open: the production server's threads, and those that count and catch up."""

STATEMENTS = 24
"""That each connection to SQLite keeps ready: those of articles and lists. The many that searches
word, kept too, would take a megabyte of each."""

TURN_SECONDS = 0.0005
"""How often a writer looks whether SQLite's one writer is done: about what a commit takes."""

PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers and the one writer do not wait for each other
    "PRAGMA synchronous = NORMAL",  # with WAL a killed process loses nothing
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -200",  # kilobytes for each connection: the system has all of it anyway
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
)

SERVER_OPTIONS = (
    f"-c lock_timeout={BUSY_SECONDS}s",
    "-c statement_timeout=30s",  # no page may keep the server busy for longer
    "-c idle_in_transaction_session_timeout=10min",  # a process that hangs gives its locks back
)

UNAVAILABLE = frozenset({"08", "40", "53", "55", "57"})
"""Classes of SQLSTATE: no connection, rolled back, out of resources, locked, stopped."""


class Lock(IntEnum):
    """What one transaction at a time may do, as numbers of PostgreSQL's advisory locks."""

    WRITE = 1
    INDEX = 2
    REBUILD = 3


class HeedingHints(SQLiteCompiler):
    """Has SQLite read a table by the index that a statement's hint names: `INDEXED BY name`.

    SQLAlchemy itself writes hints for all other databases that know them. `prepare` gives it to an
    engine.
    """

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:  # noqa: ARG002
        """Return what is written behind the table's name."""
        return text


class Transaction(NamedTuple):
    """One that is open on a connection of sqlite3 or psycopg."""

    connection: Any
    dialect: Dialect

    def execute(
        self, statement: str, values: Sequence[object] | Mapping[str, object]
    ) -> list[tuple[Any, ...]]:
        """Return all rows, if any, that a statement with the driver's marks for values gives."""
        cursor = self.connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def engine_options(address: str) -> dict[str, Any]:
    """Return how the engine of a database is made, as arguments of `create_engine`."""
    options: dict[str, Any] = {"url": address, "pool_size": CONNECTIONS, "pool_use_lifo": True}
    if make_url(address).get_backend_name() == "sqlite":
        return options | {"connect_args": {"cached_statements": STATEMENTS}}
    # A connection that the server has closed meanwhile is noticed before it is used.
    return options | {"pool_pre_ping": True}


def prepare(engine: Engine, *options: str) -> None:
    """Make an engine ready for several processes.

    Args:
        engine: The engine.
        options: More options of PostgreSQL's connections; what the address says still counts.
    """
    if is_postgresql(engine):
        event.listen(engine, "do_connect", _setting(*options))
        event.listen(engine, "connect", _texts_without_nul(engine.dialect.dbapi))
    else:
        engine.dialect.statement_compiler = HeedingHints
        event.listen(engine, "connect", _connect)
        event.listen(engine, "begin", _begin)


def is_postgresql(bind: Engine | Connection | Transaction) -> bool:
    """Return whether a database is PostgreSQL, and not SQLite."""
    return bind.dialect.name == "postgresql"


def begin_write(session: Session, *, wait: bool = True) -> None:
    """Start a transaction that writes rows which others may write at the same time.

    SQLite has but one writer, for whom this waits. A transaction that has read before it writes
    would fail at once, without waiting, when another process wrote in between; so what was open
    is committed first.

    Args:
        session: The session.
        wait: Whether to wait, and not give up at once, for SQLite's one writer.

    Raises:
        sqlalchemy.exc.OperationalError: The lock was not had, within `BUSY_SECONDS` or at once.
    """
    session.commit()
    session.connection(execution_options={"immediate": True, "wait": wait})


@contextmanager
def writing(engine: Engine) -> Iterator[Transaction]:
    """A transaction that writes, past SQLAlchemy, whose own work would take longer than all of it.

    It has SQLite's write lock from its beginning, is committed at its end, and rolled back where
    that is an exception.

    Args:
        engine: Of the database.

    Raises:
        sqlalchemy.exc.OperationalError: The lock was not had within `BUSY_SECONDS`, or the database
            is away. Other errors are the driver's own.
    """
    with borrow(engine) as pooled:
        connection: Any = pooled.driver_connection
        if not is_postgresql(engine):  # which begins by itself
            _take_turn(pooled, BUSY_SECONDS, connection.execute)
        yield Transaction(connection, engine.dialect)
        pooled.commit()


@contextmanager
def borrow(engine: Engine) -> Iterator[PoolProxiedConnection]:
    """A connection of an engine's pool, for its driver; what is open at the end is rolled back.

    Raises:
        sqlalchemy.exc.OperationalError: In place of the driver's own.
    """
    driver = engine.dialect.loaded_dbapi
    try:
        pooled = engine.raw_connection()
        try:
            yield pooled
        except driver.OperationalError as error:
            if engine.dialect.is_disconnect(error, pooled, None):
                pooled.invalidate(error)
            raise
        finally:
            pooled.close()  # which rolls back
    except driver.OperationalError as error:
        raise OperationalError(None, None, error) from error


def be_patient(engine: Engine, pooled: PoolProxiedConnection) -> None:
    """Have a borrowed connection wait for locks, which who wrote by it may not have wanted."""
    if not is_postgresql(engine):
        _wait_at_most(pooled, BUSY_SECONDS)


def take_write_lock(session: Session) -> None:
    """Start a transaction that relies on nobody else writing what it reads.

    On PostgreSQL this keeps out those only who take the lock too.

    Raises:
        sqlalchemy.exc.OperationalError: The lock was not had within `BUSY_SECONDS`.
    """
    begin_write(session)
    if is_postgresql(session.get_bind()):
        session.execute(select(func.pg_advisory_xact_lock(Lock.WRITE)))


def is_busy(error: OperationalError) -> bool:
    """Return whether it is worth trying again: the database is locked, overloaded or away."""
    if isinstance(error.orig, sqlite3.Error):
        return "locked" in str(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state[:2] in UNAVAILABLE


def fetch(
    session: Session, statement: Executable, values: Mapping[str, object]
) -> CursorResult[Any]:
    """Return the rows of a SELECT of columns.

    The session's own `execute` gets ready for objects first, which takes longer than such a SELECT.
    """
    return session.connection().execute(statement, values)


def upsert(session: Session, model: type[DeclarativeBase]) -> sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    if is_postgresql(session.get_bind()):
        # What knows of it is not loaded where the database is another one.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        # Both inserts have the same methods, which is all that callers use.
        return postgresql.insert(model)  # type: ignore[return-value]
    return sqlite.insert(model)


def _connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy sends BEGIN itself, see _begin
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("immediate"):
        seconds = BUSY_SECONDS if options.get("wait", True) else 0
        _take_turn(connection.connection, seconds, connection.exec_driver_sql)
    else:
        _wait_at_most(connection.connection, BUSY_SECONDS)
        connection.exec_driver_sql("BEGIN")


def _take_turn(
    pooled: PoolProxiedConnection, seconds: float, execute: Callable[[str], object]
) -> None:
    """Begin as SQLite's one writer.

    SQLite itself would look again after 1, 2, 5, 10 and up to 100 ms: between two processes that
    count views one waited for long, while nobody wrote.

    Args:
        pooled: The connection.
        seconds: How long to wait for another writer.
        execute: Tries the last time; what it raises tells that it was in vain.
    """
    _wait_at_most(pooled, 0)
    raw = pooled.cursor()  # beside SQLAlchemy, which would begin for it
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            time.sleep(TURN_SECONDS)
        else:
            return
    execute("BEGIN IMMEDIATE")


def _wait_at_most(pooled: PoolProxiedConnection, seconds: float) -> None:
    if pooled.info.get("waits", BUSY_SECONDS) != seconds:
        raw = pooled.cursor()  # beside SQLAlchemy, which would begin for it
        raw.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
        pooled.info["waits"] = seconds


def _setting(*options: str) -> Callable[..., None]:
    def set_options(_dialect: Any, _record: Any, _arguments: Any, named: dict[str, Any]) -> None:
        # Of several that contradict each other the last one counts.
        named["options"] = " ".join([*SERVER_OPTIONS, *options, named.get("options", "")])
        named.setdefault("connect_timeout", BUSY_SECONDS)  # the driver itself waits for 130

    return set_options


def _texts_without_nul(psycopg: Any) -> Callable[..., None]:
    # PostgreSQL has no NUL in texts. It is given what browsers show for one instead: a sign that
    # can be looked for as well, and is found nowhere.
    class TextDumper(psycopg.types.string.StrDumperUnknown):  # type: ignore[misc]
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    return lambda connection, _record: connection.adapters.register_dumper(str, TextDumper)
