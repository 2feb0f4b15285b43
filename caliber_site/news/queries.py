"""The SELECTs of the front page and of the lists."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select, true
from sqlalchemy.orm import Session

from caliber_site.database import is_postgresql
from caliber_site.languages import Language
from caliber_site.models import (
    Author,
    Edition,
    Section,
    SectionName,
    Tag,
    edition_tag,
)
from caliber_site.news.cards import Card, card_of, select_cards
from caliber_site.news.headings import (
    Heading,
    load_heading,
    select_author,
    select_section,
    select_tag,
)
from caliber_site.news.listing import Listing, Place, load_listing, newest
from caliber_site.news.popular import DAY, WEEK, load_popular

LATEST_SIZE = 12
BLOCK_SIZE = 4


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A band of the front page: a section and its newest editions."""

    slug: str
    name: str
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The front page: the lead story, the latest, bands by section, most read."""

    lead: Card | None
    latest: list[Card]
    blocks: list[SectionBlock]
    popular_day: list[Card]
    popular_week: list[Card]


def load_front(session: Session, language: Language, now: datetime) -> FrontPage:
    """Return the front page; four SELECTs. The lead is the newest story with a picture."""
    latest = [card_of(row) for row in session.execute(newest(language, now).limit(LATEST_SIZE + 1))]
    lead = next((card for card in latest if card.picture), latest[0] if latest else None)
    return FrontPage(
        lead,
        [card for card in latest if card is not lead][:LATEST_SIZE],
        _load_blocks(session, language, now),
        load_popular(session, language, now, DAY),
        load_popular(session, language, now, WEEK),
    )


def _load_blocks(session: Session, language: Language, now: datetime) -> list[SectionBlock]:
    # Sections without a name in the language come last.
    named = and_(SectionName.section_id == Section.id, SectionName.language == language.tag)
    sections = select(Section.id, SectionName.position).outerjoin(SectionName, named).subquery()
    of_section = (
        select(Edition.id)
        .where(
            Edition.language == language.tag,
            Edition.section_id == sections.c.id,
            Edition.is_public(now),
        )
        .order_by(Edition.published_at.desc(), Edition.id.desc())
        .limit(BLOCK_SIZE)
        .correlate(sections)
    )
    statement = (
        select_cards(language)
        .add_columns(sections.c.position)
        .join(sections, sections.c.id == Edition.section_id)
        .order_by(sections.c.position.is_(None), sections.c.position, Section.slug)
        .order_by(Edition.published_at.desc(), Edition.id.desc())
    )
    if is_postgresql(session.get_bind()):  # it would look for each edition in the band otherwise
        band = of_section.lateral()
        statement = statement.join(band, band.c.id == Edition.id)
    else:  # SQLite knows no LATERAL
        statement = statement.where(Edition.id.in_(of_section.scalar_subquery()))
    blocks: dict[str, SectionBlock] = {}
    for card in map(card_of, session.execute(statement)):
        block = blocks.setdefault(
            card.section_slug, SectionBlock(card.section_slug, card.section_name, [])
        )
        block.cards.append(card)
    return list(blocks.values())


def load_latest(
    session: Session, language: Language, now: datetime, page: int, after: Place | None
) -> Listing | None:
    """Return a page of all public editions; one SELECT."""
    return load_listing(session, language, true(), page, after, now)


def load_section(
    session: Session, language: Language, slug: str, now: datetime, page: int, after: Place | None
) -> tuple[Heading, Listing] | None:
    """Return a section and a page of its editions, or None; two SELECTs."""
    heading = load_heading(session, language, slug, select_section(Section.slug == slug, now))
    if heading is None:
        return None
    where = Edition.section_id == heading.id
    listing = load_listing(session, language, where, page, after, now)
    return (heading, listing) if listing else None


def load_tag(
    session: Session, language: Language, slug: str, now: datetime, page: int, after: Place | None
) -> tuple[Heading, Listing] | None:
    """Return a tag and a page of its editions, or None; two SELECTs."""
    heading = load_heading(session, language, slug, select_tag(Tag.slug == slug, now))
    if heading is None:
        return None
    tagged = select(edition_tag.c.edition_id).where(edition_tag.c.tag_id == heading.id)
    listing = load_listing(session, language, Edition.id.in_(tagged), page, after, now)
    return (heading, listing) if listing else None


def load_author(
    session: Session, language: Language, slug: str, now: datetime, page: int, after: Place | None
) -> tuple[Heading, Listing] | None:
    """Return an author and a page of the author's editions, or None; two SELECTs."""
    heading = load_heading(session, language, slug, select_author(Author.slug == slug, now))
    if heading is None:
        return None
    where = Edition.author_id == heading.id
    listing = load_listing(session, language, where, page, after, now)
    return (heading, listing) if listing else None
