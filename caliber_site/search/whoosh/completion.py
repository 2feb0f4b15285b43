"""Completion: the commonest words of an index that begin like what was typed."""

from collections import Counter

import numpy as np

from caliber_site.search.whoosh.snapshot import Snapshot


def complete(snapshot: Snapshot, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the commonest words that begin so, with the number of documents of each."""
    found: Counter[str] = Counter()
    for tier in snapshot.tiers:
        first, last = tier.words.find_begun(prefix)
        if first == last:
            continue
        documents = tier.words.documents(first, last)
        commonest = np.argsort(documents)[::-1][:limit].tolist()
        for number, word in zip(commonest, tier.words.pick(first, last, commonest), strict=True):
            found[word] += documents[number].item()
    return found.most_common(limit)
