"""Searching: a page of results from a snapshot."""

from dataclasses import replace

from caliber_site.search.query import Hit, Query, Results
from caliber_site.search.whoosh.ranking import rank
from caliber_site.search.whoosh.snapshot import Snapshot
from caliber_site.search.whoosh.walk import Walker

REACHABLE = 1000
"""Results that can be paged through: nobody reads further, and sorting all would cost."""


def search(snapshot: Snapshot, asked: Query, half_life: float) -> Results:
    """Return a page of results.

    Args:
        snapshot: The index.
        asked: The query.
        half_life: Days after which an edition has lost half of what being new gives it.
    """
    walker = Walker(snapshot, asked)
    walk = walker.walk()
    if not walk.found:
        return Results()
    count = sum(len(found.numbers) for found in walk.found)
    pages = max(1, -(-min(count, REACHABLE) // asked.size))
    page = min(max(1, asked.page), pages)
    found = rank(snapshot, walk.found, walker.words, replace(asked, page=page), half_life)
    shown = found.take(slice((page - 1) * asked.size, None))
    hits = [
        Hit(int(snapshot.tiers[position].numbers["id"][number]), float(score))
        for position, number, score in zip(
            shown.positions, shown.numbers, shown.scores, strict=True
        )
    ]
    return Results(hits, walk.total, page, pages, walk.all_words, about=walk.share < 1)
