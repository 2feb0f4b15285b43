"""Folding: one spelling for what readers write in several ways."""

import re
import unicodedata

from caliber_site.search.endings import APOSTROPHES, ENDING, HYPHENS
from caliber_site.search.scripts import unmix

LONGEST_WORD = 64
"""Longer runs of letters are cut here: nobody types them, and they would be slow to look up."""

ARMENIAN_EV = re.compile("եւ|եվ")
HANGING = re.compile(ENDING + "$")
THOUSANDS = re.compile(r"(\d{1,3}(?:(?:[ ,]\d{3})+|(?:\.\d{3}){2,}))(?:[.,](\d+))?")


def fold(word: str) -> str:
    """Return a word without what readers leave out or write in several ways.

    Lower case; ё is е (й stays); accents and stress marks are gone; the Armenian և, եւ, եվ are
    one and ՞ ՜ ՛ are gone; endings that hang on numbers, abbreviations and foreign names are
    gone; a letter of another script is the one that it looks like; thousands are not parted, and
    a decimal sign is a point.
    """
    word = word[:LONGEST_WORD]
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word)
    word = word.lower()
    if word.isascii():
        return _fold_number(word) if word[:1].isdigit() else word.strip("'")
    # After lower-casing, which alone brings ԵՎ and Եւ together with և.
    word = ARMENIAN_EV.sub("և", word.translate(_FOLDS))
    word = HANGING.sub("", word)
    if word[:1].isdigit():
        return _fold_number(word)
    # The English lemmas take the possessive off; elsewhere an apostrophe only parts letters.
    return word.strip("'") if word.isascii() else unmix(word.replace("'", ""))


def _fold_number(word: str) -> str:
    found = THOUSANDS.fullmatch(word)
    if found:
        whole = re.sub("[ ,.]", "", found[1])
        return f"{whole}.{found[2]}" if found[2] else whole
    return word.replace(",", ".").replace("'", "")


def _folds() -> dict[int, str | None]:
    folds: dict[int, str | None] = {ord(a): b for a, b in zip("ёѐѝøłđıßæœ", _PLAIN, strict=True)}
    folds.update({ord(c): "'" for c in APOSTROPHES})
    folds.update({ord(c): "-" for c in HYPHENS})
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
