"""Views: one reader, one edition, half an hour counts once; nobody is remembered."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Engine, select
from sqlalchemy.orm import Session

from caliber_site.database import is_postgresql, writing
from caliber_site.languages import Language
from caliber_site.models import Edition, Status, View
from caliber_site.news.article import total_views
from caliber_site.readers import COUNTS_AGAIN_AFTER, reader_hash

# Who changes what counts as public, in `Edition.is_public`, changes it here too.
FIND_EDITIONS = """
WITH asked (language, slug) AS (VALUES {rows})
SELECT edition.language, edition.slug, edition.id, coalesce(this_hour.count, 0) AS this_hour,
  edition.imported_views - coalesce(this_hour.count, 0)
    + (SELECT coalesce(sum(count), 0) FROM "view" WHERE edition_id = edition.id) AS before
FROM asked
  JOIN edition ON edition.language = asked.language AND edition.slug = asked.slug
  LEFT JOIN "view" AS this_hour
    ON this_hour.edition_id = edition.id AND this_hour.hour = {value}
WHERE edition.status = {value} AND edition.published_at <= {value}
"""
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


def count_views(engine: Engine, readings: Sequence[Reading], now: datetime) -> list[int | None]:
    """Count readings and return for each all readings of its edition; None if it is not public.

    At most three statements, however many readings, in a transaction of its own that is committed
    before the answer: a killed process loses no acknowledged view. (The first of a day begins the
    day, in one more.)

    Args:
        engine: Of the database.
        readings: What was opened, and by whom.
        now: The present moment.

    Raises:
        sqlalchemy.exc.OperationalError: The database was locked for too long, or is away; nothing
            was counted.
    """
    with Session(engine) as session:
        readers = [reader_hash(session, x.address, x.agent, now) for x in readings]
    with writing(engine) as connection:
        editions = _find_editions(connection, readings, now)
        found = [editions.get((reading.language.tag, reading.slug)) for reading in readings]
        seen = {
            (edition.id, reader) for edition, reader in zip(found, readers, strict=True) if edition
        }
        added = Counter(_note_readers(connection, seen, now))
        this_hour = _add(connection, added, now)
    # The hours before stay as they were found, and this one is told by what was written last.
    return [
        edition and edition.before + this_hour.get(edition.id, edition.this_hour)
        for edition in found
    ]


def load_views(session: Session, language: Language, slug: str, now: datetime) -> int | None:
    """Return all readings of a public edition, or None; one SELECT."""
    views = select(total_views()).where(
        Edition.language == language.tag, Edition.slug == slug, Edition.is_public(now)
    )
    return session.scalar(views)


def _find_editions(
    connection: Connection, readings: Sequence[Reading], now: datetime
) -> dict[tuple[str, str], Any]:
    """Return the public ones of the editions that were read, by language tag and slug."""
    rows = list({(reading.language.tag, reading.slug) for reading in readings})
    at, hour = (_as_stored(connection, moment) for moment in (now, _hour_of(now)))
    found = _execute(connection, FIND_EDITIONS, rows, hour, Status.PUBLISHED.value, at)
    return {(edition.language, edition.slug): edition for edition in found}


def _note_readers(connection: Connection, seen: set[tuple[int, bytes]], now: datetime) -> list[int]:
    """Note who reads what; return the edition's id for each who had not just read it."""
    at, again = (_as_stored(connection, moment) for moment in (now, now - COUNTS_AGAIN_AFTER))
    # All lock rows in one order, so that batches of several processes wait in no circle.
    rows = [(edition_id, reader, at) for edition_id, reader in sorted(seen)]
    return [edition_id for (edition_id,) in _execute(connection, NOTE_READERS, rows, again)]


def _add(connection: Connection, added: Counter[int], now: datetime) -> dict[int, int]:
    """Add to the readings of this hour, and return what they are now; both by edition."""
    hour = _as_stored(connection, _hour_of(now))
    rows = [(edition_id, hour, count) for edition_id, count in sorted(added.items())]
    return dict(_execute(connection, ADD, rows))


def _execute(
    connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]], *values: object
) -> Iterable[Any]:
    """Return what one statement gives for all rows, past SQLAlchemy's own work, which takes longer.

    Args:
        connection: To the database.
        statement: Names where its `rows` and, behind them, each `value` go.
        rows: The rows; without any there is nothing to do.
        values: The values, in their order.
    """
    if not rows:
        return []
    mark = "%s" if is_postgresql(connection) else "?"
    row = f"({', '.join([mark] * len(rows[0]))})"
    text = statement.format(rows=", ".join([row] * len(rows)), value=mark)
    return connection.exec_driver_sql(text, (*chain.from_iterable(rows), *values)).all()


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
