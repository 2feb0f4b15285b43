"""Lists by page: numbered for people, continued by a place that does not shift."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import Session

from caliber_site.languages import Language
from caliber_site.models import Edition
from caliber_site.news.cards import Card, card_of, select_cards

PAGE_SIZE = 20
LAST_PAGE = 50_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two editions of a list: just after the one of this time and id."""

    published_at: datetime
    edition_id: int

    @classmethod
    def parse(cls, text: str | None) -> "Place | None":
        """Read a place from an address; None if there is none or it is malformed."""
        try:
            time, edition_id = (text or "").split("-")
            at = EPOCH + timedelta(microseconds=int(time))
            return cls(at, int(edition_id)) if int(edition_id) < 2**31 else None
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        """Return the place as addresses write it."""
        return f"{(self.published_at - EPOCH) // timedelta(microseconds=1)}-{self.edition_id}"

    def is_before(self) -> ColumnElement[bool]:
        """Return the condition that an edition comes after this place, newest first."""
        return or_(
            Edition.published_at < self.published_at,
            and_(Edition.published_at == self.published_at, Edition.id < self.edition_id),
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list.

    Attributes:
        cards: Its editions, newest first.
        page: Its number, from 1.
        after: The place it was continued from, None for a page found by its number alone.
        next_after: The place that the next page continues from, None on the last page.
    """

    cards: list[Card]
    page: int
    after: Place | None
    next_after: Place | None


def load_listing(
    session: Session,
    language: Language,
    where: ColumnElement[bool],
    page: int,
    after: Place | None,
    now: datetime,
) -> Listing | None:
    """Return a page of the public editions that fulfil a condition; one SELECT.

    With `after` the page goes on from that place, whatever was published meanwhile; without it
    the pages before are counted off. None if there is no such page (the first always is).
    """
    if not 1 <= page <= LAST_PAGE:
        return None
    statement = newest(language, now).where(where).limit(PAGE_SIZE + 1)
    if after:
        statement = statement.where(after.is_before())
    else:
        statement = statement.offset((page - 1) * PAGE_SIZE)
    return listing_of([card_of(row) for row in session.execute(statement)], page, after)


def listing_of(cards: list[Card], page: int, after: Place | None) -> Listing | None:
    """Return up to `PAGE_SIZE` + 1 cards as a page; the one too many tells of a next page."""
    if not cards and page > 1:
        return None
    shown = cards[:PAGE_SIZE]
    onward = None
    if len(cards) > PAGE_SIZE:
        onward = Place(shown[-1].published_at, shown[-1].edition_id)
    return Listing(shown, page, after, onward)


def newest(language: Language, now: datetime) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of a language's public editions, newest first."""
    return (
        select_cards(language)
        .where(Edition.is_public(now))
        .order_by(Edition.published_at.desc(), Edition.id.desc())
    )
