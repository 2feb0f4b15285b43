"""Results as readers see them: editions with marks and excerpts, and the ways on from there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup
from sqlalchemy import and_
from sqlalchemy.orm import Session

from caliber_site.languages import Language
from caliber_site.models import Edition
from caliber_site.search.answer import Answer, find
from caliber_site.search.engine import Engine
from caliber_site.search.excerpts import cut_excerpt, mark
from caliber_site.search.facets import Facets
from caliber_site.search.found import Found, load_begun, load_page, load_titled
from caliber_site.search.names import (
    BEFORE,
    ROOT,
    Name,
    has_word,
    pick_begun,
)
from caliber_site.search.query import Query, Results
from caliber_site.search.rescue import other_language
from caliber_site.text import plain_text
from caliber_site.typography import set_quotes

MOST_TITLE_WORDS = 3
TITLES_SEARCHED, TITLES_SHOWN = 5_000, 20
BEFORE_IN_TITLE = (*BEFORE, "%«", "%“", "%(")
ENDING = 2
"""Letters at the end of a word that may be others in a title."""


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
class Offer:
    """What the same words find in another language."""

    language: Language
    results: Results


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of results with the editions on it.

    Attributes:
        answer: What was asked, and what was found for which words.
        items: The editions; where the index is damaged, those with the words in their titles.
        names: In the live box, sections, tags and authors that the words begin; else the names
            of those that `facets` counts.
        facets: How the results are spread; nothing in the live box.
        offer: What another language has, where the words are written in its script.
    """

    answer: Answer
    items: list[Item]
    names: list[Name] = field(default_factory=list)
    facets: Facets = field(default_factory=Facets)
    offer: Offer | None = None

    @property
    def results(self) -> Results:
        """Return the page of what the engine found."""
        return self.answer.results

    @property
    def total(self) -> int:
        """Return how many were found, rounded where that is an estimate."""
        total = self.results.total
        return int(float(f"{total:.2g}")) if self.results.about else total

    @property
    def numbers(self) -> list[int | None]:
        """Return the page numbers to offer; None where some are left out."""
        page, pages = self.results.page, self.results.pages
        near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
        numbers: list[int | None] = []
        for before, number in zip([0, *near], near, strict=False):
            numbers += [None, number] if number > before + 1 else [number]
        return numbers


def load_listing(
    session: Session, engine: Engine, asked: Query, *, verbatim: bool = False
) -> Listing:
    """Return a page of results; one SELECT. Only what is public in the database is in it.

    Args:
        session: The session.
        engine: Finds editions.
        asked: The query.
        verbatim: Search for nothing but what was typed.
    """
    answer = find(engine, asked, verbatim=verbatim)
    if not answer.results.available:
        return Listing(answer, _find_titles(session, asked))
    shown = answer.shown
    facets = engine.facets(shown) if answer.results.total and not asked.live else Facets()
    places = {hit.edition_id: hit.places for hit in answer.results.hits}
    ids = list(places)
    if asked.live:
        found, names = load_begun(session, shown, ids)
    else:
        sections, authors = (dict(counts) for counts in (facets.sections, facets.authors))
        found, names = load_page(session, shown, ids, sections, authors)
    return Listing(
        answer,
        [_make_item(edition, shown, places.get(edition.edition_id)) for edition in found],
        pick_begun(names, shown.words) if asked.live else names,
        facets,
        _find_elsewhere(engine, asked),
    )


def _find_elsewhere(engine: Engine, asked: Query) -> Offer | None:
    language = other_language(asked.text, asked.language)
    if language is None:
        return None
    results = engine.search(replace(asked, language=language, page=1, size=1))
    return Offer(language, results) if results.total and results.all_words else None


def _find_titles(session: Session, asked: Query) -> list[Item]:
    words = [term.word[: max(ROOT, len(term.word) - ENDING)] for term in asked.words.terms]
    begun = [asked.words.prefix] if asked.words.prefix else []
    titled = [
        has_word(Edition.title, word, BEFORE_IN_TITLE)
        for word in (words + begun)[:MOST_TITLE_WORDS]
    ]
    if not titled:
        return []
    found = load_titled(
        session,
        asked.language,
        and_(*titled),
        asked.now,
        among=TITLES_SEARCHED,
        limit=asked.size if asked.live else TITLES_SHOWN,
    )
    return [_make_item(edition, asked) for edition in found]


def _make_item(found: Found, asked: Query, places: Sequence[int] | None = None) -> Item:
    title, excerpt = mark(set_quotes(found.title, asked.language), asked.words), Markup()
    if not asked.live:
        body = plain_text(found.body)
        excerpt = cut_excerpt(found.title, found.lead, body, asked.words, places)
    return Item(found, title, excerpt)
