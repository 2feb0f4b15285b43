"""Distribution: over which sections, authors and days the editions are that a query finds."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

from caliber_site.models.base import UtcTime
from caliber_site.search.facets import Facets
from caliber_site.search.postgres.wording import Wording, Words

MOST = 3000
"""The newest editions that are counted."""

COUNT = text("""
WITH found AS (
    SELECT section, author, published_at, words FROM search_document
    WHERE words @@ CAST(:wide AS tsquery) AND language = :language
        AND published_at >= :earliest AND published_at <= :latest
    ORDER BY published_at DESC, edition_id DESC LIMIT :most
)
SELECT section, author,
    CAST(published_at AT TIME ZONE 'UTC' AT TIME ZONE :zone AS date) AS day, count(*) AS editions
FROM found
WHERE CAST(:phrases AS tsquery) IS NULL OR words @@ CAST(:phrases AS tsquery)
GROUP BY GROUPING SETS (section, author, day)
""").bindparams(bindparam("earliest", type_=UtcTime()), bindparam("latest", type_=UtcTime()))


def count(connection: Connection, words: Words, zone: tzinfo) -> Facets:
    """Return how many of what a query finds is in each section, by each author, of when.

    Args:
        connection: One of `connection.open_pool`.
        words: The query.
        zone: The paper's time zone.
    """
    wording = words.every(MOST)
    rows = _count(connection, words, wording, zone)
    if not rows and len(words.sought) > 1:
        wording = words.some(MOST)
        rows = _count(connection, words, wording, zone)
    days = {row.day: row.editions for row in rows if row.day}
    return Facets.gather(
        {row.section: row.editions for row in rows if row.section},
        {row.author: row.editions for row in rows if row.author},
        days,
        about=wording.bounded or sum(days.values()) == MOST,
    )


def _count(
    connection: Connection, words: Words, wording: Wording, zone: tzinfo
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return rows of a section, an author or a day, with the number of editions of each."""
    options = {
        "wide": wording.query,
        "language": words.asked.language.tag,
        "earliest": words.span.earliest,
        "latest": words.span.latest,
        "most": MOST,
        "phrases": words.phrases,
        "zone": str(zone),
    }
    return connection.execute(COUNT, options).all()
