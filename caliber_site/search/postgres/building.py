"""Building: the index is made anew beside the old one and swapped in, all in one transaction.

Whatever ends it early leaves the old one as it was, and nothing else.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Table, func, literal, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable, SetTableComment

from caliber_site.database import Lock, is_busy
from caliber_site.languages import BY_TAG
from caliber_site.models.index import INDEX, search_document, search_lemma, search_word
from caliber_site.search.postgres.counts import Counts
from caliber_site.search.postgres.entries import make_entries
from caliber_site.search.postgres.following import repair, take_lock, wait_at_most
from caliber_site.search.postgres.state import begin_state, has_table
from caliber_site.search.queries import last_change, list_published, load_documents

Progress = Callable[[int, int], None]

SWAP_WAIT = 0.1
"""Seconds that searches wait behind the swap, which waits for those that read the old index."""


def build(writer: Session, progress: Progress, wait: float) -> int:
    """Make the index and return of how many editions; hold `REBUILD`.

    Args:
        writer: Its transaction is to be committed.
        progress: Is told as editions are done how many are, and of how many.
        wait: Seconds to wait for another transaction that brings the old index up to date, and
            for those that read it.

    Raises:
        TimeoutError: It took longer.
    """
    number = last_change(writer)
    editions = {tag: list(list_published(writer, tag)) for tag in BY_TAG}
    total, done = sum(map(len, editions.values())), count(1)
    where = text("SELECT current_schema(), current_setting('search_path')")
    schema, path = writer.execute(where).one()
    _create(writer, path)
    for tag, ids in editions.items():
        _fill(writer, tag, ids, lambda: progress(next(done), total))
    for table in INDEX.sorted_tables:
        for index in table.indexes:
            writer.execute(CreateIndex(index))
        writer.execute(text(f"ANALYZE {table.name}"))
    begin_state(writer, number)
    # Updates went on in the old index meanwhile; now they wait for the swap.
    take_lock(writer, Lock.INDEX, wait)
    repair(writer)
    _swap(writer, schema, path, wait)
    return total


def _create(writer: Session, path: str) -> None:
    # From here on the names of the tables mean these.
    writer.execute(text("CREATE SCHEMA search_next"))
    _look_in(writer, f"search_next, {path}")
    for table in INDEX.sorted_tables:
        writer.execute(CreateTable(table))
        writer.execute(SetTableComment(table))


def _fill(writer: Session, tag: str, ids: Sequence[int], step: Callable[[], None]) -> None:
    counts = Counts()

    def rows(reader: Session) -> Iterable[tuple[Any, ...]]:
        for entry in make_entries(load_documents(reader, tag, ids), tag, len(ids)):
            counts.count(entry.lemmas, entry.words, 1)
            yield entry.row
            step()

    with Session(writer.get_bind()) as reader:  # while it copies a connection can do nothing else
        _copy(writer, search_document, rows(reader))
    for table, found in ((search_lemma, counts.lemmas), (search_word, counts.words)):
        # In order, so that the words with a beginning are read from few pages.
        _copy(writer, table, ((tag, *pair) for pair in sorted(found.items())))


def _copy(writer: Session, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    connection: Any = writer.connection().connection.driver_connection
    with connection.cursor() as cursor, cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _swap(writer: Session, schema: str, path: str, wait: float) -> None:
    _look_in(writer, path)
    _keep_out_readers(writer, wait)
    for table in INDEX.sorted_tables:
        writer.execute(text(f'DROP TABLE IF EXISTS "{schema}".{table.name}'))
        writer.execute(text(f'ALTER TABLE search_next.{table.name} SET SCHEMA "{schema}"'))
    writer.execute(text("DROP SCHEMA search_next"))


def _keep_out_readers(writer: Session, wait: float) -> None:
    """Lock the old index until the commit.

    Whoever wants to read it waits behind this while this waits for a long reader, such as a backup.
    So it waits but a moment, and tries again.

    Raises:
        TimeoutError: Somebody read it all the time.
    """
    tables = [table.name for table in INDEX.sorted_tables if has_table(writer, table)]
    deadline = time.monotonic() + wait
    while tables:
        try:
            with writer.begin_nested():
                wait_at_most(writer, SWAP_WAIT)
                writer.execute(text(f"LOCK TABLE {', '.join(tables)}"))
        except OperationalError as error:
            if not is_busy(error):
                raise
            if time.monotonic() > deadline:
                message = "the old search index is being read"
                raise TimeoutError(message) from error
            time.sleep(SWAP_WAIT)
        else:
            return


def _look_in(writer: Session, path: str) -> None:
    writer.execute(select(func.set_config("search_path", path, literal(value=True))))
