"""A vocabulary of a few sentences, in memory."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from caliber_site.search.analysis import tokens
from caliber_site.search.lemmas import lemmas


class WordList:
    """Knows the words of texts, each an edition; counts how often it is asked."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.asked = 0
        self._words: Counter[str] = Counter()
        self._editions: dict[str, set[int]] = defaultdict(set)
        for number, text in enumerate(texts):
            found = {token.word: token.lemmas for token in tokens(text)}
            self._words.update(found.keys())
            for lemma in {lemma for forms in found.values() for lemma in forms}:
                self._editions[lemma].add(number)

    def frequency(self, word: str) -> int:
        self.asked += 1
        return len({number for lemma in lemmas(word) for number in self._editions.get(lemma, ())})

    def complete(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        self.asked += 1
        return [pair for pair in self._words.most_common() if pair[0].startswith(prefix)][:limit]

    def nearest(self, word: str, limit: int) -> list[tuple[str, int]]:
        self.asked += 1
        most = 2 if len(word) >= 6 else 1
        far = {known: _distance(word, known) for known in self._words}
        near = [pair for pair in self._words.items() if far[pair[0]] <= most]
        return sorted(near, key=lambda pair: (far[pair[0]], -pair[1]))[:limit]


def _distance(one: str, other: str) -> int:
    """Return how many letters must be changed, added or left out."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row = row, [i]
        for j, wanted in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted)))
    return row[-1]
