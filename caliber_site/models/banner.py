"""Advertisements."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Enum, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caliber_site.models.base import Base
from caliber_site.models.image import Image
from caliber_site.models.section import Section

banner_section = Table(
    "banner_section",
    Base.metadata,
    Column("banner_id", ForeignKey("banner.id", ondelete="CASCADE"), primary_key=True),
    Column("section_id", ForeignKey("section.id", ondelete="CASCADE"), primary_key=True),
)


class Slot(StrEnum):
    """A place for an advertisement: above the page, in an article, beside the text."""

    TOP = "top"
    ARTICLE = "article"
    SIDE = "side"


class Banner(Base):
    """An advertisement: where and when it shows; without sections it shows in all of them."""

    __tablename__ = "banner"

    id: Mapped[int] = mapped_column(primary_key=True)
    slot: Mapped[Slot] = mapped_column(
        Enum(Slot, native_enum=False, length=16, values_callable=lambda e: [s.value for s in e])
    )
    image_id: Mapped[int | None] = mapped_column(ForeignKey("image.id"))
    starts_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime | None] = mapped_column()

    image: Mapped[Image | None] = relationship()
    sections: Mapped[list[Section]] = relationship(secondary=banner_section)
    texts: Mapped[list["BannerText"]] = relationship(cascade="all, delete-orphan")


class BannerText(Base):
    """A banner in one language; it shows in the languages that have a row."""

    __tablename__ = "banner_text"

    banner_id: Mapped[int] = mapped_column(
        ForeignKey("banner.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    headline: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(String(300), default="")
    url: Mapped[str] = mapped_column(String(500))
