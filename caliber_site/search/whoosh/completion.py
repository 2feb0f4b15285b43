"""Completion: the commonest words of an index that begin like what was typed."""

from collections import Counter

import numpy as np

from caliber_site.search.whoosh.snapshot import Snapshot

LAST = "\U0010ffff"
"""Comes after any letter."""


def complete(snapshot: Snapshot, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the commonest words that begin so, with the number of documents of each."""
    found: Counter[str] = Counter()
    for tier in snapshot.tiers:
        first, last = tier.words.find(prefix), tier.words.find(prefix + LAST)
        documents = tier.words.documents(first, last)
        for number in np.argsort(documents)[::-1][:limit].tolist():
            found[tier.words.word(first + number)] += documents[number].item()
    return found.most_common(limit)
