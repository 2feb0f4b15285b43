"""Wording: queries as PostgreSQL reads them, bounded in what they make it read."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from caliber_site.search.postgres import lexemes
from caliber_site.search.postgres.archive import Archive
from caliber_site.search.postgres.sought import (
    Limit,
    Sought,
    list_limits,
    list_sought,
    word_phrases,
)
from caliber_site.search.query import Query

BEGINNING = datetime.min.replace(tzinfo=UTC)

AFFORDABLE = 4000
"""Editions that fit the rarest of what is sought, up to which all weeks are looked at."""

SPARE = 2
"""How many times as many editions are looked at as would do if words were spread evenly."""

COMMON = 20_000
"""Editions that fit a word; of so common ones only those titles are looked for in all weeks which
have no other words."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, both included, an edition was published that may be found."""

    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Wording:
    """A query for editions, and whether it is only for those of some of the newest weeks."""

    query: str | None
    bounded: bool


NOTHING = Wording(None, bounded=False)


class Words:
    """The words of a query with its limits, worded for an archive.

    Attributes:
        asked: The query.
        archive: The archive of its language.
        sought: The words, the most telling ones first.
        span: When what may be found was published.
        phrases: The query for editions that have the phrases; None if there is none. It is not
            part of the others, for it makes PostgreSQL unpack each edition that has the words.
    """

    def __init__(self, connection: Connection, archive: Archive, asked: Query) -> None:
        self.asked = asked
        self.archive = archive
        self.sought = list_sought(connection, archive, asked)
        self.span = _span_of(asked)
        self.phrases = word_phrases(asked)
        self._limits = list_limits(connection, archive, asked)

    @property
    def is_plain(self) -> bool:
        """Return whether one word is sought and nothing else, so that it is known how many fit."""
        asked = self.asked
        limited = self._limits or self.phrases or asked.date_from or asked.date_to
        return not limited and len(self.sought) == 1

    @property
    def limits(self) -> str | None:
        """Return the query for what limits alone; None if there is nothing."""
        return _all(limit.query for limit in self._limits) or None

    def every(self, wanted: float) -> Wording:
        """Return the query for editions that have all words, of which so many are wanted."""
        parts: list[Sought | Limit] = [*self.sought, *self._limits]
        if not all(part.fitting for part in parts):
            return NOTHING
        rarest = min(part.fitting for part in parts)
        share = math.prod(part.fitting / self.archive.editions for part in parts)
        return self._bound(_all(part.query for part in parts), rarest, share, wanted)

    def some(self, wanted: float) -> Wording:
        """Return the query for editions that have some words: of the most telling ones."""
        known = [word for word in self.sought if word.fitting]
        if not known or not all(limit.fitting for limit in self._limits):
            return NOTHING
        telling, fitting = known[:1], known[0].fitting
        for word in known[1:]:
            if fitting + word.fitting > wanted:
                break
            telling.append(word)
            fitting += word.fitting
        queries = [f"({'|'.join(word.query for word in telling)})"]
        queries += [limit.query for limit in self._limits]
        share = fitting / self.archive.editions
        share *= math.prod(limit.fitting / self.archive.editions for limit in self._limits)
        return self._bound(_all(queries), fitting, share, wanted)

    def titles(self) -> str | None:
        """Return the query for titles that have all words; None if none has."""
        if not self.sought or not all(word.fitting for word in self.sought):
            return None
        query = _all(word.query for word in self.sought)
        if self.sought[0].fitting > COMMON:
            query += "&" + lexemes.quote(lexemes.titled(len(self.sought)))
        return _all(filter(None, (query, self.phrases)))

    def together(self, most: int) -> str | None:
        """Return the query for the places where the most telling words stand; None if one does."""
        known = [word for word in self.sought[:most] if word.fitting]
        return _all(word.query for word in known) if len(known) > 1 else None

    def _bound(self, query: str, reads: int, share: float, wanted: float) -> Wording:
        weeks: list[int] = []
        if reads > AFFORDABLE and share:
            last = lexemes.week_of(self.span.latest)
            weeks = self.archive.choose_weeks(last, SPARE * wanted / share)
        if weeks:
            tag = self.archive.language.tag
            query += "&" + lexemes.any_of(lexemes.in_week(tag, week) for week in weeks)
        return Wording(query, bounded=bool(weeks))


def _span_of(asked: Query) -> Span:
    latest = asked.now
    if asked.date_to:
        latest = min(latest, asked.date_to - timedelta(microseconds=1))
    return Span(asked.date_from or BEGINNING, latest)


def _all(queries: Iterable[str]) -> str:
    return "&".join(queries)
