"""The SELECTs of the front page and of the lists."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, bindparam, literal, select, union_all

from caliber_site.languages import Language
from caliber_site.models import LANGUAGE, Edition, Section, SectionName
from caliber_site.news.cards import Card, card_of, select_cards
from caliber_site.news.headings import Heading, load_heading
from caliber_site.news.keeping import Keep, make_anew
from caliber_site.news.listing import (
    Listing,
    Place,
    Scope,
    load_listing,
    load_newest,
    newest_ids,
)
from caliber_site.news.popular import DAY, WEEK, load_popular
from caliber_site.reading import ReadTransaction

LATEST_SIZE = 12
BLOCK_SIZE = 4


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A band of the front page: a section and its newest editions."""

    slug: str
    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The front page: the lead story, the latest, bands by section, most read."""

    lead: Card | None
    latest: tuple[Card, ...]
    blocks: list[SectionBlock]
    popular_day: tuple[Card, ...]
    popular_week: tuple[Card, ...]


def load_front(
    read: ReadTransaction, language: Language, now: datetime, keep: Keep = make_anew
) -> FrontPage:
    """Return the front page; seven SELECTs. The lead is the newest story with a picture."""
    latest = load_newest(read, language, Scope.LATEST, None, LATEST_SIZE + 1, now)
    lead = next((card for card in latest if card.picture), latest[0] if latest else None)
    return FrontPage(
        lead,
        tuple(card for card in latest if card is not lead)[:LATEST_SIZE],
        _load_blocks(read, language, now),
        *(load_popular(read, language, now, span, keep) for span in (DAY, WEEK)),
    )


def _load_blocks(read: ReadTransaction, language: Language, now: datetime) -> list[SectionBlock]:
    sections = read.fetch(SECTIONS, {"language": language.tag})
    if not sections:
        return []
    asked = {f"section{number}": section.id for number, section in enumerate(sections)}
    asked |= {"language": language.tag, "now": now}
    rows = read.fetch(_select_bands(len(sections)), asked)
    bands = groupby(map(card_of, rows), key=lambda card: (card.section_slug, card.section_name))
    return [SectionBlock(*section, tuple(cards)) for section, cards in bands]


NAMED = and_(SectionName.section_id == Section.id, SectionName.language == LANGUAGE)
SECTIONS = (
    select(Section.id)
    .outerjoin(SectionName, NAMED)
    # Sections without a name in the language come last.
    .order_by(SectionName.position.is_(None), SectionName.position, Section.slug)
)


@cache
def _select_bands(count: int) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of the newest editions of so many sections: one index look-up each."""
    parts = [
        select(
            newest_ids(Edition.section_id == bindparam(f"section{number}"))
            .limit(BLOCK_SIZE)
            .subquery(),
            literal(number).label("band"),
        )
        for number in range(count)
    ]
    bands = union_all(*parts).subquery()
    return (
        select_cards()
        .join(bands, bands.c.id == Edition.id)
        .order_by(bands.c.band, Edition.published_at.desc(), Edition.id.desc())
    )


def load_latest(
    read: ReadTransaction, language: Language, now: datetime, page: int, after: Place | None
) -> Listing | None:
    """Return a page of all public editions; one SELECT."""
    return load_listing(read, language, Scope.LATEST, None, page, after, now)


def load_list(
    read: ReadTransaction,
    language: Language,
    scope: Scope,
    slug: str,
    now: datetime,
    page: int,
    after: Place | None,
) -> tuple[Heading, Listing] | None:
    """Return what a list is of and a page of its editions, or None; two SELECTs."""
    heading = load_heading(read, language, scope, slug, now)
    if heading is None:
        return None
    listing = load_listing(read, language, scope, heading.id, page, after, now)
    return (heading, listing) if listing else None
