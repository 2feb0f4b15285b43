"""Marks and excerpts: the words that were found, shown as the text has them."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from caliber_site.search.analysis import Token, count, pick, tokens
from caliber_site.search.query import GAP, Words

EXCERPT_LENGTH = 240
LONGEST_SEARCHED = 20_000
"""Characters of a body in which a place for the excerpt is looked for."""

JOINT = re.compile(r"[-‐‑.'’]")
"""What joins the parts of Санкт-Петербург and U.S."""

BEFORE = 60
"""Characters of text shown before the first marked word."""


def mark(text: str, words: Words) -> Markup:
    """Return a text as HTML with the words of the query marked."""
    return _render(text, [token for token in tokens(text) if words.matches(token)])


def cut_excerpt(
    title: str, lead: str, body: str, words: Words, places: Sequence[int] | None = None
) -> Markup:
    """Return the part of lead or body that has most of the query's words, as HTML with marks.

    A text with none of them gives its beginning.

    Args:
        title: The edition's title.
        lead: Its lead.
        body: Its body, as plain text.
        words: Those of the query.
        places: Where they are, if that is known; see `Hit`.
    """
    lines = " ".join(lead.split()), " ".join(body.split())
    text = " ".join(filter(None, lines))
    known: Iterable[Token] | None = None
    # Words are counted in the texts as they were indexed, where a line may end a number.
    if places is not None and (len(lead), len(body)) == tuple(map(len, lines)):
        known = _take(title, lead, body, places)
    if known is None or not all(map(words.matches, known)):
        # The engine does not know them, or not in this text, which may just have been changed.
        known = tokens(text[:LONGEST_SEARCHED])
    found = _find(known, words)
    start, end = _choose(found)
    start = 0 if start <= BEFORE else _next_word(text, start - BEFORE)
    end = _last_word(text, max(start + EXCERPT_LENGTH, end))
    inside = [
        Token(token.lemmas, token.word, token.start - start, token.end - start)
        for token in found
        if start <= token.start and token.end <= end
    ]
    shown = _render(text[start:end], inside)
    return Markup("{}{}{}").format("… " if start else "", shown, " …" if end < len(text) else "")


def _take(title: str, lead: str, body: str, places: Sequence[int]) -> list[Token] | None:
    """Return the words at some places of lead and body, where they are in the two together.

    None if there are no words at places after the title: they may stand elsewhere by now.
    """
    first = count(title) + GAP
    later = [place for place in places if place >= first]
    found = pick(lead, [place - first for place in later])
    first += count(lead) + GAP
    start = len(lead) + 1 if lead else 0
    for token in pick(body[:LONGEST_SEARCHED], [p - first for p in later if p >= first]):
        found.append(token._replace(start=start + token.start, end=start + token.end))
    return found if found or not later else None


def _find(known: Iterable[Token], words: Words) -> list[Token]:
    found = []
    missing = {term.lemmas for term in words.terms}
    enough = None
    for token in known:
        if enough is not None and token.start > enough:
            break
        if words.matches(token):
            found.append(token)
            missing = {lemmas for lemmas in missing if not set(lemmas) & set(token.lemmas)}
            if not missing and enough is None:
                enough = token.end + EXCERPT_LENGTH
    return found


def _choose(found: list[Token]) -> tuple[int, int]:
    """Return where the excerpt's first and last marked words are."""
    best, most = (0, 0), 0
    for i, first in enumerate(found):
        near = [x for x in found[i : i + 30] if x.end <= first.start - BEFORE + EXCERPT_LENGTH]
        kinds = len({token.lemmas for token in near})
        if kinds > most:
            best, most = (first.start, near[-1].end), kinds
    return best


def _next_word(text: str, at: int) -> int:
    space = text.find(" ", at, at + BEFORE)
    return at if space < 0 else space + 1


def _last_word(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - BEFORE, at + 1)
    return at if space < 0 else space


def _render(text: str, marked: list[Token]) -> Markup:
    parts, at = [], 0
    for start, end in _join(text, marked):
        parts += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end])]
        parts.append(Markup("</mark>"))
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def _join(text: str, marked: list[Token]) -> list[tuple[int, int]]:
    """Return the places of words; the parts of one that is written together are one place."""
    places: list[tuple[int, int]] = []
    for token in marked:
        if places and JOINT.fullmatch(text, places[-1][1], token.start):
            places[-1] = (places[-1][0], token.end)
        else:
            places.append((token.start, token.end))
    return places
