"""Analysis: from text to the folded words and lemmas that the index and queries share."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from caliber_site.search.lemmas import lemmas

LONGEST_WORD = 64
"""Longer runs of letters are cut here: nobody types them, and stemmers would be slow on them."""

# Signs that stand inside a word and do not part it: combining marks, Armenian ՛ ՜ ՞ on the
# stressed vowel, soft hyphens and characters without width.
INSIDE = "\u0300-\u036f\u0483-\u0487\u055a-\u055c\u055e\u00ad\u200b-\u200f\u2060\ufeff"
APOSTROPHES = "'’ʼ"
WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?![\d,])"  # 1,000,000
    r"|(?<![\d.,])\d+[.,]\d+(?![.,]?\d)"  # 3.5 and 3,5, but not 28.09.2025
    rf"|[^\W_](?:[^\W_]|[{INSIDE}]|[{APOSTROPHES}](?=[^\W_]))*"
)
ARMENIAN_EV = re.compile("եւ|եվ")


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
    """Yield the words of a text, with their places in the text as it was written."""
    for found in WORD.finditer(text):
        word = fold(found[0])
        if word:
            yield Token(lemmas(word), word, found.start(), found.end())


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word without what readers leave out or write in several ways.

    Lower case; ё is е (й stays); accents and stress marks are gone; the Armenian և, եւ, եվ are
    one and ՞ ՜ ՛ are gone; thousands are not parted, and a decimal sign is a point.
    """
    word = word[:LONGEST_WORD]
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word)
    word = word.lower()
    if not word.isascii():
        # After lower-casing, which alone brings ԵՎ and Եւ together with և.
        word = ARMENIAN_EV.sub("և", word.translate(_FOLDS))
    if word[:1].isdigit():
        return _fold_number(word)
    # Snowball takes the English possessive off; elsewhere an apostrophe only parts letters.
    return word.strip("'") if word.isascii() else word.replace("'", "")


def _fold_number(word: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", word):
        return word.replace(",", "")
    return word.replace(",", ".").replace("'", "")


def _folds() -> dict[int, str | None]:
    folds: dict[int, str | None] = {ord(a): b for a, b in zip("ёѐѝøłđıßæœ", _PLAIN, strict=True)}
    folds.update({ord(c): "'" for c in APOSTROPHES})
    marks = "".join(chr(c) for c in range(0x0300, 0x0370))
    others = "\u0483\u0484\u0485\u0486\u0487՚՛՜՞\u00ad\u2060\ufeff"
    folds.update({ord(c): None for c in marks + others + "\u200b\u200c\u200d\u200e\u200f"})
    for code in (*range(0x00E0, 0x0250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            folds[code] = base.lower()
    return folds


_PLAIN = ("е", "е", "и", "o", "l", "d", "i", "ss", "ae", "oe")
_FOLDS = _folds()
