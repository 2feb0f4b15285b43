"""A search as a feed: its newest results, and the next ones as they come."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from caliber_site.atom import tag_uri, xml_text
from caliber_site.search.engine import Engine
from caliber_site.search.excerpts import cut_excerpt
from caliber_site.search.found import Found, load_found
from caliber_site.search.query import Query, Words
from caliber_site.text import plain_text

FEED_SIZE = 20
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition as a feed has it.

    Attributes:
        id: Its tag URI.
        found: The edition.
        title: Its title.
        summary: Its lead, or the beginning of its text.
        updated: When it was last changed as readers see it.
    """

    id: str
    found: Found
    title: str
    summary: str
    updated: datetime


def load_entries(
    session: Session, engine: Engine, asked: Query, site_url: str
) -> list[Entry] | None:
    """Return the newest results; one SELECT. None where the index is missing or damaged."""
    results = engine.search(replace(asked, sort="newest", page=1, size=FEED_SIZE, live=False))
    if not results.available:
        return None
    ids = [hit.edition_id for hit in results.hits]
    found = load_found(session, asked.language, ids, asked.now, with_text=True)
    return [_make_entry(edition, asked, site_url) for edition in found]


def last_update(entries: list[Entry]) -> datetime:
    """Return when any of the entries was last changed."""
    return max((entry.updated for entry in entries), default=NEVER)


def _make_entry(found: Found, asked: Query, site_url: str) -> Entry:
    beginning = cut_excerpt("", "", plain_text(found.body), Words(), ())
    return Entry(
        tag_uri(site_url, "edition", found.story, asked.language.tag),
        found,
        xml_text(found.title),
        xml_text(found.lead or beginning.unescape()),
        max(found.updated_at, found.published_at),  # one that was scheduled came later
    )
