"""Spaces: words that were written as one, and one word that was written as two."""

import re
from collections.abc import Iterator
from math import log

from caliber_site.search.analysis import Token
from caliber_site.search.rescue.lookups import COMMON, UNSEEN, Lookups
from caliber_site.search.rescue.respelling import Choice, Edit, like

SPACE = re.compile(r"[\s\-‐‑–֊]+")
SHORTEST_HALF = 3
LONGEST = 32

SPLIT, SMALL, JOINED = 4.5, 1.0, 1.0
"""The cost of a space too few, more if it parts a small word off, and of a space too many.

The unit is e times as many editions that have the words.
"""


def join(text: str, one: Token, other: Token, lookups: Lookups) -> Choice | None:
    """Return two neighbouring words as one; two that are known only for one in just that form."""
    word = one.word + other.word
    if not SPACE.fullmatch(text, one.end, other.start) or len(word) > LONGEST:
        return None
    weight = lookups.weigh(word)
    if not weight:
        return None
    exact = lookups.has(word)
    if not exact and lookups.weigh(one.word) and lookups.weigh(other.word):
        return None
    cost = JOINED + (0 if exact else UNSEEN) - log(weight)
    return Choice(cost, "joined", Edit(one.start, other.end, like(word, text[one.start : one.end])))


def split(text: str, token: Token, lookups: Lookups) -> Iterator[Choice]:
    """Yield a word as two that are known; a half of one or two letters must be a stop word."""
    word = token.word
    if len(word) > LONGEST:
        return
    for place in range(1, len(word)):
        halves = word[:place], word[place:]
        if not all(_may_stand(half, lookups) for half in halves):
            continue
        rarest = min(map(lookups.weigh, halves))
        if 0 < rarest < COMMON:
            both = " ".join(halves)
            doubts = SMALL * (min(map(len, halves)) < SHORTEST_HALF)
            doubts += UNSEEN * (lookups.share_known(both) < 1)
            edit = Edit(token.start, token.end, like(both, text[token.start : token.end]))
            yield Choice(SPLIT + doubts - log(rarest), "split", edit)


def _may_stand(half: str, lookups: Lookups) -> bool:
    return len(half) >= SHORTEST_HALF or lookups.weigh(half) == COMMON
