"""Analysis: from text to the folded words and lemmas that the index and queries share."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from caliber_site.search.endings import APOSTROPHES, ENDING, HYPHENS
from caliber_site.search.folding import fold
from caliber_site.search.lemmas import lemmas

__all__ = ["Token", "count", "fold", "pick", "tokens"]

SPACES = " \u00a0\u2009\u202f"

# Signs that stand inside a word and do not part it: combining marks, Armenian ՛ ՜ ՞ on the
# stressed vowel, soft hyphens and characters without width.
INSIDE = "\u0300-\u036f\u0483-\u0487\u055a-\u055c\u055e\u00ad\u200b-\u200f\u2060\ufeff"

WORD = re.compile(
    r"(?:"
    # 1,000,000 and 1 000 000,5; once begun, thousands are taken whole.
    rf"\d{{1,3}}(?:(?:,\d{{3}}){{1,5}}+|(?:\.\d{{3}}){{2,5}}+|(?:[{SPACES}]\d{{3}}){{1,5}}+)(?!\d)"
    r"(?:[.,]\d+(?![.,]?\d))?"
    r"|(?<![\d.,])\d+[.,]\d+(?![.,]?\d)"  # 3.5 and 3,5, but not 28.09.2025
    rf"|[^\W_](?:[^\W_]|[{INSIDE}]|[{APOSTROPHES}](?=[^\W_]))*"
    rf")(?:{ENDING})?",
    re.IGNORECASE,
)
JOINTS = frozenset((".", *HYPHENS))
"""What may stand between the parts of one word."""

MOST_JOINED = 4
"""Words with more parts are only found by their parts."""


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        lemmas: What the index knows it by; two words meet if they share one.
        word: The folded word.
        start: Where it begins in the text as written.
        end: Where it ends.
    """

    lemmas: tuple[str, ...]
    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text, with their places in the text as it was written.

    The parts of Санкт-Петербург, well-known, COVID-19 and U.S. are words that also have the
    lemmas of the whole, so that it is found written in one.
    """
    for run in _runs(text):
        yield from _read(run)


def count(text: str) -> int:
    """Return how many words a text has, which takes much less time than reading them."""
    return sum(map(len, _runs(text)))


def pick(text: str, places: Iterable[int]) -> list[Token]:
    """Return some words of a text, and read no others.

    Args:
        text: The text.
        places: Which of its words, counted from 0, in ascending order; there may be fewer words.
    """
    picked, end = list[Token](), 0
    waiting = iter(places)
    wanted = next(waiting, None)
    for run in _runs(text):
        if wanted is None:
            break
        start, end = end, end + len(run)
        if wanted < end:
            read = list(_read(run))
            while wanted is not None and wanted < end:
                picked += read[wanted - start :][:1]
                wanted = next(waiting, None)
    return picked


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the words of a text, those together that are written in one."""
    run: list[re.Match[str]] = []
    end = 0
    for found in WORD.finditer(text):
        if run:
            between = text[end : found.start()]
            if between not in JOINTS or not _joins(between, run[-1], found):
                yield run
                run = []
        run.append(found)
        end = found.end()
    if run:
        yield run


def _joins(between: str, before: re.Match[str], after: re.Match[str]) -> bool:
    """Return whether a word goes on after a hyphen, or an abbreviation after a point."""
    if between == ".":
        return len(before[0]) == len(after[0]) == 1 and before[0].isalpha() and after[0].isalpha()
    return True


def _read(run: list[re.Match[str]]) -> Iterable[Token]:
    if len(run) == 1:
        # Nearly all words: this decides how long an index takes to build.
        (found,) = run
        word, own = _analyse(found[0])
        return (Token(own, word, *found.span()),) if word else ()
    whole: tuple[str, ...] = ()
    if 1 < len(run) <= MOST_JOINED:
        whole = _analyse("".join(found[0] for found in run))[1][:2]
    read = [(found, *_analyse(found[0])) for found in run]
    return [
        Token(tuple(dict.fromkeys(own + whole)), word, *found.span())
        for found, word, own in read
        if word
    ]


def remember(most: int) -> None:
    """Remember so many words from now on, where building an index needs them again and again."""
    global _analyse  # noqa: PLW0603
    _analyse = lru_cache(maxsize=most)(_analyse.__wrapped__)


@lru_cache(maxsize=4_000)  # one or two megabytes in each web process
def _analyse(written: str) -> tuple[str, tuple[str, ...]]:
    """Return a word as folded, and its distinct lemmas."""
    word = fold(written)
    found = lemmas(word) if word else ()
    if " " in written and word.isdigit():
        # Typed with plain spaces, 15 128 may be one number or two.
        found = (*found, *(lemma for part in written.split() for lemma in lemmas(part)))
    return word, tuple(dict.fromkeys(found))
