"""Chunks: what stands between two spaces of a query, and what another layout makes of it.

Keys with punctuation write letters in other layouts, so a chunk is taken as a whole, and also
without the punctuation around it.
"""

import re
from math import log
from typing import NamedTuple

from caliber_site.search.rescue.lookups import COMMON, UNSEEN, Lookups

SHORT = 2
"""So few letters are a word in any layout, and tell nothing."""

BEFORE, AFTER = r"""["'(«“„]*""", r"""[)"'»”“,.;:!?…]*"""
PUNCTUATED = re.compile(f"({BEFORE})(.*?)({AFTER})")
ORDINARY = re.compile(rf"{BEFORE}\w[\w’'.@:/&+-]*{AFTER}")
INSIDE, INSIDE_LATIN = re.compile(r"[\w-]+"), re.compile(r"[\w'.@:/&+-]+")
CORE = re.compile(r"\w(?:.*\w)?")
LETTER = 5.0
"""What a letter counts in `Conversion.merit`, in e times as many editions."""


class Conversion(NamedTuple):
    """A chunk as another layout would have written it.

    Attributes:
        merit: How much speaks for it: many letters and common words; 0 if a word is not known.
        known: The share of its keys that wrote known words, less if only other forms are known.
        weight: In how many editions its rarest word is.
        text: What it says.
    """

    merit: float
    known: float
    weight: int
    text: str


def convert(typed: str, table: dict[int, str], lookups: Lookups, *, begun: bool) -> Conversion:
    """Return the better one of a chunk with all its keys changed, and all but its punctuation."""
    if any(letter.isalpha() and ord(letter) not in table for letter in typed):
        return Conversion(0, 0, 0, typed)
    whole = _judge(typed.translate(table), lookups, begun=begun)
    found = PUNCTUATED.fullmatch(typed)
    if found is None or len(found[2]) in {0, len(typed)}:
        return whole
    if whole.weight and len(found[2]) > SHORT:
        return whole
    part = found[1] + found[2].translate(table) + found[3]
    return max(_judge(part, lookups, begun=begun), whole)


def weigh_typed(typed: str, lookups: Lookups, *, begun: bool) -> int:
    """Return the weight of a chunk as it was typed; 0 if it is no word or says too little.

    Stop words weigh next to nothing: in other letters they may be something else.
    """
    if not ORDINARY.fullmatch(typed) or sum(map(str.isalnum, typed)) <= SHORT:
        return 0
    weight = lookups.weigh_text(typed, begun=begun)
    return 1 if weight == COMMON else weight


def _judge(text: str, lookups: Lookups, *, begun: bool) -> Conversion:
    core = CORE.search(text)
    if core is None or not (INSIDE_LATIN if text.isascii() else INSIDE).fullmatch(core[0]):
        return Conversion(0, 0, 0, text)
    weight = lookups.weigh_text(text, begun=begun)
    if not weight:
        return Conversion(0, 0, 0, text)
    letters = sum(map(str.isalnum, text))
    share = lookups.share_known(text, begun=begun)
    merit = LETTER * letters + log(weight) - (UNSEEN if share < 1 else 0)
    return Conversion(merit, share * letters / len(text), weight, text)
