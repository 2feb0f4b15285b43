"""Searching: a page of results from a snapshot."""

from dataclasses import replace

from caliber_site.search.query import Hit, Query, Results
from caliber_site.search.whoosh.ranking import list_places, rank
from caliber_site.search.whoosh.schema import TEXT
from caliber_site.search.whoosh.snapshot import Snapshot
from caliber_site.search.whoosh.terms import find_places
from caliber_site.search.whoosh.walk import walk

REACHABLE = 1000
"""Results that can be paged through: nobody reads further, and sorting all would cost."""


def search(snapshot: Snapshot, asked: Query, half_life: float) -> Results:
    """Return a page of results.

    Args:
        snapshot: The index.
        asked: The query.
        half_life: Days after which an edition has lost half of what being new gives it.
    """
    words, walked = walk(snapshot, asked)
    if not walked.found:
        return Results()
    count = sum(len(found.numbers) for found in walked.found)
    pages = max(1, -(-min(count, REACHABLE) // asked.size))
    page = min(max(1, asked.page), pages)
    found = rank(snapshot, walked.found, words, replace(asked, page=page), half_life)
    shown = found.take(slice((page - 1) * asked.size, None))
    # Marked are all words, those too that tell little.
    terms = [find_places(snapshot, TEXT, term.lemmas) for term in asked.words.terms]
    places = [None] * len(shown.numbers) if asked.live else list_places(snapshot, shown, terms)
    hits = [
        Hit(int(snapshot.tiers[position].numbers["id"][number]), float(score), spots)
        for position, number, score, spots in zip(
            shown.positions, shown.numbers, shown.scores, places, strict=True
        )
    ]
    return Results(hits, walked.total, page, pages, walked.all_words, about=walked.share < 1)
