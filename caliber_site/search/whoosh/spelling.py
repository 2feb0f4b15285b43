"""Spelling: the words of an index that are a slip or two away from one that was typed."""

from collections import Counter

from rapidfuzz.distance import OSA

from caliber_site.search.whoosh.snapshot import Snapshot

LONG = 6
"""Letters from which on a word may have two slips."""


def list_nearest(snapshot: Snapshot, word: str, limit: int) -> list[tuple[str, int]]:
    """Return the words nearest to one, then the commonest, with the number of documents of each.

    A slip is a letter too many, too few or wrong, or two neighbours that changed places.
    """
    most = 2 if len(word) >= LONG else 1
    found: Counter[str] = Counter()
    slips: dict[str, int] = {}
    for tier in snapshot.tiers:
        for number in tier.words.resemble(word, most):
            other = tier.words.word(number)
            if other not in slips:
                slips[other] = OSA.distance(word, other, score_cutoff=most)
            if 0 < slips[other] <= most:
                found[other] += tier.words.documents(number, number + 1).item()
    near = sorted(found, key=lambda other: (slips[other], -found[other], other))
    return [(other, found[other]) for other in near[:limit]]
