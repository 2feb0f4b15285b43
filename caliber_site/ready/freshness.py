"""Freshness: what a page was made of, told by one cheap question a request."""

import math
import time
import weakref
from contextlib import suppress
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from sqlalchemy import (
    CompoundSelect,
    create_engine,
    func,
    select,
    union_all,
)
from sqlalchemy.exc import DBAPIError

from caliber_site.database import Transaction, engine_options, is_postgresql, prepare
from caliber_site.languages import LANGUAGES
from caliber_site.models import NOW, Banner, Edition, Status, now
from caliber_site.reading import ReadConnection
from caliber_site.ready.generation import Generation

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


UNCHANGED = Stamp(0, math.inf)
"""The stamp of files, whose addresses change with them."""


class Freshness:
    """Tells how fresh pages are, to any thread.

    Attributes:
        is_at_hand: Whether it is told without waiting: by a file, not by a database server.
    """

    def __init__(self, address: str) -> None:
        """Make it for the database at an address, which is not opened yet."""
        self._engine = create_engine(**engine_options(address) | {"pool_size": 1})
        prepare(self._engine)
        weakref.finalize(self, self._engine.dispose)
        self._generation = Generation(self._engine)
        self.is_at_hand = not is_postgresql(self._engine)
        self._lock = Lock()
        self._stamp = Stamp(0, 0)

    def ask(self) -> Stamp | None:
        """Return today's stamp; None if the database does not say."""
        generation, stamp = self._generation.ask(), self._stamp
        if not generation:
            return None
        if not self._is_over(stamp, generation):
            return stamp
        with self._lock, suppress(DBAPIError, self._engine.dialect.loaded_dbapi.Error):
            if self._is_over(self._stamp, generation):
                self._stamp = Stamp(generation, self._find_due())
            return self._stamp
        return None

    def _find_due(self) -> float:
        at = now()
        end_of_hour = (int(at.timestamp()) // HOUR + 1) * HOUR
        rows = self._generation.use(
            lambda connection: ReadConnection(Transaction(connection, self._engine.dialect)).fetch(
                MOMENTS, {"now": at}
            )
        )
        moments: list[datetime | None] = [row.moment for row in rows]
        return min([end_of_hour, *(moment.timestamp() for moment in moments if moment)])

    @staticmethod
    def _is_over(stamp: Stamp, generation: int) -> bool:
        return stamp.generation != generation or time.time() >= stamp.due


def _select_moments() -> CompoundSelect[datetime | None]:
    # A language each, for so the index has them.
    scheduled = (
        select(func.min(Edition.published_at).label("moment")).where(
            Edition.language == language.tag,
            Edition.status == Status.PUBLISHED,
            Edition.published_at > NOW,
        )
        for language in LANGUAGES
    )
    banners = (select(func.min(x)).where(x > NOW) for x in (Banner.starts_at, Banner.ends_at))
    return union_all(*scheduled, *banners)


MOMENTS = _select_moments()
