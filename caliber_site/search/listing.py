"""Results as readers see them: editions with marks and excerpts, and page numbers."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from caliber_site.search.engine import Engine
from caliber_site.search.excerpts import cut_excerpt, mark
from caliber_site.search.queries import Found, load_found
from caliber_site.search.query import Query, Results
from caliber_site.text import plain_text
from caliber_site.typography import set_quotes


@dataclass(frozen=True, slots=True)
class Item:
    """One edition that was found.

    Attributes:
        found: The edition.
        title: Its title as HTML with marks.
        excerpt: A part of its text as HTML with marks; empty in the live box.
    """

    found: Found
    title: Markup
    excerpt: Markup


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of results with the editions on it."""

    results: Results
    items: list[Item]

    @property
    def numbers(self) -> list[int | None]:
        """Return the page numbers to offer; None where some are left out."""
        page, pages = self.results.page, self.results.pages
        near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
        numbers: list[int | None] = []
        for before, number in zip([0, *near], near, strict=False):
            numbers += [None, number] if number > before + 1 else [number]
        return numbers


def load_listing(session: Session, engine: Engine, asked: Query) -> Listing:
    """Return a page of results; one SELECT. Only what is public in the database is in it."""
    results = engine.search(asked)
    ids = [hit.edition_id for hit in results.hits]
    with_text = not asked.live
    found = load_found(session, asked.language, ids, asked.now, with_text=with_text)
    return Listing(results, [_make_item(edition, asked) for edition in found])


def _make_item(found: Found, asked: Query) -> Item:
    text = " ".join(f"{found.lead} {plain_text(found.body)}".split())
    excerpt = Markup() if asked.live else cut_excerpt(text, asked.words)
    return Item(found, mark(set_quotes(found.title, asked.language), asked.words), excerpt)
