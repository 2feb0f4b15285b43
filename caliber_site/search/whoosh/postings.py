"""Postings: which documents have a word, how much they are about it, and at which places."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.uint16]
"""Numbers of documents within a segment, ascending."""

Weights = npt.NDArray[np.uint8]

MOST_DOCUMENTS = 65_536
"""Documents in a segment: their numbers fit two bytes."""

MOST_COUNTED = 255
"""Places of a word in one document that are kept."""

LAST_PLACE = 65_000
"""Words further down have no place: no phrase is found there."""


class Postings(NamedTuple):
    """A word's postings in the field that has places.

    Attributes:
        ids: The documents.
        weights: How much each is about the word, from 1 to 255.
        counts: How many places of each are kept.
        places: The places, document by document, ascending within one.
    """

    ids: Ids
    weights: Weights
    counts: npt.NDArray[np.uint8]
    places: npt.NDArray[np.uint16]


def decode_ids(data: bytes, documents: int) -> Ids:
    """Read the documents of postings."""
    return np.frombuffer(data, np.uint16, documents)


def decode_weights(data: bytes, documents: int) -> Weights:
    """Read the weights of postings."""
    return np.frombuffer(data, np.uint8, documents, 2 * documents)


def decode(data: bytes, documents: int) -> Postings:
    """Read postings with all that they have."""
    return Postings(
        decode_ids(data, documents),
        decode_weights(data, documents),
        np.frombuffer(data, np.uint8, documents, 3 * documents),
        np.frombuffer(data, np.uint16, -1, 4 * documents),
    )
