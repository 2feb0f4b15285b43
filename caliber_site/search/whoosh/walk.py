"""The walk through the tiers, newest first, until there is enough."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from caliber_site.search.query import Query
from caliber_site.search.weights import LONG, TELLING
from caliber_site.search.whoosh.limits import Limits
from caliber_site.search.whoosh.matching import Matches, match, match_titles
from caliber_site.search.whoosh.nearness import have_phrase
from caliber_site.search.whoosh.snapshot import Snapshot
from caliber_site.search.whoosh.terms import Sought, count_documents, find_phrase, list_sought

ENOUGH = 3000
"""Documents that fit, after which only the titles of older ones are looked at."""

MOST_PLACES = 200_000
"""Places of words in which phrases are looked for; after that in titles only."""


@dataclass(slots=True)
class Walk:
    """What a walk found.

    Attributes:
        matches: Documents of the tiers that were searched.
        titled: Documents of older tiers, in which only titles were looked at.
        all_words: Whether a document has all words of the query.
        share: Which part of the documents with these words is in the tiers that were searched.
    """

    matches: list[Matches] = field(default_factory=list)
    titled: list[Matches] = field(default_factory=list)
    all_words: bool = True
    share: float = 1.0

    @property
    def found(self) -> list[Matches]:
        """Return all that was found, tier by tier."""
        return self.matches + self.titled

    @property
    def total(self) -> int:
        """Return how many documents there are to be found; an estimate if `share` is below 1."""
        return max(round(_count(self.matches) / self.share), _count(self.found))

    @property
    def least(self) -> float:
        """Return how much words must tell of what the best document's words do."""
        return TELLING * max((float(found.told.max()) for found in self.matches), default=0.0)

    def keep_telling(self) -> None:
        """Leave out the documents whose words tell little, compared with the best one's."""
        kept = [found.keep(found.told >= self.least) for found in self.matches]
        self.matches = [found for found in kept if len(found.numbers)]


def walk(snapshot: Snapshot, asked: Query) -> tuple[list[Sought], Walk]:
    """Return the words of a query as the index has them, and the documents that fit.

    The facets of a page need the documents that its results just did, whatever their order: the
    last walk is remembered.
    """
    key = (asked.text, asked.live, asked.now, asked.section, asked.date_from, asked.date_to)
    found: tuple[list[Sought], Walk]
    last, found = snapshot.last_walk
    if last != key:
        walker = Walker(snapshot, asked)
        found = (walker.words, walker.walk())
        snapshot.last_walk = (key, found)
    return found


def _count(matches: Iterable[Matches]) -> int:
    return sum(len(found.numbers) for found in matches)


class Walker:
    """A query on its way through the tiers of a snapshot."""

    def __init__(self, snapshot: Snapshot, asked: Query) -> None:
        self.words = list_sought(snapshot, asked.words)
        self._snapshot = snapshot
        self._limits = Limits(snapshot, asked)
        self._phrases = [find_phrase(snapshot, phrase) for phrase in asked.words.phrases]
        self._places = 0

    def walk(self) -> Walk:
        """Return the documents that have all words or, if there are none, some."""
        found = Walk() if len(self.words) > LONG else self._walk(every=True)
        if found.found or len(self.words) <= 1:
            return found
        found = self._walk(every=False)
        wanted = sum(word.rarity for word in self.words)
        found.all_words = any(np.any(part.told > 0.999 * wanted) for part in found.found)
        return found

    def _walk(self, *, every: bool) -> Walk:
        walk, seen = Walk(), []
        for position, tier in enumerate(self._snapshot.tiers):
            if self._limits.exclude(tier):
                seen.append(position)
                continue
            titles = _count(walk.matches) >= ENOUGH or self._exhaust(position)
            if not titles:
                seen.append(position)
            least = None if every else walk.least
            found = self._match(position, titles=titles, least=least)
            if found and len(found.numbers):
                (walk.titled if titles else walk.matches).append(found)
                if not every:
                    walk.keep_telling()
        walk.share = self._measure(seen)
        return walk

    def _match(self, position: int, *, titles: bool, least: float | None) -> Matches | None:
        tier = self._snapshot.tiers[position]
        if least is None and not all(word.text[position] for word in self.words):
            return None
        mask = self._limits.mask(tier, position)
        found = (
            match_titles(tier, position, self.words, mask)
            if titles
            else match(tier, position, self.words, mask, least)
        )
        for phrase in self._phrases:
            words = [places[position] for places in phrase]
            found = found.keep(have_phrase(tier, words, found.numbers))
        return found

    def _exhaust(self, position: int) -> bool:
        """Return whether looking for the phrases in a tier too would take too long."""
        words = [places[position] for phrase in self._phrases for places in phrase]
        self._places += sum(entry.places for entries in words for entry in entries)
        return position > 0 and self._places > MOST_PLACES

    def _measure(self, seen: list[int]) -> float:
        known = [word for word in self.words if count_documents(word.text)]
        if not known or len(seen) == len(self._snapshot.tiers):
            return 1.0
        rarest = max(known, key=lambda word: word.rarity).text
        return count_documents(tuple(rarest[n] for n in seen)) / count_documents(rarest)
