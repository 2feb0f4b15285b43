"""Facets: how many of the editions that were found are in each section, by each author, of when."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of what a query finds on all its pages, with all its limits.

    Attributes:
        sections: Slugs of sections with the number of editions in each, the largest first.
        authors: Slugs of authors, likewise.
        years: Years of publication in the paper's time zone, the last one first.
        days: Days of publication that have editions, the first one first.
        about: Whether older editions were left out because there are so many.
    """

    sections: list[tuple[str, int]] = field(default_factory=list)
    authors: list[tuple[str, int]] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)
    days: list[tuple[date, int]] = field(default_factory=list)
    about: bool = False

    @classmethod
    def gather(
        cls,
        sections: Mapping[str, int],
        authors: Mapping[str, int],
        days: Mapping[date, int],
        *,
        about: bool,
    ) -> "Facets":
        """Return facets of counts in any order."""
        years: Counter[int] = Counter()
        for day, number in days.items():
            years[day.year] += number
        return cls(
            _largest_first(sections),
            _largest_first(authors),
            sorted(years.items(), reverse=True),
            sorted(days.items()),
            about,
        )


def _largest_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
