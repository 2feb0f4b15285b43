"""What every model shares: the declarative base and times in UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC without a zone in the database, so that it sorts.

    SQLite has it as text, the way SQLAlchemy writes it.
    """

    impl = DateTime
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """Return what writes a time as it is stored, in one step."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)

        def to_text(value: datetime | None) -> str | None:
            naive = self.process_bind_param(value, dialect)
            return naive.isoformat(" ", "microseconds") if naive else None

        return to_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Return what reads a stored time; pages read dozens, each in one step."""
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)

        def from_text(text: str | None) -> datetime | None:
            return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)

        return from_text

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC; a naive one is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without a zone cannot be stored"
            raise ValueError(message)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the stored time its zone back."""
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """The base of all models; its metadata names every constraint, so that migrations can."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcTime()}  # noqa: RUF012


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)
