"""Lists by page: numbered for people, continued by a place that does not shift."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, select, true, tuple_

from caliber_site.languages import Language
from caliber_site.models import LANGUAGE, NOW, Edition, Status, edition_tag
from caliber_site.news.cards import Card, newest_first, select_cards
from caliber_site.news.months import find_moment
from caliber_site.reading import ReadConnection

PAGE_SIZE = 20
LAST_PAGE = 50_000
FAR = 2000
"""Editions; to count off fewer takes less than to ask for the months."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Scope(Enum):
    """What a list is of."""

    LATEST = "latest"
    SECTION = "section"
    TAG = "tag"
    AUTHOR = "author"


OF = bindparam("of", type_=Integer)
SCOPES = {
    Scope.LATEST: true(),
    Scope.SECTION: Edition.section_id == OF,
    Scope.TAG: Edition.id.in_(
        select(edition_tag.c.edition_id).where(edition_tag.c.tag_id == OF).scalar_subquery()
    ),
    Scope.AUTHOR: Edition.author_id == OF,
}


COUNTED = {Scope.LATEST, Scope.SECTION}
"""Those that may be long. The others' editions are counted off."""


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


class Listing(NamedTuple):
    """One page of a list.

    Attributes:
        cards: Its editions, newest first.
        page: Its number, from 1.
        after: The place it was continued from, None for a page found by its number alone.
        next_after: The place that the next page continues from, None on the last page.
    """

    cards: tuple[Card, ...]
    page: int
    after: Place | None
    next_after: Place | None


def load_listing(
    read: ReadConnection,
    language: Language,
    scope: Scope,
    of: int | None,
    page: int,
    after: Place | None,
    now: datetime,
) -> Listing | None:
    """Return a page of a list's public editions; one SELECT, and one for a page far down.

    With `after` the page goes on from that place, whatever was published meanwhile; without it
    the pages before are counted off. None if there is no such page (the first always is).

    Args:
        read: Reads the database.
        language: Of the editions.
        scope: What the list is of.
        of: Id of the section, tag or author.
        page: Number of the page.
        after: Place that the page goes on from.
        now: The moment that decides what is public.
    """
    if not 1 <= page <= LAST_PAGE:
        return None
    before = 0 if after else (page - 1) * PAGE_SIZE
    cards = load_newest(read, language, scope, of, PAGE_SIZE + 1, now, before, after)
    return listing_of(cards, page, after)


def listing_of(
    cards: list[Card], page: int, after: Place | None, size: int = PAGE_SIZE
) -> Listing | None:
    """Return up to `size` + 1 cards as a page; the one too many tells of a next page."""
    if not cards and page > 1:
        return None
    shown = tuple(cards[:size])
    onward = None
    if len(cards) > size:
        onward = Place(shown[-1].published_at, shown[-1].edition_id)
    return Listing(shown, page, after, onward)


def load_newest(
    read: ReadConnection,
    language: Language,
    scope: Scope,
    of: int | None,
    count: int,
    now: datetime,
    before: int = 0,
    after: Place | None = None,
) -> list[Card]:
    """Return so many of a list's public editions, newest first; one SELECT, or two.

    Args:
        read: Reads the database.
        language: Of the editions.
        scope: What the list is of.
        of: Id of the section, tag or author.
        count: How many editions there are at most.
        now: The moment that decides what is public.
        before: How many of the newest are left out.
        after: Place that the list goes on from.
    """
    by, skipped = now, before
    if before >= FAR and not after and scope in COUNTED:
        near = find_moment(read, language, of, before, now)
        if near is None:
            return []
        by, skipped = near
    asked = {"language": language.tag, "now": by, "of": of, "count": count, "before": skipped}
    if after:
        asked |= {"published_at": min(after.published_at, now), "id": after.edition_id}
    found = read.fetch(_newest(scope, continued=after is not None), asked)
    return newest_first(found)


@cache
def _newest(scope: Scope, *, continued: bool) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of a list's newest editions.

    Which they are is found in an index alone: the rest of those that are counted off is not read.
    """
    newest = select_newest(SCOPES[scope], _is_public_after_place() if continued else None)
    top = newest.limit(bindparam("count")).offset(bindparam("before")).subquery()
    return select_cards(top.c.published_at).join(top, top.c.id == Edition.id)


def _is_public_after_place() -> ColumnElement[bool]:
    """Return whether an edition is public and comes after a place, which is not in the future.

    The place is the one bound in time: of two, SQLite would go to the other and read on from there.
    """
    place = tuple_(
        bindparam("published_at", type_=Edition.published_at.type),
        bindparam("id", type_=Edition.id.type),
    )
    is_after = tuple_(Edition.published_at, Edition.id) < place
    return and_(Edition.status == Status.PUBLISHED, is_after)


def select_newest(
    where: ColumnElement[bool], is_public: ColumnElement[bool] | None = None
) -> Select[int, datetime | None]:
    """Return the SELECT of ids and times of a language's public editions, newest first.

    An index has both. In the table itself SQLite would read all of a text to come to the time.

    Args:
        where: Which of them.
        is_public: Tells the public ones, if not by the moment `NOW`.
    """
    public = Edition.is_public(NOW) if is_public is None else is_public
    return (
        select(Edition.id, Edition.published_at)
        .where(Edition.language == LANGUAGE, public, where)
        .order_by(Edition.published_at.desc(), Edition.id.desc())
    )
