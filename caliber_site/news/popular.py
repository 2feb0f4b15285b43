"""Most read: what the counted views of the last hours say."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    select,
    union_all,
)

from caliber_site.languages import LANGUAGES, Language
from caliber_site.models import NOW, PUBLIC_BY_ID, Edition, View
from caliber_site.news.cards import MOST, Card, cards_by_id
from caliber_site.news.keeping import Keep, make_anew
from caliber_site.reading import ReadConnection
from caliber_site.ready.key import HALF_MINUTE

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
POPULAR_SIZE = MOST
RANKED = 3 * POPULAR_SIZE
"""Of these some may be withdrawn until they are counted again."""

Ranking = dict[timedelta, list[int]]
"""Ids of a language's most read editions by span, most read first."""


def _select_rankings() -> CompoundSelect[*tuple[Any, ...]]:
    """Return the SELECT of each language's most read editions of a day and of a week.

    However large the archive is, SQLite looks at the views of the week, and at an index for the
    editions that were read in it: their rows are long, and lie anywhere in the file.
    """
    # As an expression, or SQLite would group by an index, through the views of all times.
    edition_id = (View.edition_id + literal_column("0")).label("edition_id")
    day_since, week_since = (bindparam(name, type_=View.hour.type) for name in ("day", "week"))
    read = (
        select(
            edition_id,
            func.sum(case((View.hour > day_since, View.count), else_=0)).label("day"),
            func.sum(View.count).label("week"),
        )
        .where(View.hour > week_since)
        .group_by(edition_id)
        .cte()
    )
    public = (
        select(Edition.language, Edition.id, read.c.day, read.c.week)
        .join(read, read.c.edition_id == Edition.id)
        .where(Edition.is_public(NOW))
        .with_hint(Edition, f"INDEXED BY {PUBLIC_BY_ID.name}", "sqlite")
        .cte()
    )
    parts = [
        select(
            literal(span.days).label("days"),
            public.c.language,
            public.c.id,
            readings.label("readings"),
        )
        .where(public.c.language == language.tag, readings > 0)
        .order_by(readings.desc(), public.c.id.desc())
        .limit(RANKED)
        .subquery()
        for language in LANGUAGES
        for span, readings in ((DAY, public.c.day), (WEEK, public.c.week))
    ]
    return union_all(*(select(part) for part in parts))


RANKINGS = _select_rankings()


def rank(
    read: ReadConnection, language: Language, now: datetime, keep: Keep = make_anew
) -> Ranking:
    """Return the most read editions of a day and of a week; one SELECT.

    It is kept for a while whatever is published, for all languages: to add up the views takes
    longer than all else.
    """
    rankings = keep(
        partial(_rank, read, now),
        "rankings",
        seconds=HALF_MINUTE,
        fresh=False,
        of_language=False,
    )
    return rankings[language.tag]


def load_popular(
    read: ReadConnection,
    language: Language,
    now: datetime,
    span: timedelta,
    keep: Keep = make_anew,
) -> tuple[Card, ...]:
    """Return the most read editions of a span, most read first; two SELECTs as a rule."""
    ranking = rank(read, language, now, keep)
    return load_ranked(read, language, now, ranking[span], keep)


def load_ranked(
    read: ReadConnection,
    language: Language,
    now: datetime,
    ranked: list[int],
    keep: Keep = make_anew,
    known: Mapping[int, Card] | None = None,
) -> tuple[Card, ...]:
    """Return the first public editions of those ranked; one SELECT as a rule.

    Args:
        read: Reads the database.
        language: Of the editions.
        now: The moment that decides what is public.
        ranked: Ids, most read first.
        keep: Keeps what was found.
        known: Where the first `POPULAR_SIZE` were read before, those of them that are public.
    """
    cards = list[Card]()
    for start in range(0, len(ranked), POPULAR_SIZE):
        ids = ranked[start : start + POPULAR_SIZE]
        if start == 0 and known is not None:
            cards += [known[edition_id] for edition_id in ids if edition_id in known]
        else:
            cards += keep(partial(cards_by_id, read, language, ids, now), "ranked", *ids)
        if len(cards) >= POPULAR_SIZE:
            break
    return tuple(cards[:POPULAR_SIZE])


def _rank(read: ReadConnection, now: datetime) -> dict[str, Ranking]:
    """Return each language's ranking, by its tag."""
    rankings: dict[str, Ranking] = {language.tag: {DAY: [], WEEK: []} for language in LANGUAGES}
    rows = read.fetch(RANKINGS, {"now": now, "day": now - DAY, "week": now - WEEK})
    # What several SELECTs give together has no order that a database would have to keep.
    for row in sorted(rows, key=attrgetter("readings", "id"), reverse=True):
        rankings[row.language][timedelta(row.days)].append(row.id)
    return rankings
