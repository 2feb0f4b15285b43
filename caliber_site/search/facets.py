"""Facets: how many of the editions that were found are in each section, by each author, of when."""

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
