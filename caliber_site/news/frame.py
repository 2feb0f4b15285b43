"""The frame around every page: the section menu and the advertisements."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, literal, or_, select, union_all

from caliber_site.languages import Language
from caliber_site.models import LANGUAGE, NOW, Banner, BannerText, Image, Section, SectionName
from caliber_site.models.banner import banner_section
from caliber_site.news.cards import Picture
from caliber_site.reading import ReadConnection


class SectionLink(NamedTuple):
    """A section in the menu."""

    slug: str
    name: str


class BannerCard(NamedTuple):
    """An advertisement as a page shows it."""

    headline: str
    text: str
    url: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Frame:
    """Sections in the editors' order, and at most one banner a slot."""

    sections: tuple[SectionLink, ...] = ()
    banners: dict[str, BannerCard] = field(default_factory=dict)


def load_frame(
    read: ReadConnection, language: Language, now: datetime, section_slug: str | None = None
) -> Frame:
    """Return the frame of a page of a section, or of a page of no section; one SELECT.

    Where several banners want one slot, each has it for an hour.
    """
    asked = {"language": language.tag, "now": now, "section": section_slug}
    rows = read.fetch(STATEMENT, asked)
    sections = tuple(SectionLink(row.key, row.name) for row in rows if row.kind == "section")
    wanting: dict[str, list[BannerCard]] = {}
    for row in rows:
        if row.kind == "banner":
            picture = row.image_name and Picture(row.image_name, row.width, row.height, "", "", "")
            card = BannerCard(row.name, row.text, row.url, picture)
            wanting.setdefault(row.key, []).append(card)
    hour = int(now.timestamp()) // 3600
    return Frame(sections, {slot: cards[hour % len(cards)] for slot, cards in wanting.items()})


def _make_statement() -> Select[*tuple[Any, ...]]:
    section_slug = bindparam("section", type_=Section.slug.type)
    sections = (
        select(
            literal("section").label("kind"),
            Section.slug.label("key"),
            SectionName.name.label("name"),
            literal("").label("text"),
            literal("").label("url"),
            literal("").label("image_name"),
            literal(0).label("width"),
            literal(0).label("height"),
            SectionName.position.label("place"),
        )
        .join(SectionName, SectionName.section_id == Section.id)
        .where(SectionName.language == LANGUAGE)
    )
    of_banner = banner_section.c.banner_id == Banner.id
    here = exists().where(
        of_banner, banner_section.c.section_id == Section.id, Section.slug == section_slug
    )
    banners = (
        select(
            literal("banner"),
            Banner.slot.cast(BannerText.headline.type),
            BannerText.headline,
            BannerText.text,
            BannerText.url,
            Image.name,
            Image.width,
            Image.height,
            Banner.id,
        )
        .join(BannerText, BannerText.banner_id == Banner.id)
        .outerjoin(Image, Image.id == Banner.image_id)
        .where(
            BannerText.language == LANGUAGE,
            Banner.starts_at <= NOW,
            or_(Banner.ends_at.is_(None), Banner.ends_at > NOW),
            or_(~exists().where(of_banner), here),
        )
    )
    both = union_all(sections, banners).subquery()
    return select(both).order_by(both.c.kind, both.c.place, both.c.key)


STATEMENT = _make_statement()
"""Made once: to make it takes longer than to execute it."""
