"""The demo paper's house banners."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.demo.content import Table, read_tables
from caliber_site.languages import BY_TAG
from caliber_site.models import Banner, BannerText, Image, Section, Slot


def add_banners(
    session: Session, sections: Mapping[str, Section], images: Mapping[str, Image], at: datetime
) -> None:
    """Add the banners that are not there, known by slot and headlines; they show from now on.

    Args:
        session: The session.
        sections: The sections by slug.
        images: The pictures by stem.
        at: The present moment.
    """
    shown = select(Banner.slot, BannerText.headline).join(Banner.texts)
    there = {(row.slot, row.headline) for row in session.execute(shown)}
    for table in read_tables("banner"):
        texts = _texts(table)
        slot = Slot(table["slot"])
        if any((slot, text.headline) in there for text in texts):
            continue
        banner = Banner(
            slot=slot,
            image=images.get(table.get("picture", "")),
            starts_at=at,
            sections=[sections[slug] for slug in table.get("sections", ())],
            texts=texts,
        )
        session.add(banner)


def _texts(table: Table) -> list[BannerText]:
    return [
        BannerText(language=tag, url=table["url"].replace("LANG", language.label), **table[tag])
        for tag, language in BY_TAG.items()
        if tag in table
    ]
