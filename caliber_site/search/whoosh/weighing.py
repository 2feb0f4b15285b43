"""Weighing: how much a document is about a word, decided when it is indexed.

As BM25F has it: places in the title count more than in the lead, and those more than in the body;
each further place counts less, and so does a place in a longer text. What it compares lengths with
is fixed, so that a document weighs the same in every segment, whatever is merged.
"""

from collections.abc import Iterable
from typing import NamedTuple

from caliber_site.search.queries import Document

SATURATION = 1.2
"""Weight of places at which a word has half of the most that it can have."""

HEAVIEST = 255


class Part(NamedTuple):
    """A part of a document.

    Attributes:
        name: Which attribute of a `Document` it is.
        boost: What a place in it weighs.
        usual: Its usual length in words.
        slope: How much its length matters, from 0 to 1.
    """

    name: str
    boost: float
    usual: int
    slope: float

    def weigh(self, length: int) -> float:
        """Return what a place weighs if this part has so many words."""
        return self.boost / (1 - self.slope + self.slope * length / self.usual)

    def read(self, document: Document) -> str:
        """Return the text of this part."""
        text: str = getattr(document, self.name)
        return text


PARTS = (
    Part("title", 6.0, 8, 0.3),
    Part("lead", 2.0, 20, 0.3),
    Part("body", 1.0, 300, 0.6),
    Part("tags", 2.0, 4, 0.3),
    Part("author", 2.0, 2, 0.3),
)


def saturate(weights: Iterable[float]) -> bytes:
    """Return how much a document is about words, from 1 to `HEAVIEST`, by what places weigh."""
    return bytes(max(1, round(HEAVIEST * weight / (weight + SATURATION))) for weight in weights)
