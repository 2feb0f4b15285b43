"""Distribution: over which sections, authors and days the editions are that a query finds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

from caliber_site.models.base import UtcTime
from caliber_site.search.facets import Facets
from caliber_site.search.postgres.wording import Wording, Words

MOST = 3000
"""The newest editions that are counted."""

LIST = (
    text("""
SELECT section, author, published_at FROM search_document
WHERE words @@ CAST(:wide AS tsquery) AND language = :language
    AND published_at >= :earliest AND published_at <= :latest
ORDER BY published_at DESC, edition_id DESC LIMIT :most
""")
    .bindparams(bindparam("earliest", type_=UtcTime()), bindparam("latest", type_=UtcTime()))
    .columns(published_at=UtcTime())
)


def count(connection: Connection, words: Words, zone: tzinfo) -> Facets:
    """Return how many of what a query finds is in each section, by each author, of when.

    Args:
        connection: One of `connection.open_pool`.
        words: The query.
        zone: The paper's time zone.
    """
    wording = words.every(MOST)
    rows = _list(connection, words, wording)
    if not rows and len(words.sought) > 1:
        wording = words.some(MOST)
        rows = _list(connection, words, wording)
    days = Counter(row.published_at.astimezone(zone).date() for row in rows)
    years = Counter(row.published_at.astimezone(zone).year for row in rows)
    return Facets(
        _largest(row.section for row in rows),
        _largest(row.author for row in rows if row.author),
        sorted(years.items(), reverse=True),
        sorted(days.items()),
        about=wording.bounded or len(rows) == MOST,
    )


def _list(
    connection: Connection, words: Words, wording: Wording
) -> Sequence[Row[*tuple[Any, ...]]]:
    options = {
        "wide": wording.query,
        "language": words.asked.language.tag,
        "earliest": words.span.earliest,
        "latest": words.span.latest,
        "most": MOST,
    }
    return connection.execute(LIST, options).all()


def _largest(values: Iterable[str]) -> list[tuple[str, int]]:
    """Return values with their numbers, the commonest first, then by the alphabet."""
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
