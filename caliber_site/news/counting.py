"""Views: one reader, one edition, half an hour counts once; nobody is remembered."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, and_, bindparam, func, select
from sqlalchemy.orm import Session

from caliber_site.database import begin_write, is_postgresql
from caliber_site.languages import Language
from caliber_site.models import NOW, Edition, View
from caliber_site.news.article import total_views
from caliber_site.readers import COUNTS_AGAIN_AFTER, reader_hash

HOUR = bindparam("hour", type_=View.hour.type)

# What is public is a column, not a condition: SQLite would read all that is published.
SELECT_EDITIONS = (
    select(
        Edition.id,
        Edition.slug,
        Edition.is_public(NOW).label("is_public"),
        total_views().label("views"),
        func.coalesce(View.count, 0).label("this_hour"),
    )
    .outerjoin(View, and_(View.edition_id == Edition.id, View.hour == HOUR))
    .where(
        Edition.language == bindparam("tag"), Edition.slug.in_(bindparam("slugs", expanding=True))
    )
)

NOTE_READERS = """
INSERT INTO seen_by (edition_id, reader, counted_at) VALUES {rows}
ON CONFLICT (edition_id, reader) DO UPDATE SET counted_at = excluded.counted_at
WHERE seen_by.counted_at <= {value} RETURNING edition_id
"""
ADD = """
INSERT INTO "view" (edition_id, hour, count) VALUES {rows}
ON CONFLICT (edition_id, hour) DO UPDATE SET count = "view".count + excluded.count
RETURNING edition_id, count
"""


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
    connection = session.connection()
    editions = _find_editions(connection, readings, now)
    found = [editions.get((reading.language, reading.slug)) for reading in readings]
    seen = {(edition.id, reader) for edition, reader in zip(found, readers, strict=True) if edition}
    added = Counter(_note_readers(connection, seen, now))
    this_hour = _add(connection, added, now)
    session.commit()
    # The hours before stay as they were found, and this one is told by what was written last.
    return [
        edition and edition.views - edition.this_hour + this_hour.get(edition.id, edition.this_hour)
        for edition in found
    ]


def load_views(session: Session, language: Language, slug: str, now: datetime) -> int | None:
    """Return all readings of a public edition, or None; one SELECT."""
    found = _select(session.connection(), language, [slug], now)
    return next((edition.views for edition in found), None)


def _select(
    connection: Connection, language: Language, slugs: Sequence[str], now: datetime
) -> list[Any]:
    """Return the public ones of a language's editions; one SELECT."""
    values = {"tag": language.tag, "slugs": slugs, "now": now, "hour": _hour_of(now)}
    found = connection.execute(SELECT_EDITIONS, values)
    return [edition for edition in found if edition.is_public]


def _find_editions(
    connection: Connection, readings: Sequence[Reading], now: datetime
) -> dict[tuple[Language, str], Any]:
    """Return the public editions by language and slug; one SELECT for each language."""
    editions = {}
    for language in {reading.language for reading in readings}:
        slugs = list({reading.slug for reading in readings if reading.language == language})
        for edition in _select(connection, language, slugs, now):
            editions[language, edition.slug] = edition
    return editions


def _note_readers(connection: Connection, seen: set[tuple[int, bytes]], now: datetime) -> list[int]:
    """Note who reads what; return the edition's id for each who had not just read it."""
    at, again = (_as_stored(connection, moment) for moment in (now, now - COUNTS_AGAIN_AFTER))
    # All lock rows in one order, so that batches of several processes wait in no circle.
    rows = [(edition_id, reader, at) for edition_id, reader in sorted(seen)]
    return [edition_id for (edition_id,) in _upsert(connection, NOTE_READERS, rows, again)]


def _add(connection: Connection, added: Counter[int], now: datetime) -> dict[int, int]:
    """Add to the readings of this hour, and return what they are now; both by edition."""
    hour = _as_stored(connection, _hour_of(now))
    rows = [(edition_id, hour, count) for edition_id, count in sorted(added.items())]
    return dict(_upsert(connection, ADD, rows))


def _upsert(
    connection: Connection, statement: str, rows: list[tuple[Any, ...]], *more: object
) -> Iterable[Any]:
    """Send one statement for all rows, past SQLAlchemy, which takes four times as long."""
    if not rows:
        return []
    mark = "%s" if is_postgresql(connection) else "?"
    row = f"({', '.join([mark] * len(rows[0]))})"
    text = statement.format(rows=", ".join([row] * len(rows)), value=mark)
    values = (*chain.from_iterable(rows), *more)
    return connection.exec_driver_sql(text, values).all()


def _as_stored(connection: Connection, at: datetime) -> object:
    """Return a moment as the driver of a connection's database takes it."""
    process = _processor(connection.dialect)
    return process(at) if process else at


@lru_cache(maxsize=2)
def _processor(dialect: Dialect) -> Callable[[datetime], object] | None:
    process: Callable[[datetime], object] | None
    process = View.hour.type.dialect_impl(dialect).bind_processor(dialect)
    return process


def _hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
