"""Look-ups in a vocabulary that remember their answers and end with a budget."""

from caliber_site.search.analysis import tokens
from caliber_site.search.stopwords import STOP_WORDS
from caliber_site.search.vocabulary import Vocabulary

FORM = 0.9
"""How well a word is known of which there are other forms only."""

UNSEEN = 2.5
"""What such a word costs, in e times as many editions."""

MOST_COMPLETIONS = 8
COMMON = 1_000_000
"""The weight of words that are always known: stop words and numbers."""


class Lookups:
    """A vocabulary that a query may ask only so often; later it knows nothing more.

    Attributes:
        left: How many more look-ups there may be.
    """

    def __init__(self, vocabulary: Vocabulary, most: int) -> None:
        self.left = most
        self._vocabulary = vocabulary
        self._frequencies: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._completions: dict[str, list[tuple[str, int]]] = {}

    def weigh(self, word: str, *, begun: bool = False) -> int:
        """Return in how many editions a folded word is, or any word that begins so."""
        if word in STOP_WORDS or word.replace(".", "").isdigit():
            return COMMON
        return self.begins(word) if begun else self._frequency(word)

    def weigh_text(self, text: str, *, begun: bool = False) -> int:
        """Return the weight of the rarest word of a text; the last may be begun."""
        words = list(tokens(text))
        return min(
            (self.weigh(token.word, begun=begun and token.end == len(text)) for token in words),
            default=0,
        )

    def share_known(self, text: str, *, begun: bool = False) -> float:
        """Return the share of a text's words that are known; another form counts `FORM`."""
        words = list(tokens(text))
        known = sum(
            self._know(token.word, begun=begun and token.end == len(text)) for token in words
        )
        return known / len(words) if words else 0.0

    def begins(self, prefix: str) -> int:
        """Return in how many editions the commonest word is that begins so."""
        if prefix not in self._beginnings:
            self._beginnings[prefix] = max((n for _, n in self._complete(prefix)), default=0)
        return self._beginnings[prefix]

    def has(self, word: str) -> bool:
        """Return whether a word is known in just this form; of rare forms it may not be told."""
        return any(word == known for known, _ in self._complete(word))

    def nearest(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Return the indexed words nearest in spelling."""
        return self._vocabulary.nearest(word, limit) if self._may() else []

    def _know(self, word: str, *, begun: bool) -> float:
        weight = self.weigh(word, begun=begun)
        if not weight or begun or weight == COMMON:
            return float(weight > 0)
        return 1.0 if self.has(word) else FORM

    def _frequency(self, word: str) -> int:
        if word not in self._frequencies:
            found = self._vocabulary.frequency(word) if self._may() else 0
            self._frequencies[word] = found
        return self._frequencies[word]

    def _complete(self, prefix: str) -> list[tuple[str, int]]:
        if prefix not in self._completions:
            found = self._vocabulary.complete(prefix, MOST_COMPLETIONS) if self._may() else []
            self._completions[prefix] = found
        return self._completions[prefix]

    def _may(self) -> bool:
        self.left -= 1
        return self.left >= 0
