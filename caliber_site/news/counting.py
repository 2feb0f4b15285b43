"""Views: one reader, one edition, half an hour counts once; nobody is remembered.

A reader is a hash of address and browser under a salt that changes daily and is deleted, after
which the hash can be traced to nobody.
"""

import hashlib
import secrets
from datetime import UTC, date, datetime, timedelta

from crawleruseragents import is_crawler
from sqlalchemy import Integer, delete, literal, literal_column, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers

from caliber_site.database import begin_write, upsert
from caliber_site.languages import Language
from caliber_site.models import DaySalt, Edition, SeenBy, View
from caliber_site.news.article import total_views

COUNTS_AGAIN_AFTER = timedelta(minutes=30)
SPECULATIVE = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")

# As text, because SQLAlchemy leaves out the table names of columns inside RETURNING.
VIEWS_BEFORE = literal_column(
    """(SELECT edition.imported_views + coalesce(
        (SELECT sum("view".count) FROM "view" WHERE "view".edition_id = edition.id), 0)
        FROM edition WHERE edition.id = seen_by.edition_id)""",
    Integer,
)

salts: dict[date, bytes] = {}


def is_reader(headers: Headers) -> bool:
    """Return whether a person seems to read: no robot, no prefetch or prerender."""
    speculative = any(
        word in headers.get(name, "").lower()
        for name in SPECULATIVE
        for word in ("prefetch", "prerender", "preview")
    )
    agent = headers.get("User-Agent", "")
    return bool(agent) and not speculative and not is_crawler(agent)


def count_view(
    session: Session, language: Language, slug: str, address: str, agent: str, now: datetime
) -> int | None:
    """Count a reading and return all readings of the edition; None if it is not public.

    Two statements, in one transaction that is committed before the answer: a killed process
    loses no acknowledged view.

    Args:
        session: The session.
        language: Language of the address.
        slug: The edition's slug.
        address: The reader's network address.
        agent: The reader's User-Agent.
        now: The present moment.
    """
    reader = hashlib.blake2b(
        f"{address}\n{agent}".encode(), key=_salt(session, now), digest_size=16
    ).digest()
    begin_write(session)
    edition = select(Edition.id, literal(reader), literal(now, SeenBy.counted_at.type)).where(
        Edition.language == language.tag, Edition.slug == slug, Edition.is_public(now)
    )
    seen = session.execute(
        upsert(session, SeenBy)
        .from_select(["edition_id", "reader", "counted_at"], edition)
        .on_conflict_do_update(
            index_elements=["edition_id", "reader"],
            set_={"counted_at": now},
            where=SeenBy.counted_at <= now - COUNTS_AGAIN_AFTER,
        )
        .returning(SeenBy.edition_id, VIEWS_BEFORE)
    ).first()
    if seen is None:
        session.commit()
        return load_views(session, language, slug, now)
    edition_id, before = seen
    hour = now.replace(minute=0, second=0, microsecond=0)
    session.execute(
        upsert(session, View)
        .values(edition_id=edition_id, hour=hour, count=1)
        .on_conflict_do_update(
            index_elements=["edition_id", "hour"], set_={"count": View.count + 1}
        )
    )
    session.commit()
    return int(before) + 1


def load_views(session: Session, language: Language, slug: str, now: datetime) -> int | None:
    """Return all readings of a public edition, or None; one SELECT."""
    return session.scalar(
        select(total_views()).where(
            Edition.language == language.tag, Edition.slug == slug, Edition.is_public(now)
        )
    )


def _salt(session: Session, now: datetime) -> bytes:
    today = now.astimezone(UTC).date()
    if today not in salts:
        begin_write(session)
        session.execute(
            upsert(session, DaySalt)
            .values(day=today, salt=secrets.token_bytes(16))
            .on_conflict_do_nothing()
        )
        session.execute(delete(DaySalt).where(DaySalt.day < today))
        session.execute(delete(SeenBy).where(SeenBy.counted_at <= now - COUNTS_AGAIN_AFTER))
        salt = session.scalars(select(DaySalt.salt).where(DaySalt.day == today)).one()
        session.commit()
        salts.clear()
        salts[today] = salt
    return salts[today]
