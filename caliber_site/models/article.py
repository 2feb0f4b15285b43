"""The story itself, neutral in language."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caliber_site.models.base import Base, now
from caliber_site.models.edition import Edition
from caliber_site.models.editor import Editor
from caliber_site.models.image import Image
from caliber_site.models.section import Section

KEY = String(200).with_variant(String(200, collation="C"), "postgresql")
"""A text that sorts by its characters in every database, so that exports are in one order."""


class Article(Base):
    """A story: what its editions in the languages have in common.

    `story` is its key in imports and exports. The pair (id, section_id) is unique so that
    editions can carry their section in an index and the database keeps the copy true.
    """

    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("id", "section_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    story: Mapped[str] = mapped_column(KEY, unique=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    image_id: Mapped[int | None] = mapped_column(ForeignKey("image.id"), unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("editor.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    section: Mapped[Section] = relationship()
    image: Mapped[Image | None] = relationship()
    owner: Mapped[Editor | None] = relationship()
    editions: Mapped[list[Edition]] = relationship(
        back_populates="article", cascade="all, delete-orphan", passive_deletes=True
    )
