"""Counted readings of editions."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from caliber_site.models.base import Base


class View(Base):
    """How often an edition was read in one hour (`hour` is the hour's start)."""

    __tablename__ = "view"
    __table_args__ = (
        Index(None, "hour", "edition_id", "count"),
        Index(None, "edition_id", "count"),
    )

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True
    )
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class SeenBy(Base):
    """That a reader, known only by a hash under the day's salt, had an edition counted."""

    __tablename__ = "seen_by"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True
    )
    reader: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    counted_at: Mapped[datetime]


class DaySalt(Base):
    """The salt of one day's reader hashes; it is deleted when its day is over."""

    __tablename__ = "day_salt"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
