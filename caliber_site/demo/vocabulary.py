"""Words for synthetic texts: real ones and made-up ones, as often as Zipf's law has it."""

from functools import cache
from itertools import accumulate
from random import Random

from caliber_site.demo.content import Table, read_synthetic

SIZE = 20_000
FLATTENING = 2.7  # Mandelbrot's: the commonest words are less apart than 1, 1/2, 1/3


class Vocabulary:
    """The words of one language, commonest first.

    Attributes:
        stop: What ends a sentence.
    """

    def __init__(self, source: Table) -> None:
        self.stop: str = source["stop"]
        common = source["common"].split()
        self._words = list(dict.fromkeys([*common, *_forms(source), *_made_up(source)]))[:SIZE]
        self._topics = self._words[len(common) :]
        self._weights = list(
            accumulate(1 / (rank + FLATTENING) for rank in range(len(self._words)))
        )
        self._topic_weights = self._weights[: len(self._topics)]

    def draw(self, random: Random, count: int) -> list[str]:
        """Return so many words, the common ones often."""
        return random.choices(self._words, cum_weights=self._weights, k=count)

    def draw_topics(self, random: Random, count: int) -> list[str]:
        """Return words that a text can be about."""
        return random.choices(self._topics, cum_weights=self._topic_weights, k=count)


@cache
def load_vocabulary(tag: str) -> Vocabulary:
    """Return the words of a language."""
    return Vocabulary(read_synthetic()[tag])


def _forms(source: Table) -> list[str]:
    """Return the real words in their forms, mixed, for no form is always the commonest."""
    forms = [
        stem + ending
        for stems, endings in zip(source["stems"], source["endings"], strict=True)
        for stem in stems.split()
        for ending in endings
    ]
    Random("forms").shuffle(forms)
    return forms


def _made_up(source: Table) -> list[str]:
    random = Random("made up")
    onsets, vowels = source["onsets"].split(), source["vowels"].split()
    words: list[str] = []
    while len(words) < SIZE:
        syllables = random.choice((2, 2, 3))
        stem = "".join(
            random.choice(onsets) + random.choice(vowels) + random.choice(source["codas"])
            for _ in range(syllables)
        )
        words += [stem + ending for ending in source["formed"]]
    return words
