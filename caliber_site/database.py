"""How the database is opened: the one place that sets up SQLite."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

BUSY_SECONDS = 5

PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers and the one writer do not wait for each other
    "PRAGMA synchronous = NORMAL",  # with WAL a killed process loses nothing
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
)


def prepare(engine: Engine) -> None:
    """Make an SQLite engine ready for several processes; leave other engines alone."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect)
        event.listen(engine, "begin", _begin)


def take_write_lock(session: Session, *, wait: bool = True) -> None:
    """Start a transaction that may write, waiting for the other writer if there is one.

    A transaction that has read before it writes would fail at once, without waiting, when
    another process wrote in between; so what was open is committed first.

    Args:
        session: The session.
        wait: Whether to wait, and not give up at once, while another writes.

    Raises:
        sqlalchemy.exc.OperationalError: The lock was not had, within `BUSY_SECONDS` or at once.
    """
    session.commit()
    session.connection(execution_options={"immediate": True, "wait": wait})


def upsert(session: Session, model: type[DeclarativeBase]) -> sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    # Both inserts have the same methods, which is all that callers use.
    return postgresql.insert(model) if on_postgresql else sqlite.insert(model)  # type: ignore[return-value]


def _connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy sends BEGIN itself, see _begin
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    _wait_at_most(connection, BUSY_SECONDS if options.get("wait", True) else 0)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("immediate") else "BEGIN")


def _wait_at_most(connection: Connection, seconds: int) -> None:
    if connection.info.get("waits", BUSY_SECONDS) != seconds:
        raw = connection.connection.cursor()  # beside SQLAlchemy, which would begin for it
        raw.execute(f"PRAGMA busy_timeout = {seconds * 1000}")
        connection.info["waits"] = seconds
