"""Most read: what the counted views of the last hours say."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Select, bindparam, desc, func, literal_column, select

from caliber_site.languages import Language
from caliber_site.models import NOW, Edition, View
from caliber_site.news.cards import MOST, Card, cards_by_id
from caliber_site.news.keeping import Keep, make_anew
from caliber_site.reading import ReadConnection
from caliber_site.ready.key import HALF_MINUTE

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
POPULAR_SIZE = MOST
RANKED = 3 * POPULAR_SIZE
"""Of these some may be withdrawn until they are counted again."""

FIRST = 500
"""Most read editions of all languages together, among which those of each are looked for first."""

ALL = 2**31


def _select_ranking() -> Select[int, str | None, int | None]:
    """Return the SELECT of each language's most read editions, among the most read ones of all.

    It looks at the views of the span alone, however large the archive is. Its rows are how many
    editions it looked at, and language and id of one, or None where there is none.
    """
    # As an expression, or SQLite would group by an index, through the views of all times.
    edition_id = (View.edition_id + literal_column("0")).label("edition_id")
    read = (
        select(edition_id, func.sum(View.count).label("readings"))
        .where(View.hour > bindparam("since", type_=View.hour.type))
        .group_by(edition_id)
        .order_by(desc("readings"), desc("edition_id"))
        .limit(bindparam("most"))
        .cte()
    )
    most_first = read.c.readings.desc(), Edition.id.desc()
    place = func.row_number().over(partition_by=Edition.language, order_by=most_first)
    placed = (
        select(Edition.id, Edition.language, place.label("place"))
        .join(read, read.c.edition_id == Edition.id)
        .where(Edition.is_public(NOW))
        .subquery()
    )
    looked_at = select(func.count().label("editions")).select_from(read).subquery()
    return (
        select(looked_at.c.editions, placed.c.language, placed.c.id)
        .select_from(looked_at.outerjoin(placed, placed.c.place <= RANKED))
        .order_by(placed.c.place)
    )


RANKING = _select_ranking()


def rank(
    read: ReadConnection,
    language: Language,
    now: datetime,
    span: timedelta,
    keep: Keep = make_anew,
) -> list[int]:
    """Return the ids of a span's most read editions, most read first; one SELECT as a rule.

    It looks at the views of the span, and is kept for a while whatever is published, for all
    languages: to add up the views takes longer than all else.
    """
    ids = list[int]()
    for most in (FIRST, ALL):  # the second time where few read the language
        looked_at, ranked = keep(
            partial(_rank, read, now, now - span, most),
            "ranking",
            span,
            most,
            seconds=HALF_MINUTE,
            fresh=False,
            of_language=False,
        )
        ids = ranked.get(language.tag, [])
        if len(ids) == RANKED or looked_at < most:
            break
    return ids


def load_popular(
    read: ReadConnection,
    language: Language,
    now: datetime,
    span: timedelta,
    keep: Keep = make_anew,
) -> tuple[Card, ...]:
    """Return the most read editions of a span, most read first; two SELECTs as a rule."""
    ranked = rank(read, language, now, span, keep)
    return load_ranked(read, language, now, ranked, keep)


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


def _rank(
    read: ReadConnection, now: datetime, since: datetime, most: int
) -> tuple[int, dict[str, list[int]]]:
    """Return at how many editions it looked, and ids of those most read, by language."""
    ranked = defaultdict[str, list[int]](list)
    rows = read.fetch(RANKING, {"now": now, "since": since, "most": most})
    for row in rows:
        if row.id is not None:
            ranked[row.language].append(row.id)
    return rows[0].editions, dict(ranked)
