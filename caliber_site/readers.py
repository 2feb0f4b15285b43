"""Readers as the site knows them: a hash for one day, and then not at all.

The hash is of address and browser under a salt that changes daily and is deleted, after which
it can be traced to nobody.
"""

import hashlib
import secrets
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from crawleruseragents import is_crawler
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers

from caliber_site.database import begin_write, upsert
from caliber_site.models import LEAST_READERS, AskedQuery, DaySalt, QueryCount, SeenBy

COUNTS_AGAIN_AFTER = timedelta(minutes=30)
"""A reader's next view of the same edition counts when so much time has passed."""

QUERIES_KEPT = timedelta(days=7)
AGENTS_KNOWN = 4096
"""How many User-Agents a process remembers; most readers have one of a few hundred."""

NOT_READING = ("prefetch", "prerender", "preview")
SPECULATIVE = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")

salts: dict[date, bytes] = {}


def is_reader(headers: Headers) -> bool:
    """Return whether a person seems to read: no robot, no prefetch or prerender."""
    purposes = [headers.get(name, "").lower() for name in SPECULATIVE]
    speculative = any(word in purpose for purpose in purposes for word in NOT_READING)
    return not speculative and _is_browser(headers.get("User-Agent", ""))


@lru_cache(AGENTS_KNOWN)  # a list of hundreds of patterns takes half a millisecond
def _is_browser(agent: str) -> bool:
    return bool(agent) and not is_crawler(agent)


def reader_hash(
    session: Session, address: str, agent: str, now: datetime, *, wait: bool = True
) -> bytes:
    """Return the 16 bytes by which a reader is known today.

    The first hash of a day begins it: in a transaction of its own, yesterday is forgotten.

    Args:
        session: The session.
        address: The reader's network address.
        agent: The reader's User-Agent.
        now: The present moment.
        wait: Whether to wait for another writer if the day has to be begun.

    Raises:
        sqlalchemy.exc.OperationalError: The database was locked (for too long).
    """
    salt = known_salt(now) or begin_day(session, now, wait=wait)
    return hash_under(salt, address, agent)


def hash_under(salt: bytes, address: str, agent: str) -> bytes:
    """Return the 16 bytes by which a reader is known under a salt."""
    return hashlib.blake2b(f"{address}\n{agent}".encode(), key=salt, digest_size=16).digest()


def known_salt(now: datetime) -> bytes | None:
    """Return today's salt, if this process has it."""
    return salts.get(now.astimezone(UTC).date())


def begin_day(session: Session, now: datetime, *, wait: bool = True) -> bytes:
    """Return today's salt, made if this is the first who wants it.

    Args:
        session: The session, of which this is a transaction of its own.
        now: The present moment.
        wait: Whether to wait for another writer.

    Raises:
        sqlalchemy.exc.OperationalError: The database was locked (for too long).
    """
    today = now.astimezone(UTC).date()
    begin_write(session, wait=wait)
    salt = _change_salt(session, today, now)
    session.commit()
    salts.clear()
    salts[today] = salt
    return salt


def _change_salt(session: Session, today: date, now: datetime) -> bytes:
    salt = upsert(session, DaySalt).values(day=today, salt=secrets.token_bytes(16))
    session.execute(salt.on_conflict_do_nothing())
    session.execute(delete(DaySalt).where(DaySalt.day < today))
    session.execute(delete(SeenBy).where(SeenBy.counted_at <= now - COUNTS_AGAIN_AFTER))
    _count_queries(session, today)
    return session.scalars(select(DaySalt.salt).where(DaySalt.day == today)).one()


def _count_queries(session: Session, today: date) -> None:
    """Keep of the days before only how many readers asked what many of them asked."""
    key = (AskedQuery.language, AskedQuery.day, AskedQuery.text)
    counts = (
        select(*key, func.count())
        .where(AskedQuery.day < today)
        .group_by(*key)
        .having(func.count() >= LEAST_READERS)
    )
    columns = ["language", "day", "text", "readers"]
    session.execute(
        upsert(session, QueryCount).from_select(columns, counts).on_conflict_do_nothing()
    )
    session.execute(delete(AskedQuery).where(AskedQuery.day < today))
    session.execute(delete(QueryCount).where(QueryCount.day < today - QUERIES_KEPT))
