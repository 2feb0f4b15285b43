"""The little syntax of queries: "phrases", -words, -"phrases", author:, section: and tag:.

The three words may be Russian or Armenian too. Everything else is plain text, and nothing that is
typed is an error.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from caliber_site.search.analysis import Token, tokens

Place = Literal["author", "section", "tags"]

PLACE_WORDS: dict[str, dict[Place, str]] = {
    "en": {"author": "author", "section": "section", "tags": "tag"},
    "ru": {"author": "автор", "section": "рубрика", "tags": "тег"},
    "hy": {"author": "հեղինակ", "section": "բաժին", "tags": "պիտակ"},
}
"""What stands before the colon, by tag of the language; each is understood in all of them."""

PLACES = {word: place for words in PLACE_WORDS.values() for place, word in words.items()}
OPEN, CLOSE = '"“”„«»', '"“”«»'
PART = re.compile(
    rf"(?P<minus>(?<!\S)[-−–](?=[\w{OPEN}]))?"
    rf"(?:(?<!\S)(?P<place>{'|'.join(PLACES)})[:։](?=[\w{OPEN}]))?"
    rf"(?:[{OPEN}](?P<phrase>[^{OPEN}]+)[{CLOSE}]|(?P<plain>[^\s{OPEN}]+))",
    re.IGNORECASE,
)


class Part(NamedTuple):
    """A part of a query.

    Attributes:
        words: Its words, with their places in the query.
        place: Where alone they count; None for the whole edition.
        phrase: Whether they were in quotes and must follow each other.
        excluded: Whether editions that have them are left out.
    """

    words: tuple[Token, ...]
    place: Place | None
    phrase: bool
    excluded: bool


def parts(text: str) -> Iterator[Part]:
    """Yield the parts of a query that have words."""
    for found in PART.finditer(text):
        group = "plain" if found["phrase"] is None else "phrase"
        start = found.start(group)
        words = tuple(
            token._replace(start=start + token.start, end=start + token.end)
            for token in tokens(found[group])
        )
        if words:
            place = PLACES[found["place"].lower()] if found["place"] else None
            yield Part(words, place, group == "phrase", found["minus"] is not None)
