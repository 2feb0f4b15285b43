"""Following: the index is brought up to date with the editions, by one transaction at a time."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import delete, func, insert, literal, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningDelete

from caliber_site.database import Lock, is_busy
from caliber_site.languages import BY_TAG
from caliber_site.models.index import search_document
from caliber_site.search.difference import Difference, list_differences
from caliber_site.search.postgres.counts import Counts, add_counts
from caliber_site.search.postgres.state import note_synced
from caliber_site.search.postgres.vectors import make_entry
from caliber_site.search.queries import (
    BATCH,
    count_published,
    last_change,
    list_changed,
    list_published,
    load_documents,
)


@contextmanager
def locked(session: Session, lock: Lock, seconds: float) -> Iterator[Session]:
    """Hold a lock in a transaction of another session, which is committed at the end.

    Args:
        session: Knows the database; its own transaction is left alone.
        lock: Which one.
        seconds: How long to wait for it.

    Raises:
        TimeoutError: Another transaction holds it for longer than that.
    """
    with Session(session.get_bind()) as writer:
        take_lock(writer, lock, seconds)
        yield writer
        writer.commit()


def take_lock(writer: Session, lock: Lock, seconds: float) -> None:
    """Take a lock for the rest of a transaction, which may then last.

    Args:
        writer: The transaction.
        lock: Which one.
        seconds: How long to wait for it.

    Raises:
        TimeoutError: Another transaction holds it for longer than that.
    """
    writer.execute(select(func.set_config("statement_timeout", "0", literal(value=True))))
    wait_at_most(writer, seconds)
    try:
        writer.execute(select(func.pg_advisory_xact_lock(lock)))
    except OperationalError as error:
        if not is_busy(error):
            raise
        message = "the search index is being written"
        raise TimeoutError(message) from error


def wait_at_most(writer: Session, seconds: float) -> None:
    """Let no statement of a transaction wait longer for a lock from here on."""
    most = str(round(seconds * 1000))
    writer.execute(select(func.set_config("lock_timeout", most, literal(value=True))))


def follow(writer: Session, edition_ids: Collection[int], synced: int) -> None:
    """Bring some editions up to date, and all that changed since the index was; hold `INDEX`."""
    # Read before the editions: what changes in between is indexed again the next time.
    number = last_change(writer)
    for tag in BY_TAG:
        replace(writer, tag, set(edition_ids) | list_changed(writer, tag, synced))
    # A lower number is that of another database, such as a copy: all is to be compared then.
    note_synced(writer, max(number, synced))


def repair(writer: Session) -> int:
    """Bring every edition up to date that is not; return how many they were; hold `INDEX`."""
    number = last_change(writer)
    repaired = 0
    for tag in BY_TAG:
        ids = {difference.edition_id for difference in compare(writer, tag)}
        replace(writer, tag, {edition_id for edition_id in ids if edition_id is not None})
        repaired += len(ids)
    note_synced(writer, number)
    return repaired


def is_complete(reader: Session, synced: int) -> bool:
    """Return whether an index has all that was written, as far as numbers tell.

    Args:
        reader: Knows the database.
        synced: The change number up to which the index knows every change.
    """
    # A lower number than the index has seen is that of another database, such as a copy.
    known = last_change(reader) >= synced
    return known and not any(_is_behind(reader, tag, synced) for tag in BY_TAG)


def replace(writer: Session, tag: str, edition_ids: Collection[int]) -> None:
    """Take editions of a language out of the index, and put in those that are published."""
    counts = Counts()
    ids = sorted(edition_ids)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        entries = [make_entry(document, tag) for document in load_documents(writer, tag, batch)]
        for row in writer.execute(_take_out(tag, batch)):
            counts.count(row.lexemes, row.forms.split(), -1)
        for entry in entries:
            counts.count(entry.lemmas, entry.words, 1)
        if entries:
            writer.execute(insert(search_document), [entry.row._asdict() for entry in entries])
    add_counts(writer, tag, counts)


def compare(reader: Session, tag: str) -> list[Difference]:
    """Return where the index differs from the database."""
    table = search_document
    rows = reader.execute(select(table.c.edition_id, table.c.change).where(table.c.language == tag))
    indexed = {row.edition_id: row.change for row in rows}
    return list_differences(tag, indexed, list_published(reader, tag))


def _is_behind(reader: Session, tag: str, synced: int) -> bool:
    # First what the index has: what is written meanwhile is then taken for a difference.
    count = select(func.count()).select_from(search_document)
    indexed = reader.scalar(count.where(search_document.c.language == tag))
    published = count_published(reader, tag)
    return indexed != published or bool(list_changed(reader, tag, synced))


def _take_out(tag: str, batch: list[int]) -> ReturningDelete[Any]:
    table = search_document
    gone = delete(table).where(table.c.edition_id.in_(batch), table.c.language == tag)
    return gone.returning(func.tsvector_to_array(table.c.words).label("lexemes"), table.c.forms)
