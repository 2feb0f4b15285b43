"""Operators: a query whose quotes or minus signs came with a text that was copied."""

from collections.abc import Iterator

from caliber_site.search.analysis import tokens
from caliber_site.search.query import LONGEST_QUERY
from caliber_site.search.rescue.respelling import Edit, Respelling, replace
from caliber_site.search.syntax import PART

LONG = 6
"""A query of more words is a sentence: what looks like a minus in it is a dash."""


def without_operators(text: str) -> Respelling | None:
    """Return the query with its phrases as plain words, and a sentence's dashes gone.

    None if it has neither; what belongs to `author:` and the like stays, and what is beyond
    `LONGEST_QUERY` is left out.
    """
    text = text[:LONGEST_QUERY]
    edits = list(_list_edits(text, sentence=sum(1 for _ in tokens(text)) > LONG))
    return Respelling(" ".join(replace(text, edits).split()), "operators") if edits else None


def _list_edits(text: str, *, sentence: bool) -> Iterator[Edit]:
    for found in PART.finditer(text):
        if found["place"] or (found["minus"] and not sentence):
            continue
        if found["minus"]:
            yield Edit(*found.span("minus"), "")
        if found["phrase"] and len(list(tokens(found["phrase"]))) > 1:
            start, end = found.span("phrase")
            yield Edit(start - 1, start, " ")
            yield Edit(end, end + 1, " ")
