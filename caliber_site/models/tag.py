"""Tags, named in each language."""

from sqlalchemy import Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caliber_site.models.base import Base

edition_tag = Table(
    "edition_tag",
    Base.metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "tag_id"),
)


class Tag(Base):
    """A subject that editions share."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)

    names: Mapped[list["TagName"]] = relationship(
        back_populates="tag", cascade="all, delete-orphan"
    )


class TagName(Base):
    """A tag's name in one language."""

    __tablename__ = "tag_name"
    __table_args__ = (Index(None, "language", "name", unique=True),)

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))

    tag: Mapped[Tag] = relationship(back_populates="names")
