"""A story in one language."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    ColumnElement,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    and_,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caliber_site.models.author import Author
from caliber_site.models.base import Base, now
from caliber_site.models.tag import Tag, edition_tag

if TYPE_CHECKING:
    from caliber_site.models.article import Article


class Status(StrEnum):
    """Where an edition stands; a published one is scheduled until its time has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Edition(Base):
    """An article in one language: its text, address, state and time.

    Attributes:
        body: Clean HTML, as `text.clean_html` makes it.
        version: Grows with each save; a form that was opened at another one is out of date.
        change: The site-wide change number of its last change (see `models.change`), which
            tells the search index how far behind it is.
        imported_views: Readings counted elsewhere before the edition came here.
    """

    __tablename__ = "edition"
    __table_args__ = (
        ForeignKeyConstraint(
            ["article_id", "section_id"],
            ["article.id", "article.section_id"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        Index(None, "article_id", "language", unique=True),
        Index(None, "language", "slug", unique=True),
        Index(None, "language", "status", "published_at", "id"),
        Index(None, "language", "section_id", "status", "published_at", "id"),
        Index(None, "author_id", "language", "status", "published_at", "id"),
        Index(None, "change"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column()
    section_id: Mapped[int] = mapped_column()
    language: Mapped[str] = mapped_column(String(8))
    slug: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(String(300))
    lead: Mapped[str] = mapped_column(String(1000), default="")
    body: Mapped[str] = mapped_column(Text, default="", deferred=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))
    status: Mapped[Status] = mapped_column(
        Enum(Status, native_enum=False, length=16, values_callable=lambda e: [s.value for s in e]),
        default=Status.DRAFT,
    )
    published_at: Mapped[datetime | None] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=0)
    change: Mapped[int] = mapped_column(default=0)
    imported_views: Mapped[int] = mapped_column(default=0)

    article: Mapped["Article"] = relationship(back_populates="editions")
    author: Mapped[Author | None] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary=edition_tag, order_by=Tag.id)

    @classmethod
    def is_public(cls, at: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
        """Return the condition that an edition is to be read at this moment."""
        return and_(cls.status == Status.PUBLISHED, cls.published_at <= at)


PUBLIC_BY_ID = Index(None, Edition.id, Edition.language, Edition.status, Edition.published_at)
"""Tells whether an edition is public without a look at its row, which lies anywhere in the file.

A statement names it (news/popular.py), and fails without it.
"""


class OldSlug(Base):
    """An address that an edition once had, so that it can answer with the new one."""

    __tablename__ = "old_slug"

    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    slug: Mapped[str] = mapped_column(String(160), primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
