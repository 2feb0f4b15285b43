"""People who sign in at the desk."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, String
from sqlalchemy.orm import Mapped, mapped_column

from caliber_site.models.base import Base, now


class Role(StrEnum):
    """What an editor may do: own drafts; all editions; also editors and sections."""

    AUTHOR = "author"
    EDITOR = "editor"
    CHIEF = "chief"


class Editor(Base):
    """A person with a password.

    Attributes:
        password: Argon2 hash.
        session_key: Random; part of each session, renewed to sign out everywhere.
        language: Tag of the language of this editor's desk.
        active: An editor who has left cannot sign in, but keeps the revisions.
    """

    __tablename__ = "editor"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    password: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(
        Enum(Role, native_enum=False, length=16, values_callable=lambda e: [r.value for r in e])
    )
    language: Mapped[str] = mapped_column(String(8), default="en")
    session_key: Mapped[str] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
