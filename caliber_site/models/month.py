"""Published editions by month, so that a page far down a list is found without counting them."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from caliber_site.models.base import Base


class MonthCount(Base):
    """How many published editions, scheduled ones too, a section has of a month in UTC.

    Triggers of the database keep it, whoever writes (migration 0007), but with SQLite's REPLACE,
    which they are not told of. Those who change editions take turns anyway (`Lock.WRITE`).

    Attributes:
        month: As `2026-11`.
    """

    __tablename__ = "month_count"

    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    section_id: Mapped[int] = mapped_column(
        ForeignKey("section.id", ondelete="CASCADE"), primary_key=True
    )
    count: Mapped[int] = mapped_column()
