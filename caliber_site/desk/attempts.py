"""Attempts counted for all processes, and across restarts: in the database, or in Redis."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import delete
from sqlalchemy.orm import Session

from caliber_site.database import take_write_lock, upsert
from caliber_site.models import Attempt, now

REDIS_SECONDS = 1
"""How long Redis may take to answer before the database counts in its place."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something was tried, and in how many seconds that is forgotten."""

    number: int
    seconds: int


class Counter:
    """Counts in the database."""

    def count(self, session: Session, key: bytes, seconds: int) -> Counted:
        """Count an attempt, and commit.

        Args:
            session: The session.
            key: A hash of who tries what, 16 bytes long.
            seconds: How long the first attempt is remembered, and all later ones with it.
        """
        at = now()
        ends_at = at + timedelta(seconds=seconds)
        take_write_lock(session)
        session.execute(delete(Attempt).where(Attempt.ends_at <= at))
        attempt = session.execute(
            upsert(session, Attempt)
            .values(key=key, count=1, ends_at=ends_at)
            .on_conflict_do_update(index_elements=["key"], set_={"count": Attempt.count + 1})
            .returning(Attempt.count.label("number"), Attempt.ends_at)
        ).one()
        session.commit()
        return Counted(attempt.number, ceil((attempt.ends_at - at).total_seconds()))

    def forget(self, session: Session, key: bytes) -> None:
        """Forget the attempts of a key, and commit."""
        take_write_lock(session)
        session.execute(delete(Attempt).where(Attempt.key == key))
        session.commit()


class RedisCounter(Counter):
    """Counts in Redis; while that is away, in the database, for the desk must stay open."""

    def __init__(self, address: str) -> None:
        # Imported here, since most sites have no Redis and every command would wait for it.
        from redis import Redis, RedisError  # noqa: PLC0415
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        self._faults = RedisError
        self._redis = Redis.from_url(
            address,
            socket_timeout=REDIS_SECONDS,
            socket_connect_timeout=REDIS_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )

    def count(self, session: Session, key: bytes, seconds: int) -> Counted:
        """Count an attempt."""
        name = _name(key)
        try:
            with self._redis.pipeline() as together:
                together.set(name, 0, ex=seconds, nx=True)
                together.incr(name)
                together.ttl(name)
                _, number, left = together.execute()
        except self._faults as fault:
            log.warning("attempts are counted in the database, not in Redis: %s", fault)
            return super().count(session, key, seconds)
        return Counted(number, left)

    def forget(self, session: Session, key: bytes) -> None:
        """Forget the attempts of a key."""
        try:
            self._redis.delete(_name(key))
        except self._faults:
            super().forget(session, key)


def open_counter(redis_url: str) -> Counter:
    """Return the site's counter; it connects when it is first needed."""
    return RedisCounter(redis_url) if redis_url else Counter()


def _name(key: bytes) -> str:
    return f"caliber:attempt:{key.hex()}"
