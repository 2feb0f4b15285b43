"""Freshness: what a page was made of, told by one cheap question a request."""

import threading
import time
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine, Select, create_engine, func, select, union_all
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from caliber_site.database import is_postgresql, prepare
from caliber_site.languages import LANGUAGES
from caliber_site.models import Banner, Edition, Status, now

ASK = "SELECT value FROM generation"

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
    """Asks a database for its generation, from any thread and after a fork.

    Each thread has a connection of its own beside the sessions' pool, which it would wait for.
    """

    def __init__(self, address: str) -> None:
        self._engine = create_engine(address, poolclass=NullPool)
        prepare(self._engine)
        self._threads = threading.local()
        self._lock = threading.Lock()
        self._stamp = Stamp(0, 0)

    def ask(self) -> Stamp | None:
        """Return today's stamp; None if the database does not say."""
        for _ in range(2):  # the server may have closed a connection meanwhile
            try:
                return self._ask()
            except (self._engine.dialect.loaded_dbapi.Error, DBAPIError):
                self._threads.held = None
        return None

    def _ask(self) -> Stamp | None:
        rows = self._connection().execute(ASK).fetchall()
        if not rows:
            return None
        ((generation,),) = rows
        stamp = self._stamp
        if stamp.generation != generation or time.time() >= stamp.due:
            with self._lock:
                stamp = self._stamp
                if stamp.generation != generation or time.time() >= stamp.due:
                    stamp = self._stamp = Stamp(generation, _find_due(self._engine))
        return stamp

    def _connection(self) -> Any:
        """Return this thread's connection: of sqlite3 or psycopg, which both have `execute`."""
        held: _Held | None = getattr(self._threads, "held", None)
        if held is None:
            held = self._threads.held = _Held(self._engine)
        return held.connection


class _Held:
    """A connection that is closed when its thread ends."""

    def __init__(self, engine: Engine) -> None:
        pooled = engine.raw_connection()
        self.connection: Any = pooled.driver_connection
        pooled.detach()
        if is_postgresql(engine):
            self.connection.autocommit = True

    def __del__(self) -> None:
        if hasattr(self, "connection"):
            self.connection.close()


def _find_due(engine: Engine) -> float:
    at = now()
    end_of_hour = (int(at.timestamp()) // HOUR + 1) * HOUR
    moments: list[Select[Any]] = [
        select(func.min(Edition.published_at)).where(
            Edition.language == language.tag,
            Edition.status == Status.PUBLISHED,
            Edition.published_at > at,
        )
        for language in LANGUAGES
    ]
    moments += [select(func.min(x)).where(x > at) for x in (Banner.starts_at, Banner.ends_at)]
    with engine.connect() as connection:
        found: list[datetime | None] = list(connection.scalars(union_all(*moments)))
    return min([end_of_hour, *(moment.timestamp() for moment in found if moment)])
