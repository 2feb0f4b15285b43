"""What belongs to no edition, from an export into the database."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.exchange.names import add_name
from caliber_site.exchange.site import Advertisement, Named, Site
from caliber_site.models import (
    Author,
    AuthorName,
    Banner,
    BannerText,
    Section,
    SectionName,
    Tag,
    TagName,
)
from caliber_site.pictures import Picture, add_image


def add_site(session: Session, site: Site, pictures: Mapping[str, Picture]) -> None:
    """Add what is not there; what is there is left alone, whatever has become of it since.

    Args:
        session: The session, with the write lock.
        site: What the line tells.
        pictures: The written pictures by their paths.
    """
    _add_sections(session, site.sections)
    _add_called(session, Author, site.authors)
    _add_called(session, Tag, site.tags)
    session.flush()
    _add_banners(session, site.banners, pictures)
    session.flush()


def _add_sections(session: Session, sections: Iterable[Named]) -> None:
    slugs = set(session.scalars(select(Section.slug)))
    for one in sections:
        if one.slug in slugs:
            continue
        names = [
            SectionName(
                language=tag,
                name=naming.name,
                description=naming.description,
                position=naming.position or 0,
            )
            for tag, naming in one.names.items()
        ]
        session.add(Section(slug=one.slug, names=names))
        slugs.add(one.slug)


def _add_called(session: Session, kind: type[Author] | type[Tag], new: Iterable[Named]) -> None:
    names: type[AuthorName] | type[TagName] = AuthorName if kind is Author else TagName
    slugs = set(session.scalars(select(kind.slug)))
    called = {
        (row.language, row.name) for row in session.execute(select(names.language, names.name))
    }
    for one in new:
        if one.slug in slugs or not called.isdisjoint(_called(one)):
            continue
        thing = kind(slug=one.slug)
        for tag, naming in one.names.items():
            add_name(thing, tag, naming)
        session.add(thing)
        slugs.add(one.slug)
        called |= _called(one)


def _called(one: Named) -> set[tuple[str, str]]:
    return {(tag, naming.name) for tag, naming in one.names.items()}


def _add_banners(
    session: Session, banners: Iterable[Advertisement], pictures: Mapping[str, Picture]
) -> None:
    there = {
        (banner.slot, frozenset((text.language, text.headline) for text in banner.texts))
        for banner in session.scalars(select(Banner))
    }
    sections = {section.slug: section for section in session.scalars(select(Section))}
    for one in banners:
        if one.key in there:
            continue
        picture = pictures.get(one.image or "")
        session.add(
            Banner(
                slot=one.slot,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                image=add_image(session, picture) if picture else None,
                sections=[sections[slug] for slug in one.sections if slug in sections],
                texts=[
                    BannerText(language=tag, headline=headline, text=text, url=url)
                    for tag, (headline, text, url) in one.texts.items()
                ],
            )
        )
