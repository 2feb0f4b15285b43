"""A snapshot: an index as it was after one commit, for any number of threads."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from caliber_site.search.whoosh.codec import Entry
from caliber_site.search.whoosh.commits import list_files, read_commit
from caliber_site.search.whoosh.tier import Tier

MOST_REMEMBERED = 1500
"""Words whose places in the tiers are remembered: looking them up takes longer than reading."""


class Snapshot:
    """One commit of a build.

    Attributes:
        build: The build.
        key: The build and the number of the commit.
        tiers: The open segments, newest first.
        documents: How many documents there are.
        last_walk: What was asked last, and what was found.
    """

    def __init__(self, build: Path, tiers: Sequence[Tier], generation: int) -> None:
        self.build = build
        self.key = (build, generation)
        self.tiers = sorted(tiers, key=lambda tier: -tier.newest)
        self.documents = sum(
            tier.count if tier.alive is None else int(tier.alive.sum()) for tier in tiers
        )
        self.last_walk: tuple[object, Any] = (None, None)
        # Made for each search, their names would be interned anew each time: Python's table of such
        # strings grows by those that are gone, too, until it is copied to a larger one.
        self._files = list_files(build, generation)
        self._found: dict[tuple[str, str], tuple[Entry | None, ...]] = {}

    def is_last_of(self, build: Path) -> bool:
        """Return whether it is still the last commit of a build: without listing the folder.

        The next one is there before this one is deleted.
        """
        this, later = self._files
        return build == self.build and this.exists() and not later.exists()

    def find(self, field: str, word: str) -> tuple[Entry | None, ...]:
        """Return where a word's postings are in each tier."""
        found = self._found.get((field, word))
        if found is None:
            found = tuple(tier.find(field, word) for tier in self.tiers)
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            self._found[field, word] = found
        return found

    def next_due(self, now: datetime) -> float:
        """Return when the next scheduled edition is published, in seconds since 1970."""
        at = now.timestamp()
        ahead = [tier.times[tier.times > at] for tier in self.tiers if tier.newest > at]
        return min((float(np.min(times)) for times in ahead), default=np.inf)


def open_snapshot(build: Path, before: Snapshot | None) -> Snapshot:
    """Open a build's last commit, with the segments that an older snapshot has open already."""
    made = read_commit(build)
    known = {tier.segment: tier for tier in before.tiers} if before else {}
    tiers = [
        (known.get(segment) or Tier(build, segment)).without(tuple(segment.deleted_docs()))
        for segment in made.segments
    ]
    return Snapshot(build, tiers, made.generation)
