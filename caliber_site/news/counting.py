"""Views: one reader, one edition, half an hour counts once; nobody is remembered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from caliber_site.database import begin_write, upsert
from caliber_site.languages import Language
from caliber_site.models import Edition, SeenBy, View
from caliber_site.news.article import total_views
from caliber_site.readers import COUNTS_AGAIN_AFTER, reader_hash


class Reading(NamedTuple):
    """That a reader opened an edition.

    Attributes:
        language: Language of the address.
        slug: The edition's slug.
        address: The reader's network address.
        agent: The reader's User-Agent.
    """

    language: Language
    slug: str
    address: str
    agent: str


class _Found(NamedTuple):
    """A public edition and how often it was read before."""

    id: int
    views: int


def count_views(session: Session, readings: Sequence[Reading], now: datetime) -> list[int | None]:
    """Count readings and return for each all readings of its edition; None if it is not public.

    At most three statements, however many readings, in one transaction that is committed before
    the answer: a killed process loses no acknowledged view.

    Args:
        session: The session.
        readings: What was opened, and by whom.
        now: The present moment.

    Raises:
        sqlalchemy.exc.OperationalError: The database was locked for too long, or is away; nothing
            was counted.
    """
    readers = [reader_hash(session, x.address, x.agent, now) for x in readings]
    begin_write(session)
    keys = [(reading.language.tag, reading.slug) for reading in readings]
    editions = _find_editions(session, set(keys), now)
    asked = zip(keys, readers, strict=True)
    seen = {(editions[key].id, reader) for key, reader in asked if key in editions}
    added = Counter(_see(session, seen, now))
    _add(session, added, now)
    session.commit()
    found = (editions.get(key) for key in keys)
    return [edition and edition.views + added[edition.id] for edition in found]


def load_views(session: Session, language: Language, slug: str, now: datetime) -> int | None:
    """Return all readings of a public edition, or None; one SELECT."""
    key = language.tag, slug
    found = _find_editions(session, [key], now)
    return found[key].views if found else None


def _find_editions(
    session: Session, keys: Iterable[tuple[str, str]], now: datetime
) -> dict[tuple[str, str], _Found]:
    """Return public editions by language tag and slug."""
    address = Edition.language, Edition.slug
    found = select(*address, Edition.id, total_views()).where(
        tuple_(*address).in_(list(keys)), Edition.is_public(now)
    )
    return {(tag, slug): _Found(*rest) for tag, slug, *rest in session.execute(found)}


def _see(session: Session, seen: set[tuple[int, bytes]], now: datetime) -> list[int]:
    """Note who reads what; return the edition's id for each who had not just read it."""
    if not seen:
        return []
    insert = upsert(session, SeenBy)
    statement = insert.on_conflict_do_update(
        index_elements=["edition_id", "reader"],
        set_={"counted_at": insert.excluded.counted_at},
        where=SeenBy.counted_at <= now - COUNTS_AGAIN_AFTER,
    ).returning(SeenBy.edition_id)
    # All lock rows in one order, so that batches of several processes wait in no circle.
    rows = [
        {"edition_id": edition_id, "reader": reader, "counted_at": now}
        for edition_id, reader in sorted(seen)
    ]
    return list(session.connection().execute(statement, rows).scalars())


def _add(session: Session, added: Counter[int], now: datetime) -> None:
    """Add to the readings of this hour, by edition."""
    if not added:
        return
    hour = now.replace(minute=0, second=0, microsecond=0)
    insert = upsert(session, View)
    statement = insert.on_conflict_do_update(
        index_elements=["edition_id", "hour"],
        set_={"count": View.count + insert.excluded.count},
    )
    rows = [
        {"edition_id": edition_id, "hour": hour, "count": count}
        for edition_id, count in sorted(added.items())
    ]
    session.connection().execute(statement, rows)
