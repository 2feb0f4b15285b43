"""Rescue: what a query that finds little may have been meant to say."""

from collections.abc import Iterator
from itertools import islice

from caliber_site.languages import Language
from caliber_site.search.query import LONGEST_QUERY
from caliber_site.search.rescue.layouts import layouts
from caliber_site.search.rescue.lookups import Lookups
from caliber_site.search.rescue.operators import without_operators
from caliber_site.search.rescue.respelling import Kind, Respelling
from caliber_site.search.rescue.scripts import other_language
from caliber_site.search.rescue.spelling import corrections
from caliber_site.search.rescue.transliteration import transliterations
from caliber_site.search.vocabulary import Vocabulary

__all__ = [
    "WELL",
    "Kind",
    "Respelling",
    "other_language",
    "respellings",
    "without_operators",
]

MOST_RESPELLINGS = 6
WELL = 0.75
"""The share that other letters must make known to be tried before corrections."""

MOST_LOOKUPS, MOST_LIVE_LOOKUPS = 300, 200


def respellings(
    text: str, language: Language, vocabulary: Vocabulary, *, live: bool = False
) -> Iterator[Respelling]:
    """Yield other spellings of a query whose words the vocabulary knows, likeliest first.

    Operators, quotes and known words stay. Each costs a bounded number of look-ups, and only
    when it is asked for.

    Args:
        text: The query; what is beyond `LONGEST_QUERY` is left out.
        language: Of the page and the vocabulary.
        vocabulary: The words of the index.
        live: The last word is still being typed: any word that begins so will do, and nothing is
            taken for misspelt.
    """
    text = text[:LONGEST_QUERY]
    lookups = Lookups(vocabulary, MOST_LIVE_LOOKUPS if live else MOST_LOOKUPS)
    ways = _list_ways(text, language, lookups, live=live)
    yield from islice(_distinct(text, ways), MOST_RESPELLINGS)


def _list_ways(
    text: str, language: Language, lookups: Lookups, *, live: bool
) -> Iterator[Respelling]:
    letters = []
    for way in layouts(text, language, lookups, live=live):
        if way.known == 1:
            yield way
        letters.append(way)
    letters += transliterations(text, language, lookups, live=live)
    letters.sort(key=lambda way: (-way.known, way.kind == "layout"))
    yield from (way for way in letters if way.known >= WELL)
    if not live:
        yield from corrections(text, lookups)
    yield from (way for way in letters if way.known < WELL)


def _distinct(text: str, ways: Iterator[Respelling]) -> Iterator[Respelling]:
    seen = {text}
    for way in ways:
        if way.text not in seen:
            seen.add(way.text)
            yield way
