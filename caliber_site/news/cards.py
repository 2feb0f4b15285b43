"""Cards: what lists show of an edition."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, select

from caliber_site.languages import BY_TAG, Language
from caliber_site.models import (
    LANGUAGE,
    NOW,
    Article,
    Edition,
    Image,
    ImageText,
    Section,
    SectionName,
)
from caliber_site.models.image import WIDTHS, fitting_widths, srcset
from caliber_site.reading import ReadConnection
from caliber_site.typography import set_quotes

MOST = 5
"""Cards that are asked for by their ids at a time."""

IDS = [f"id{number}" for number in range(MOST)]


class Picture(NamedTuple):
    """A picture as a page shows it: its name, its largest size in pixels, its words."""

    name: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str

    @property
    def widths(self) -> list[int]:
        """Return the widths in which it is kept, smallest first."""
        return fitting_widths(WIDTHS, self.width)

    def src(self, width: int) -> str:
        """Return the address of the smallest size at least `width` wide, or of the largest."""
        fitting = [kept for kept in self.widths if kept >= width] or self.widths[-1:]
        return f"/media/{self.name}-{fitting[0]}.webp"

    def srcset(self, kind: str, widest: int) -> str:
        """Return the sizes up to one as `webp` or `avif`, for an `img` or a `source`."""
        return srcset(self.name, self.width, kind, widest)


class Card(NamedTuple):
    """An edition as lists show it; title and lead have the quotation marks of the language."""

    edition_id: int
    slug: str
    title: str
    lead: str
    published_at: datetime
    section_slug: str
    section_name: str
    picture: Picture | None

    def __hash__(self) -> int:
        """Return the id: lists are looked up by their cards, and what differs is seen anyway."""
        return self.edition_id


PICTURE_COLUMNS = (
    Image.name.label("image_name"),
    Image.width,
    Image.height,
    ImageText.alt,
    ImageText.caption,
    ImageText.credit,
)


def select_cards(
    published_at: ColumnElement[datetime | None] | None = None,
) -> Select[*tuple[Any, ...]]:
    """Return the SELECT that all lists start from; the language of its names is its parameter.

    Which editions they are is added to it.

    Args:
        published_at: Where the time of an edition is taken from, if not from its row.
    """
    return (
        select(
            Edition.id,
            Edition.language,
            Edition.slug,
            Edition.title,
            Edition.lead,
            Edition.published_at if published_at is None else published_at,
            Section.slug.label("section_slug"),
            func.coalesce(SectionName.name, Section.slug).label("section_name"),
            *PICTURE_COLUMNS,
        )
        .select_from(Edition)
        .join(Article, Article.id == Edition.article_id)
        .join(Section, Section.id == Edition.section_id)
        .outerjoin(
            SectionName,
            and_(SectionName.section_id == Section.id, SectionName.language == LANGUAGE),
        )
        .outerjoin(Image, Image.id == Article.image_id)
        .outerjoin(ImageText, and_(ImageText.image_id == Image.id, ImageText.language == LANGUAGE))
    )


def is_language_by_id() -> ColumnElement[bool]:
    """Return whether an edition that is looked up by its id is of the language.

    As an expression, or SQLite would look through all editions of the language by its index.
    """
    return func.coalesce(Edition.language, "") == LANGUAGE


def ids_of(names: Iterable[str]) -> list[BindParameter[int]]:
    """Return parameters for ids, of which some may be None."""
    return [bindparam(name, type_=Edition.id.type) for name in names]


def picture_of(row: Any) -> Picture | None:
    """Return the picture of a row that has the picture columns, if it has one."""
    if row.image_name is None:
        return None
    return Picture(
        row.image_name, row.width, row.height, row.alt or "", row.caption or "", row.credit or ""
    )


def card_of(row: Any) -> Card:
    """Return the card of a row of `select_cards`."""
    language = BY_TAG[row.language]
    return Card(
        row.id,
        row.slug,
        set_quotes(row.title, language),
        set_quotes(row.lead, language),
        row.published_at,
        row.section_slug,
        row.section_name,
        picture_of(row),
    )


def newest_first(rows: Iterable[Any]) -> list[Card]:
    """Return the cards of rows in the order of lists.

    A database that sorts them copies all of their texts.
    """
    return sorted(map(card_of, rows), key=attrgetter("published_at", "edition_id"), reverse=True)


def cards_by_id(
    read: ReadConnection, language: Language, ids: list[int], now: datetime
) -> list[Card]:
    """Return the cards of those editions that are public at `now`, in the order of `ids`.

    Args:
        read: Reads the database.
        language: Of the editions.
        ids: Theirs; not more than `MOST`.
        now: The moment that decides what is public.

    Raises:
        ValueError: There are more.
    """
    numbered = dict.fromkeys(IDS) | dict(zip(IDS[: len(ids)], ids, strict=True))
    found = read.fetch(BY_ID, {"language": language.tag, "now": now} | numbered)
    cards = {row.id: card_of(row) for row in found}
    return [cards[edition_id] for edition_id in ids if edition_id in cards]


BY_ID = select_cards().where(
    is_language_by_id(),
    Edition.id.in_(ids_of(IDS)),
    Edition.is_public(NOW),
)
