"""What readers looked for: texts of queries, and how many different readers asked each."""

from datetime import date

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from caliber_site.models.base import Base

LEAST_READERS = 5
"""A query that fewer different readers asked on one day is shown to nobody, and not kept."""

LONGEST_ASKED = 80
"""Characters of the longest query that is counted."""


class AskedQuery(Base):
    """That a reader, known only by a hash under the day's salt, asked a query on this day."""

    __tablename__ = "asked_query"

    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(LONGEST_ASKED), primary_key=True)
    reader: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)


class QueryCount(Base):
    """How many different readers asked a query on a day that is over: `LEAST_READERS` or more.

    Readers of two days cannot be told apart, so only those of one day are counted together.
    """

    __tablename__ = "query_count"
    __table_args__ = (Index(None, "day"),)

    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(LONGEST_ASKED), primary_key=True)
    readers: Mapped[int] = mapped_column()
