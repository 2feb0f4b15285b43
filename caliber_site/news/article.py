"""An article's page: the edition and what is printed around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from caliber_site.languages import Language
from caliber_site.models import (
    Author,
    AuthorName,
    Edition,
    OldSlug,
    Section,
    SectionName,
    Status,
    Tag,
    TagName,
    View,
    edition_tag,
)
from caliber_site.news.cards import Card, card_of, select_cards
from caliber_site.news.headings import select_section
from caliber_site.news.listing import PAGE_SIZE, Listing, Place, listing_of
from caliber_site.news.popular import DAY, select_popular

RELATED_SIZE = 4


@dataclass(frozen=True, slots=True)
class Link:
    """A slug and the name that the language gives it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """All that an article's page shows, but for the frame.

    Attributes:
        card: The edition as lists show it; its picture stands above the text.
        body: Clean HTML.
        section_description: What the section says of itself.
        editions: Slugs of the story's public editions, this one too, by language tag.
        section_languages: Tags of the languages that have the section's list.
        views: Readings counted so far.
        related: Newest others of the section.
        popular: Most read of the day.
        more: A page of the newest of all sections, without this one.
    """

    card: Card
    body: Markup
    updated_at: datetime
    section_description: str
    author: Link | None
    views: int
    editions: dict[str, str]
    section_languages: set[str]
    tags: list[Link]
    related: list[Card]
    popular: list[Card]
    more: Listing


def total_views() -> ColumnElement[int]:
    """Return the SQL expression of all readings of an edition, here and before it came here."""
    counted = select(func.coalesce(func.sum(View.count), 0)).where(View.edition_id == Edition.id)
    return counted.correlate(Edition).scalar_subquery() + Edition.imported_views


def load_article(
    session: Session,
    language: Language,
    slug: str,
    now: datetime,
    page: int = 1,
    after: Place | None = None,
    *,
    preview: bool = False,
) -> ArticlePage | None:
    """Return the page of a public edition, or None; three SELECTs.

    Args:
        session: The session.
        language: Language of the address.
        slug: The edition's slug.
        now: The moment that decides what is public.
        page: Page of the list `more`.
        after: Place that `more` continues from.
        preview: Show the edition itself whatever its status; only for the desk.
    """
    row = session.execute(_select_edition(language, slug)).first()
    if row is None or not (preview or _is_public(row, now)):
        return None
    links = _load_links(session, language, row, now)
    around = _load_around(session, language, row, now, after)
    return ArticlePage(
        card=card_of(row),
        body=Markup(row.body),  # noqa: S704 - cleaned by text.clean_html when it was stored
        updated_at=row.updated_at,
        section_description=row.section_description or "",
        author=Link(row.author_slug, row.author_name or row.author_slug)
        if row.author_slug
        else None,
        views=row.views,
        editions={link.key: link.name for link in links if link.kind == "edition"},
        section_languages={link.key for link in links if link.kind == "section"},
        tags=sorted(
            (Link(link.key, link.name) for link in links if link.kind == "tag"),
            key=lambda tag: tag.name.casefold(),
        ),
        related=around["related"],
        popular=around["popular"],
        more=listing_of(around["more"], page, after) or Listing([], page, after, None),
    )


def find_moved(
    session: Session, language: Language, slug: str, now: datetime
) -> tuple[str | None, bool]:
    """Say what became of an address: the slug it moved to, and whether it was withdrawn.

    A withdrawn story is gone from the addresses that it once had, too.
    """
    old = select(OldSlug.edition_id).where(OldSlug.language == language.tag, OldSlug.slug == slug)
    moved = select(Edition.slug).where(Edition.id.in_(old), Edition.is_public(now))
    withdrawn = select(Edition.slug).where(
        or_(
            and_(Edition.language == language.tag, Edition.slug == slug),
            Edition.id.in_(old),
        ),
        Edition.status == Status.WITHDRAWN,
    )
    return session.scalar(moved), session.scalar(withdrawn) is not None


def _select_edition(language: Language, slug: str) -> Select[*tuple[Any, ...]]:
    return (
        select_cards(language)
        .add_columns(
            Edition.article_id,
            Edition.section_id,
            Edition.status,
            Edition.updated_at,
            Edition.body,
            SectionName.description.label("section_description"),
            Author.slug.label("author_slug"),
            AuthorName.name.label("author_name"),
            total_views().label("views"),
        )
        .outerjoin(Author, Author.id == Edition.author_id)
        .outerjoin(
            AuthorName,
            and_(AuthorName.author_id == Author.id, AuthorName.language == language.tag),
        )
        .where(Edition.slug == slug)
    )


def _is_public(row: Row[*tuple[Any, ...]], now: datetime) -> bool:
    return bool(row.status == Status.PUBLISHED and row.published_at <= now)


def _load_links(
    session: Session, language: Language, row: Row[*tuple[Any, ...]], now: datetime
) -> Sequence[Row[str, str, str]]:
    editions = select(
        literal("edition").label("kind"),
        Edition.language.label("key"),
        Edition.slug.label("name"),
    ).where(Edition.article_id == row.article_id, Edition.is_public(now))
    tags = (
        select(literal("tag"), Tag.slug, TagName.name)
        .join(edition_tag, edition_tag.c.tag_id == Tag.id)
        .join(TagName, and_(TagName.tag_id == Tag.id, TagName.language == language.tag))
        .where(edition_tag.c.edition_id == row.id)
    )
    section = select_section(Section.id == row.section_id, now).subquery()
    sections = select(literal("section"), section.c.language, section.c.name)
    return session.execute(union_all(editions, tags, sections)).all()


def _load_around(
    session: Session,
    language: Language,
    row: Row[*tuple[Any, ...]],
    now: datetime,
    after: Place | None,
) -> dict[str, list[Card]]:
    others = (
        select(Edition.id)
        .where(Edition.language == language.tag, Edition.is_public(now), Edition.id != row.id)
        .order_by(Edition.published_at.desc(), Edition.id.desc())
    )
    related = others.where(Edition.section_id == row.section_id).limit(RELATED_SIZE).subquery()
    more = (others.where(after.is_before()) if after else others).limit(PAGE_SIZE + 1).subquery()
    popular = select_popular(language, now, DAY).subquery()
    blocks = union_all(
        select(literal("related").label("block"), related.c.id, literal(0).label("readings")),
        select(literal("more"), more.c.id, literal(0)),
        select(literal("popular"), popular.c.id, popular.c.readings),
    ).subquery()
    statement = (
        select_cards(language)
        .add_columns(blocks.c.block)
        .join(blocks, blocks.c.id == Edition.id)
        .order_by(blocks.c.readings.desc(), Edition.published_at.desc(), Edition.id.desc())
    )
    around: dict[str, list[Card]] = {"related": [], "more": [], "popular": []}
    for card in session.execute(statement):
        around[card.block].append(card_of(card))
    return around
