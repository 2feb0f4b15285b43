"""The state of the index: how it was made, and how far it follows the database."""

from sqlalchemy import (
    Connection,
    String,
    Table,
    and_,
    cast,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session

from caliber_site.models.index import INDEX, search_state

FORMAT = 1
"""Raised when analysis or tables change: an index of another format counts as missing."""


def read_synced(connection: Connection | Session) -> int | None:
    """Return the change number up to which the index knows every change; None without an index."""
    synced = select(search_state.c.synced).where(search_state.c.format == FORMAT)
    return connection.execute(synced).scalar()


def read_stamp(connection: Connection) -> str | None:
    """Return what is another after each change of the index; None without an index."""
    # A deletion changes the index too, but gives out no number. Each row tells who wrote it.
    stamp = select(cast(literal_column("xmin"), String)).select_from(search_state)
    return connection.execute(stamp.where(search_state.c.format == FORMAT)).scalar()


def is_whole(reader: Session) -> bool:
    """Return whether the index has all its tables."""
    there = (func.to_regclass(table.name).is_not(None) for table in INDEX.sorted_tables)
    return reader.execute(select(and_(*there))).scalar_one()


def has_table(reader: Session, table: Table) -> bool:
    """Return whether there is a table of the index."""
    return reader.scalar(select(func.to_regclass(table.name))) is not None


def begin_state(writer: Session, synced: int) -> None:
    """Note that there is an index, and the change number up to which it knows every change."""
    writer.execute(insert(search_state).values(format=FORMAT, synced=synced))


def note_synced(writer: Session, synced: int) -> None:
    """Note the change number up to which the index knows every change."""
    writer.execute(update(search_state).values(synced=synced))
