"""The little syntax of queries: "phrases", -words, author:, section: and tag:.

Everything else is plain text, and nothing that is typed is an error.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from caliber_site.search.analysis import Token, tokens

Place = Literal["author", "section", "tags"]

PLACES: dict[str, Place] = {"author": "author", "section": "section", "tag": "tags"}
OPEN, CLOSE = '"“”„«»', '"“”«»'
PART = re.compile(
    rf"(?P<minus>(?<!\S)[-−–](?=\w))?"
    rf"(?:(?<!\S)(?P<place>{'|'.join(PLACES)}):(?=[\w{OPEN}]))?"
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
