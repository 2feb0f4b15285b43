"""Attempts that are limited, such as those to sign in."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from caliber_site.models.base import Base


class Attempt(Base):
    """How often something was tried of late.

    Attributes:
        key: A hash of who tried what.
        count: How often, since the first time.
        ends_at: When it is forgotten.
    """

    __tablename__ = "attempt"

    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    count: Mapped[int] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column(index=True)
