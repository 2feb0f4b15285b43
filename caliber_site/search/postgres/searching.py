"""Searching: a page of results."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from caliber_site.search.postgres.finding import Found, find
from caliber_site.search.postgres.lexemes import week_of
from caliber_site.search.postgres.ranking import Fit, weigh
from caliber_site.search.postgres.wording import Words
from caliber_site.search.query import Hit, Results
from caliber_site.search.weights import LONG, TELLING

MOST = 300
"""The newest editions that are ranked, and results that can be paged through."""

MOST_LIVE = 60
"""The same in the live box."""

MOST_UNPACKED = 800
"""The newest editions with all words of a phrase of which it is looked at whether they have it."""

ENOUGH = 60
"""Editions found in some of the newest weeks that leave the others aside."""


@dataclass(frozen=True, slots=True)
class Catch:
    """What was found with all words, or with some.

    Attributes:
        found: The editions.
        oldest: Up to when editions were looked at; None if all that fit were.
    """

    found: list[Found]
    oldest: datetime | None


class Searcher:
    """Answers one query.

    Args:
        connection: One of `connection.open_pool`.
        words: The query.
        half_life: Days after which an edition has lost half of what being new gives it.
    """

    def __init__(self, connection: Connection, words: Words, half_life: float) -> None:
        self._connection = connection
        self._words = words
        self._half_life = half_life
        self._most = MOST_LIVE if words.asked.live else MOST

    def search(self) -> Results:
        """Return a page of results: with all words or, if there are none, with some."""
        many = len(self._words.sought)
        if many <= LONG:
            caught = self._catch(every=True)
            if caught.found or many <= 1:
                return self._show(self._weigh(caught.found), self._count(caught), caught)
        caught = self._catch(every=False)
        fits = self._weigh(caught.found)
        best = max((fit.told for fit in fits), default=0)
        kept = [fit for fit in fits if fit.told >= TELLING * best]
        wanted = sum(word.rarity for word in self._words.sought)
        has_all = not kept or best > 0.999 * wanted
        return self._show(kept, len(kept), caught, all_words=has_all)

    def _catch(self, *, every: bool) -> Catch:
        ask = self._words.every if every else self._words.some
        most = max(self._most, MOST_UNPACKED) if self._words.phrases else self._most
        for wanted in (most, math.inf):
            wording = ask(wanted)
            haul = find(self._connection, self._words, wording.query, most, every=every)
            if haul.full or len(haul.found) >= ENOUGH or not wording.bounded:
                break
        return Catch(haul.found, haul.oldest if haul.full or wording.bounded else None)

    def _weigh(self, found: Sequence[Found]) -> list[Fit]:
        return weigh(found, self._words.sought, self._words.asked.now, self._half_life)

    def _count(self, caught: Catch) -> int:
        """Return how many editions fit: of those that were not looked at as many as of the rest."""
        if caught.oldest is None:
            return len(caught.found)
        if self._words.is_plain:
            return self._words.sought[0].fitting
        newest = sum(found.source == 1 for found in caught.found)
        span, archive = self._words.span, self._words.archive
        first, last = week_of(span.earliest), week_of(span.latest)
        looked_at = max(archive.count_between(week_of(caught.oldest), last), 1)
        all_there = max(archive.count_between(first, last), looked_at)
        return max(len(caught.found), round(newest * all_there / looked_at))

    def _show(
        self, fits: Sequence[Fit], total: int, caught: Catch, *, all_words: bool = True
    ) -> Results:
        asked = self._words.asked
        pages = max(1, -(-len(fits) // asked.size))
        page = min(max(1, asked.page), pages)
        shown = sorted(fits, key=self._place, reverse=True)[(page - 1) * asked.size :][: asked.size]
        hits = [Hit(fit.found.edition_id, fit.score) for fit in shown]
        return Results(hits, total, page, pages, all_words, about=caught.oldest is not None)

    def _place(self, fit: Fit) -> tuple[object, ...]:
        time, edition_id = fit.found.published_at, fit.found.edition_id
        newest = self._words.asked.sort == "newest"
        return (time, fit.score, edition_id) if newest else (fit.score, time, edition_id)
