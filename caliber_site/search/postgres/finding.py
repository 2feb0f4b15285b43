"""Finding: the editions that may be shown, with all that ranks them; one SELECT."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from caliber_site.models.base import UtcTime
from caliber_site.search.postgres.wording import Words

WEIGHTS = [0.45, 0.6, 0.62, 0.85]
"""What a place counts in the body, in tags and author, in the lead and in the title."""

MOST_PLACED = 6
"""Words of a query that are looked at for standing near each other: the most telling ones."""

MOST_TITLES = 300

# Two sources by words and one by titles. The vector of an edition is unpacked once: deleting a
# lexeme that it does not have is the cheapest expression whose value is the unpacked vector.
FIND = (
    text("""
WITH fitting AS (
    (SELECT edition_id, published_at, 1 AS source FROM search_document
     WHERE words @@ CAST(:wide AS tsquery) AND language = :language
        AND published_at >= :earliest AND published_at <= :latest
     ORDER BY published_at DESC, edition_id DESC LIMIT :looked_at)
    UNION ALL
    (SELECT edition_id, published_at, 2 FROM search_document
     WHERE words @@ CAST(:narrow AS tsquery) AND language = :language
        AND published_at >= :earliest AND published_at <= :latest
     ORDER BY published_at DESC, edition_id DESC LIMIT :most_titles)
    UNION ALL
    (SELECT edition_id, published_at, 3 FROM search_document
     WHERE title @@ CAST(:titles AS tsquery) AND language = :language
        AND published_at >= :earliest AND published_at <= :latest
        AND (CAST(:limits AS tsquery) IS NULL OR words @@ CAST(:limits AS tsquery))
     ORDER BY published_at DESC, edition_id DESC LIMIT :most_titles)
), found AS MATERIALIZED (
    SELECT edition_id, min(source) AS source FROM fitting GROUP BY edition_id
)
SELECT edition_id, source, published_at, title_length,
    ARRAY(SELECT coalesce(ts_rank(CAST(:weights AS real[]), whole.words, word), 0)
        FROM unnest(CAST(:sought AS tsquery[])) AS word) AS ranks,
    ARRAY(SELECT title @@ word FROM unnest(CAST(:sought AS tsquery[])) AS word) AS titled,
    length(whole.words) AS length,
    ARRAY(SELECT coalesce(strpos(whole.forms, form) > 0, false)
        FROM unnest(CAST(:forms AS text[])) AS form) AS exact,
    coalesce(ts_rank_cd('{1, 1, 1, 1}', whole.words, CAST(:together AS tsquery)), 0) AS near,
    (SELECT count(*) FROM fitting WHERE source = 1) AS looked_at,
    (SELECT min(published_at) FROM fitting WHERE source = 1) AS oldest
FROM found JOIN search_document USING (edition_id)
CROSS JOIN LATERAL (
    SELECT CASE WHEN :ranked THEN ts_delete(search_document.words, '') END AS words,
        CASE WHEN :ranked AND NOT :live THEN search_document.forms || '' END AS forms OFFSET 0
) AS whole
WHERE CAST(:phrases AS tsquery) IS NULL OR whole.words @@ CAST(:phrases AS tsquery)
ORDER BY source, published_at DESC LIMIT :most
""")
    .bindparams(bindparam("earliest", type_=UtcTime()), bindparam("latest", type_=UtcTime()))
    .columns(published_at=UtcTime(), oldest=UtcTime())
)


class Found(NamedTuple):
    """An edition that may be shown.

    Attributes:
        source: 1 if it is of the newest that fit, more if it is an older one that fits well.
        title_length: Words of its title that tell something.
        ranks: How much it is about each word of the query, from 0 to 1, divided by the number of
            the word's lemmas.
        titled: Whether its title has each word.
        length: How many different words it has, about; None where it is not ranked.
        exact: Whether it has each word as it was typed; in the live box that is not looked at.
        near: How near the words stand in it; 1 and more if they follow each other.
    """

    edition_id: int
    source: int
    published_at: datetime
    title_length: int
    ranks: list[float]
    titled: list[bool]
    length: int | None
    exact: list[bool]
    near: float


@dataclass(frozen=True, slots=True)
class Haul:
    """What a look at the index brought.

    Attributes:
        found: The editions, the newest that fit first.
        full: Whether so many fit that older ones were not looked at.
        oldest: When the oldest of the newest that were looked at was published; None without any.
    """

    found: list[Found]
    full: bool
    oldest: datetime | None


def find(connection: Connection, words: Words, wide: str | None, most: int, *, every: bool) -> Haul:
    """Return the newest editions that fit, and older ones that fit well.

    Args:
        connection: One of `connection.open_pool`.
        words: What is sought.
        wide: The query for the newest ones.
        most: How many of them at most; of these only those with the phrases are returned.
        every: Whether they have all words, which a wider query does not ask for.
    """
    ranked = words.asked.sort == "relevance" or not every or words.phrases is not None
    result = connection.execute(
        FIND,
        {
            "language": words.asked.language.tag,
            "earliest": words.span.earliest,
            "latest": words.span.latest,
            "wide": wide,
            "narrow": None if every else words.every(MOST_TITLES).query,
            "titles": words.titles() if ranked else None,
            "limits": words.limits,
            "looked_at": most,
            "most": most + 2 * MOST_TITLES,
            "most_titles": min(most, MOST_TITLES),
            "phrases": words.phrases,
            "ranked": ranked,
            "live": words.asked.live,
            "weights": WEIGHTS,
            "sought": [word.query for word in words.sought],
            "forms": [word.typed and f" {word.typed} " for word in words.sought],
            "together": words.together(MOST_PLACED),
        },
    )
    rows = result.all()
    if not rows:
        return Haul([], full=False, oldest=None)
    found = [Found(*row[:-2]) for row in rows]
    return Haul(found, rows[0].looked_at == most, rows[0].oldest)
