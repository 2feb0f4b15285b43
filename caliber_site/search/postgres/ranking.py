"""Ranking: how well an edition fits a query."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from caliber_site.search.postgres.finding import Found
from caliber_site.search.postgres.sought import Sought
from caliber_site.search.weights import DAY, EXACT, FRESH, NEAR, PART_OF_TITLE, TITLE_ITSELF

IN_TITLE = 0.3
"""What a word counts in addition that stands with all the others in a long title: in a shorter one
it is more, up to `TITLE_ITSELF`."""

USUAL = 200
"""Different words of a usual edition."""

SHORT = 0.3
"""What a word counts more in a far shorter edition, and less in a far longer one."""


class Fit(NamedTuple):
    """An edition and how well it fits.

    Attributes:
        told: The rarities of the words that it has, together.
    """

    found: Found
    score: float
    told: float


def weigh(
    found: Iterable[Found], sought: Sequence[Sought], now: datetime, half_life: float
) -> list[Fit]:
    """Return the editions with their scores.

    Args:
        found: The editions.
        sought: The words of the query.
        now: The present moment.
        half_life: Days after which an edition has lost half of what being new gives it.
    """
    return [_weigh(edition, sought, now, half_life) for edition in found]


def _weigh(found: Found, sought: Sequence[Sought], now: datetime, half_life: float) -> Fit:
    score = told = in_title = 0.0
    met = 0
    length = USUAL if found.length is None else found.length
    brief = 1 + SHORT * (USUAL - length) / (USUAL + length)
    looked_at = zip(sought, found.ranks, found.titled, found.exact, strict=True)
    for word, part, titled, exact in looked_at:
        rank = brief * min(part * len(word.lemmas), 1)
        told += word.rarity if rank else 0
        score += word.rarity * (rank + EXACT * exact)
        if titled:
            in_title += word.rarity
            met += 1
    whole = PART_OF_TITLE
    if met == len(sought):
        whole = IN_TITLE + (TITLE_ITSELF - IN_TITLE) * min(met / max(found.title_length, 1), 1)
    score = (score + in_title * whole) * (1 + NEAR * min(found.near, 1))
    age = max((now - found.published_at).total_seconds(), 0) / (DAY * half_life)
    return Fit(found, score * (1 + FRESH * 0.5**age), told)
