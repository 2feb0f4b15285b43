"""The SELECTs of the front page and of the lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain, zip_longest
from typing import Any

from sqlalchemy import Select, and_, bindparam, select, true, union

from caliber_site.languages import Language
from caliber_site.models import LANGUAGE, NOW, Edition, Section, SectionName
from caliber_site.news.cards import Card, ids_of, is_language_by_id, newest_first, select_cards
from caliber_site.news.headings import Heading, load_heading
from caliber_site.news.keeping import Keep, make_anew
from caliber_site.news.listing import (
    Listing,
    Place,
    Scope,
    load_listing,
    select_newest,
)
from caliber_site.news.popular import DAY, POPULAR_SIZE, WEEK, load_ranked, rank
from caliber_site.reading import ReadConnection

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
    read: ReadConnection, language: Language, now: datetime, keep: Keep = make_anew
) -> FrontPage:
    """Return the front page; two SELECTs, and one for what is kept.

    The lead is the newest story with a picture. Most stories stand in several places: all are read
    together, and are newest first in each place but those for the most read.
    """
    ranking = rank(read, language, now, keep)
    spans = (ranking[DAY], ranking[WEEK])
    sections = read.fetch(SECTIONS, {"language": language.tag})
    asked: dict[str, object] = {"language": language.tag, "now": now}
    asked |= {f"section{number}": section.id for number, section in enumerate(sections)}
    asked |= dict(zip_longest(POPULAR_IDS, chain(*(ids[:POPULAR_SIZE] for ids in spans))))
    cards = newest_first(read.fetch(_select_front(len(sections)), asked))
    latest = cards[: LATEST_SIZE + 1]
    lead = next((card for card in latest if card.picture), latest[0] if latest else None)
    by_id = {card.edition_id: card for card in cards}
    return FrontPage(
        lead,
        tuple(card for card in latest if card is not lead)[:LATEST_SIZE],
        _group_by_section(cards, [section.slug for section in sections]),
        *(load_ranked(read, language, now, ids, keep, by_id) for ids in spans),
    )


def _group_by_section(cards: Iterable[Card], sections: Iterable[str]) -> list[SectionBlock]:
    bands: dict[str, list[Card]] = {slug: [] for slug in sections}
    for card in cards:
        bands.setdefault(card.section_slug, []).append(card)
    return [
        SectionBlock(slug, band[0].section_name, tuple(band[:BLOCK_SIZE]))
        for slug, band in bands.items()
        if band
    ]


NAMED = and_(SectionName.section_id == Section.id, SectionName.language == LANGUAGE)
SECTIONS = (
    select(Section.id, Section.slug)
    .outerjoin(SectionName, NAMED)
    # Sections without a name in the language come last.
    .order_by(SectionName.position.is_(None), SectionName.position, Section.slug)
)


POPULAR_IDS = [f"popular{number}" for number in range(2 * POPULAR_SIZE)]


@cache
def _select_front(count: int) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of the newest editions of all and of so many sections, and of some by ids.

    Of all and of each section it is one look-up in an index.
    """
    newest = [
        select_newest(true()).limit(LATEST_SIZE + 1),
        *(
            select_newest(Edition.section_id == bindparam(f"section{number}")).limit(BLOCK_SIZE)
            for number in range(count)
        ),
    ]
    popular = select(Edition.id, Edition.published_at).where(
        is_language_by_id(), Edition.id.in_(ids_of(POPULAR_IDS)), Edition.is_public(NOW)
    )
    shown = union(*(select(part.subquery()) for part in newest), popular).subquery()
    return select_cards(shown.c.published_at).join(shown, shown.c.id == Edition.id)


def load_latest(
    read: ReadConnection, language: Language, now: datetime, page: int, after: Place | None
) -> Listing | None:
    """Return a page of all public editions; one SELECT, and one for a page far down."""
    return load_listing(read, language, Scope.LATEST, None, page, after, now)


def load_list(
    read: ReadConnection,
    language: Language,
    scope: Scope,
    slug: str,
    now: datetime,
    page: int,
    after: Place | None,
) -> tuple[Heading, Listing] | None:
    """Return what a list is of and a page of its editions, or None; two SELECTs, or three."""
    heading = load_heading(read, language, scope, slug, now)
    if heading is None:
        return None
    listing = load_listing(read, language, scope, heading.id, page, after, now)
    return (heading, listing) if listing else None
