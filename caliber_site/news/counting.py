"""Views: one reader, one edition, half an hour counts once; nobody is remembered."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, Row, bindparam, literal_column, select
from sqlalchemy.orm import Session

from caliber_site.database import begin_write, upsert
from caliber_site.languages import Language
from caliber_site.models import Edition, SeenBy, View
from caliber_site.news.article import total_views
from caliber_site.readers import COUNTS_AGAIN_AFTER, reader_hash

NOW = bindparam("now", type_=View.hour.type)

# What is public is a column, not a condition: SQLite would read all that is published.
SELECT_EDITIONS = select(
    Edition.id,
    Edition.slug,
    Edition.is_public(NOW).label("is_public"),
    total_views().label("views"),
).where(Edition.language == bindparam("tag"), Edition.slug.in_(bindparam("slugs", expanding=True)))


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


def count_views(session: Session, readings: Sequence[Reading], now: datetime) -> list[int | None]:
    """Count readings and return for each all readings of its edition; None if it is not public.

    Two statements and one for each language, however many readings, in one transaction that is
    committed before the answer: a killed process loses no acknowledged view.

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
    editions = _find_editions(session, readings, now)
    found = [editions.get((reading.language, reading.slug)) for reading in readings]
    seen = {(edition.id, reader) for edition, reader in zip(found, readers, strict=True) if edition}
    added = Counter(_note_readers(session, seen, now))
    _add(session, added, now)
    session.commit()
    return [edition and edition.views + added[edition.id] for edition in found]


def load_views(session: Session, language: Language, slug: str, now: datetime) -> int | None:
    """Return all readings of a public edition, or None; one SELECT."""
    found = session.execute(SELECT_EDITIONS, {"tag": language.tag, "slugs": [slug], "now": now})
    return next((edition.views for edition in found if edition.is_public), None)


def _find_editions(
    session: Session, readings: Sequence[Reading], now: datetime
) -> dict[tuple[Language, str], Row[Any]]:
    """Return the public editions by language and slug; one SELECT for each language."""
    editions = {}
    for language in {reading.language for reading in readings}:
        slugs = list({reading.slug for reading in readings if reading.language == language})
        values = {"tag": language.tag, "slugs": slugs, "now": now}
        for edition in session.execute(SELECT_EDITIONS, values):
            if edition.is_public:
                editions[language, edition.slug] = edition
    return editions


def _note_readers(session: Session, seen: set[tuple[int, bytes]], now: datetime) -> list[int]:
    """Note who reads what; return the edition's id for each who had not just read it."""
    if not seen:
        return []
    statement = (
        upsert(session, SeenBy)
        .on_conflict_do_update(
            index_elements=["edition_id", "reader"],
            set_={"counted_at": now},
            where=SeenBy.counted_at <= now - COUNTS_AGAIN_AFTER,
        )
        .returning(SeenBy.edition_id)
    )
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
    statement = upsert(session, View).on_conflict_do_update(
        index_elements=["edition_id", "hour"],
        set_={"count": View.count + literal_column("excluded.count", Integer)},
    )
    rows = [
        {"edition_id": edition_id, "hour": hour, "count": count}
        for edition_id, count in sorted(added.items())
    ]
    session.connection().execute(statement, rows)
