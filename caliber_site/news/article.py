"""An article's page: the edition and what is printed around it."""

from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup
from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from caliber_site.languages import Language
from caliber_site.models import (
    LANGUAGE,
    NOW,
    Author,
    AuthorName,
    Edition,
    OldSlug,
    Status,
    Tag,
    TagName,
    View,
    edition_tag,
)
from caliber_site.news.cards import Card, card_of, select_cards
from caliber_site.news.headings import load_heading
from caliber_site.news.keeping import Keep, make_anew
from caliber_site.news.listing import PAGE_SIZE, Listing, Place, Scope, listing_of, load_newest
from caliber_site.news.popular import DAY, load_popular
from caliber_site.reading import ReadConnection

WITHIN, BETWEEN = "\x1f", "\x1e"
"""ASCII's separators of units and of records, which are taken out of what people enter."""

RELATED_SIZE = 4
FIRST_SIZE = 4
"""Stories with which the endless list below an article begins, enough until the next page of it is
there: most readers do not come so far, and twenty would be half of the page's bytes."""

SLUG = bindparam("slug", type_=Edition.slug.type)


class Link(NamedTuple):
    """A slug and the name that the language gives it."""

    slug: str
    name: str


class joined_text(GenericFunction[str]):  # noqa: N801 - SQLAlchemy names functions so
    """The texts of all rows as one. SQLAlchemy's own has the separator in place of a value."""

    name = "string_agg"
    inherit_cache = True


@compiles(joined_text, "sqlite")
def _name_as_sqlite(joined: joined_text, compiler: SQLCompiler, **named: Any) -> str:
    return f"group_concat{compiler.process(joined.clause_expr, **named)}"


class ArticlePage(NamedTuple):
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
    section_languages: frozenset[str]
    tags: list[Link]
    related: tuple[Card, ...]
    popular: tuple[Card, ...]
    more: Listing


def total_views() -> ColumnElement[int]:
    """Return the SQL expression of all readings of an edition, here and before it came here."""
    counted = select(func.coalesce(func.sum(View.count), 0)).where(View.edition_id == Edition.id)
    return counted.correlate(Edition).scalar_subquery() + Edition.imported_views


def load_article(
    read: ReadConnection,
    language: Language,
    slug: str,
    now: datetime,
    page: int = 1,
    after: Place | None = None,
    *,
    preview: bool = False,
    keep: Keep = make_anew,
) -> ArticlePage | None:
    """Return the page of a public edition, or None; one SELECT, and five for what is kept.

    Args:
        read: Reads the database.
        language: Language of the address.
        slug: The edition's slug.
        now: The moment that decides what is public.
        page: Page of the list `more`.
        after: Place that `more` continues from.
        preview: Show the edition itself whatever its status; only for the desk.
        keep: Keeps what is the same around other articles.
    """
    found = read.fetch(EDITION, {"language": language.tag, "slug": slug, "now": now})
    row = found[0] if found else None
    if row is None or not (preview or _is_public(row, now)):
        return None
    card = card_of(row)
    section, newest = keep(
        lambda: (
            load_heading(read, language, Scope.SECTION, card.section_slug, now),
            load_newest(read, language, Scope.SECTION, row.section_id, RELATED_SIZE + 1, now),
        ),
        "section",
        row.section_id,
    )
    related = [other for other in newest if other.edition_id != row.id]
    return ArticlePage(
        card=card,
        body=Markup(row.body),  # noqa: S704 - cleaned by text.clean_html when it was stored
        updated_at=row.updated_at,
        section_description=section.description if section else "",
        author=Link(row.author_slug, row.author_name or row.author_slug)
        if row.author_slug
        else None,
        views=row.views,
        editions=dict(_pairs(row.editions)),
        section_languages=section.languages if section else frozenset(),
        tags=sorted(
            (Link(*tag) for tag in _pairs(row.tags)),
            key=lambda tag: tag.name.casefold(),
        ),
        related=tuple(related[:RELATED_SIZE]),
        popular=load_popular(read, language, now, DAY, keep),
        more=_load_more(read, language, row.id, now, page, after, keep),
    )


