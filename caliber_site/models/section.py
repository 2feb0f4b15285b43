"""Sections of the paper, named in each language."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caliber_site.models.base import Base


class Section(Base):
    """A section: one address label, a name per language."""

    __tablename__ = "section"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)

    names: Mapped[list["SectionName"]] = relationship(
        back_populates="section", cascade="all, delete-orphan"
    )


class SectionName(Base):
    """A section in one language; without a row the section is not in that language's menu."""

    __tablename__ = "section_name"

    section_id: Mapped[int] = mapped_column(
        ForeignKey("section.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int] = mapped_column(default=0)

    section: Mapped[Section] = relationship(back_populates="names")
