"""What belongs to no edition, as a field of an export's first line."""

from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from caliber_site.exchange.records import (
    Record,
    as_text,
    author_names,
    by_label,
    copy_image,
    section_names,
    tag_names,
)
from caliber_site.models import Author, Banner, Section, Tag

Named = TypeVar("Named", Section, Author, Tag)


def describe_site(session: Session, uploads: Path, folder: Path) -> Record:
    """Return all sections, authors and tags, used or not, and the banners.

    Args:
        session: The session.
        uploads: The uploads folder.
        folder: Where the lines are written; pictures are copied into a folder in it.
    """
    banners = select(Banner).options(
        selectinload(Banner.image), selectinload(Banner.sections), selectinload(Banner.texts)
    )
    site = {
        "sections": [_named(s.slug, section_names(s)) for s in _load(session, Section)],
        "authors": [_named(a.slug, author_names(a)) for a in _load(session, Author)],
        "tags": [_named(t.slug, tag_names(t)) for t in _load(session, Tag)],
        "banners": [
            _banner(banner, uploads, folder)
            for banner in session.scalars(banners.order_by(Banner.id))
        ],
    }
    session.expunge_all()
    return site


def _load(session: Session, kind: type[Named]) -> list[Named]:
    return list(session.scalars(select(kind).options(selectinload(kind.names)).order_by(kind.id)))


def _named(slug: str, names: Record) -> Record:
    return {"slug": slug, "names": names}


def _banner(banner: Banner, uploads: Path, folder: Path) -> Record:
    record = {
        "slot": banner.slot.value,
        "starts_at": banner.starts_at.isoformat(),
        "ends_at": banner.ends_at and banner.ends_at.isoformat(),
        "sections": sorted(section.slug for section in banner.sections),
        "texts": by_label(
            {
                text.language: {
                    "headline": as_text(text.headline),
                    "text": as_text(text.text),
                    "url": text.url,
                }
                for text in banner.texts
            }
        ),
        "image": banner.image
        and copy_image(banner.image.name, banner.image.width, uploads, folder),
    }
    return {name: value for name, value in record.items() if value is not None}
