"""Matches: which documents fit a query and its filters, and how they sort."""

from typing import Any, NamedTuple

from caliber_site.search.query import Query


class Match(NamedTuple):
    """A document that fits; matches sort by their first two parts."""

    first: float
    second: float
    edition_id: int
    score: float


def collect(searcher: Any, wanted: Any, asked: Query) -> list[Match]:
    """Return every document that fits and is public; filters are read from columns."""
    latest = int(asked.now.timestamp())
    if asked.date_to:
        latest = min(latest, int(asked.date_to.timestamp()) - 1)
    earliest = int(asked.date_from.timestamp()) if asked.date_from else None
    section = asked.section.encode() if asked.section else None
    context = searcher.context()
    found = []
    for leaf, _ in searcher.leaf_searchers():
        if not leaf.doc_count_all():
            continue
        reader = leaf.reader()
        ids, times = reader.column_reader("id"), reader.column_reader("published_at")
        sections = reader.column_reader("section")
        matcher = wanted.matcher(leaf, context)
        while matcher.is_active():
            number = matcher.id()
            time = times[number]
            if (
                time <= latest
                and (earliest is None or time >= earliest)
                and (section is None or sections[number] == section)
            ):
                score = matcher.score()
                first, second = (time, score) if asked.sort == "newest" else (score, time)
                found.append(Match(first, second, ids[number], score))
            matcher.next()
    return found
