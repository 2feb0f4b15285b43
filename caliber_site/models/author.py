"""Authors of editions, named in each language."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caliber_site.models.base import Base


class Author(Base):
    """A person or a desk that signs editions."""

    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)

    names: Mapped[list["AuthorName"]] = relationship(
        back_populates="author", cascade="all, delete-orphan"
    )


class AuthorName(Base):
    """An author's byline and biography in one language."""

    __tablename__ = "author_name"
    __table_args__ = (Index(None, "language", "name", unique=True),)

    author_id: Mapped[int] = mapped_column(
        ForeignKey("author.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    bio: Mapped[str] = mapped_column(String(500), default="")

    author: Mapped[Author] = relationship(back_populates="names")