def find_moved(
    read: ReadConnection, language: Language, slug: str, now: datetime
) -> tuple[str | None, bool]:
    """Say what became of an address: the slug it moved to, and whether it was withdrawn.

    A withdrawn story is gone from the addresses that it once had, too.
    """
    asked = {"language": language.tag, "slug": slug}
    moved = read.fetch(MOVED, asked | {"now": now})
    return moved[0].slug if moved else None, bool(read.fetch(WITHDRAWN, asked))


def _pairs(text: str | None) -> list[list[str]]:
    """Return the pairs of what `_join_pairs` selects."""
    found = text.split(BETWEEN) if text else []
    return [pair.split(WITHIN, 1) for pair in found if WITHIN in pair]


def _is_public(row: Any, now: datetime) -> bool:
    return bool(row.status == Status.PUBLISHED and row.published_at <= now)


def _load_more(
    read: ReadConnection,
    language: Language,
    edition_id: int,
    now: datetime,
    page: int,
    after: Place | None,
    keep: Keep,
) -> Listing:
    size = PAGE_SIZE if after else FIRST_SIZE

    def load() -> list[Card]:
        # One for the article itself, and one that tells of a next page.
        count = size + 2
        return load_newest(read, language, Scope.LATEST, None, count, now, after=after)

    cards = load() if after else keep(load, "newest")
    others = [card for card in cards if card.edition_id != edition_id][: size + 1]
    return listing_of(others, page, after, size) or Listing((), page, after, None)


def _select_edition() -> Select[*tuple[Any, ...]]:
    return (
        select_cards()
        .add_columns(
            Edition.article_id,
            Edition.section_id,
            Edition.status,
            Edition.updated_at,
            Edition.body,
            Author.slug.label("author_slug"),
            AuthorName.name.label("author_name"),
            total_views().label("views"),
            _select_editions().label("editions"),
            _select_tags().label("tags"),
        )
        .outerjoin(Author, Author.id == Edition.author_id)
        .outerjoin(
            AuthorName,
            and_(AuthorName.author_id == Author.id, AuthorName.language == LANGUAGE),
        )
        .where(Edition.language == LANGUAGE, Edition.slug == SLUG)
    )


def _select_editions() -> ScalarSelect[str]:
    """Return the SELECT of languages and slugs of a story's public editions, as one text."""
    other = aliased(Edition)
    joined = select(_join_pairs(other.language, other.slug))
    public = joined.where(other.article_id == Edition.article_id, other.is_public(NOW))
    return public.correlate(Edition).scalar_subquery()


def _select_tags() -> ScalarSelect[str]:
    """Return the SELECT of slugs and names of an edition's tags, as one text."""
    return (
        select(_join_pairs(Tag.slug, TagName.name))
        .join(edition_tag, edition_tag.c.tag_id == Tag.id)
        .join(TagName, and_(TagName.tag_id == Tag.id, TagName.language == LANGUAGE))
        .where(edition_tag.c.edition_id == Edition.id)
        .correlate(Edition)
        .scalar_subquery()
    )


def _join_pairs(
    key: SQLColumnExpression[str], name: SQLColumnExpression[str]
) -> ColumnElement[str]:
    """Return the pairs of all rows as one text: rows of their own would take another SELECT."""
    return joined_text(key + WITHIN + name, BETWEEN)


EDITION = _select_edition()
FORMERLY = select(OldSlug.edition_id).where(OldSlug.language == LANGUAGE, OldSlug.slug == SLUG)
MOVED = select(Edition.slug).where(Edition.id.in_(FORMERLY), Edition.is_public(NOW)).limit(1)
WITHDRAWN = (
    select(Edition.slug)
    .where(
        or_(and_(Edition.language == LANGUAGE, Edition.slug == SLUG), Edition.id.in_(FORMERLY)),
        Edition.status == Status.WITHDRAWN,
    )
    .limit(1)
)
