"""Views: one reader, one edition, half an hour counts once; nobody is remembered."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Engine, select
from sqlalchemy.orm import Session

from caliber_site.database import Transaction, is_postgresql, writing
from caliber_site.languages import Language
from caliber_site.models import Edition, Status, View
from caliber_site.news.article import total_views
from caliber_site.readers import COUNTS_AGAIN_AFTER, begin_day, hash_under, known_salt

# Who changes what counts as public, in `Edition.is_public`, changes it here too.
FIND_EDITIONS = """
WITH asked (language, slug) AS (VALUES {rows})
SELECT edition.language, edition.slug, edition.id,
  edition.imported_views
    + (SELECT coalesce(sum(count), 0) FROM "view" WHERE edition_id = edition.id)
FROM asked
  JOIN edition ON edition.language = asked.language AND edition.slug = asked.slug
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


class Found(NamedTuple):
    """A public edition and how often it was read before."""

    id: int
    views: int


def count_views(engine: Engine, readings: Sequence[Reading], now: datetime) -> list[int | None]:
    """Count readings and return for each all readings of its edition; None if it is not public.

    On PostgreSQL others may have counted at the same time; of these, their own answers tell.

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
    salt = known_salt(now) or _make_salt(engine, now)
    readers = [hash_under(salt, reading.address, reading.agent) for reading in readings]
    with writing(engine) as transaction:
        editions = _find_editions(transaction, readings, now)
        found = [editions.get((reading.language.tag, reading.slug)) for reading in readings]
        seen = {
            (edition.id, reader) for edition, reader in zip(found, readers, strict=True) if edition
        }
        added = Counter(_note_readers(transaction, seen, now))
        _add(transaction, added, now)
    return [edition and edition.views + added[edition.id] for edition in found]


def load_views(session: Session, language: Language, slug: str, now: datetime) -> int | None:
    """Return all readings of a public edition, or None; one SELECT."""
    views = select(total_views()).where(
        Edition.language == language.tag, Edition.slug == slug, Edition.is_public(now)
    )
    return session.scalar(views)


def _make_salt(engine: Engine, now: datetime) -> bytes:
    with Session(engine) as session:
        return begin_day(session, now)


def _find_editions(
    transaction: Transaction, readings: Sequence[Reading], now: datetime
) -> dict[tuple[str, str], Found]:
    """Return the public ones of the editions that were read, by language tag and slug."""
    rows = list({(reading.language.tag, reading.slug) for reading in readings})
    at = _as_stored(transaction, now)
    found = _execute(transaction, FIND_EDITIONS, rows, Status.PUBLISHED.value, at)
    return {(language, slug): Found(id_, views) for language, slug, id_, views in found}


def _note_readers(
    transaction: Transaction, seen: set[tuple[int, bytes]], now: datetime
) -> list[int]:
    """Note who reads what; return the edition's id for each who had not just read it."""
    at, again = (_as_stored(transaction, moment) for moment in (now, now - COUNTS_AGAIN_AFTER))
    # All lock rows in one order, so that batches of several processes wait in no circle.
    rows = [(edition_id, reader, at) for edition_id, reader in sorted(seen)]
    return [edition_id for (edition_id,) in _execute(transaction, NOTE_READERS, rows, again)]


def _add(transaction: Transaction, added: Counter[int], now: datetime) -> None:
    """Add to the readings of this hour, by edition."""
    hour = _as_stored(transaction, _hour_of(now))
    rows = [(edition_id, hour, count) for edition_id, count in sorted(added.items())]
    _execute(transaction, ADD, rows)


def _execute(
    transaction: Transaction, statement: str, rows: Sequence[tuple[Any, ...]], *values: object
) -> Sequence[tuple[Any, ...]]:
    """Return what one statement gives for all rows.

    Args:
        transaction: Where it is executed.
        statement: Names where its `rows` and, behind them, each `value` go.
        rows: The rows; without any there is nothing to do.
        values: The values, in their order.
    """
    if not rows:
        return []
    mark = "%s" if is_postgresql(transaction) else "?"
    row = f"({', '.join([mark] * len(rows[0]))})"
    text = statement.format(rows=", ".join([row] * len(rows)), value=mark)
    return transaction.execute(text, (*chain.from_iterable(rows), *values))


def _as_stored(transaction: Transaction, at: datetime) -> object:
    """Return a moment as the driver of a transaction's database takes it."""
    process = _processor(transaction.dialect)
    return process(at) if process else at


@lru_cache(maxsize=2)
def _processor(dialect: Dialect) -> Callable[[datetime], object] | None:
    process: Callable[[datetime], object] | None
    process = View.hour.type.dialect_impl(dialect).bind_processor(dialect)
    return process


def _hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
