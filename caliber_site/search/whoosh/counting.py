"""Counting: what was found by section, author, year and day."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from caliber_site.search.facets import Facets
from caliber_site.search.query import Query
from caliber_site.search.whoosh.matching import Matches
from caliber_site.search.whoosh.snapshot import Snapshot
from caliber_site.search.whoosh.walk import walk


def count_facets(snapshot: Snapshot, asked: Query, zone: tzinfo) -> Facets:
    """Return the facets of a query; days are those of a time zone."""
    _, walked = walk(snapshot, asked)
    return Facets.gather(
        _count_names(snapshot, walked.found, "section_slug"),
        _count_names(snapshot, walked.found, "author_slug"),
        _count_days(snapshot, walked.found, zone),
        about=walked.share < 1,
    )


def _count_names(snapshot: Snapshot, matches: Iterable[Matches], column: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for found in matches:
        numbers, names = snapshot.tiers[found.position].names[column]
        counted = np.bincount(numbers[found.numbers], minlength=len(names)).tolist()
        counts.update({name: n for name, n in zip(names, counted, strict=True) if name and n})
    return counts


def _count_days(snapshot: Snapshot, matches: Iterable[Matches], zone: tzinfo) -> dict[date, int]:
    times = [snapshot.tiers[found.position].times[found.numbers] for found in matches]
    if not times:
        return {}
    found = np.concatenate(times)
    first, last = (datetime.fromtimestamp(int(end), zone) for end in (found.min(), found.max()))
    starts = np.concatenate([_days(year, zone) for year in range(first.year, last.year + 1)])
    counts = np.bincount(np.searchsorted(starts, found, "right") - 1)
    new_year = date(first.year, 1, 1)
    return {new_year + timedelta(n): int(counts[n]) for n in np.flatnonzero(counts).tolist()}


@lru_cache(maxsize=64)
def _days(year: int, zone: tzinfo) -> npt.NDArray[np.int64]:
    """Return when the days of a year begin."""
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days
    midnights = (datetime.combine(first + timedelta(n), time(), zone) for n in range(days))
    return np.array([midnight.timestamp() for midnight in midnights], np.int64)
