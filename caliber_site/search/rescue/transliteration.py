"""Transliteration: a query in Latin letters that means Russian or Armenian words, and back."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from caliber_site.languages import Language
from caliber_site.search.analysis import fold
from caliber_site.search.lemmas import lemmas
from caliber_site.search.rescue.beam import STEP, spell, transcribe
from caliber_site.search.rescue.chunks import SHORT, weigh_typed
from caliber_site.search.rescue.lookups import Lookups
from caliber_site.search.rescue.respelling import Choice, Edit, Respelling, combine, like, mask
from caliber_site.search.rescue.romanization import RULES, Rules
from caliber_site.search.rescue.scripts import script_of
from caliber_site.search.rescue.spelling import nearest

OTHER_LAYOUT = re.compile(r"\w[\[\]{}<>|\\~=^]|[\[\]{}<>|\\~=^]\w|(?<!\S)[;/.,]\w")
"""Signs that touch a word only where another layout has letters."""

INNER = re.compile(r"\w[.,;]\w")
STRAIN = 0.1
"""What a letter that costs 1 takes from the share of known words."""

DOUBTFUL = 0.85
"""What other signs take from the share of known words."""

WORD = re.compile(r"[\w\u0300-\u036f@'’‘ʼʻʿʹʺˮ`´]+")
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻʿʹ`´", "'") | dict.fromkeys("ʺˮ", "''"))
MOST_WORDS = 16
MOST_RESPELLINGS = 3
MOST_GUESSED = 2
SHORTEST_MISSPELT = 5
MISSPELT = 0.5
"""How well a word is known that the vocabulary has in a near spelling only."""

LEAST_KNOWN = 0.5
"""The share of words that must be known in other letters."""


class Reading(NamedTuple):
    """A word in other letters.

    Attributes:
        word: As it was typed.
        plain: As the rules have it.
        known: How well the vocabulary knows it in other letters, from 0 to 1.
        spellings: The costs of its spellings in them and these, likeliest first.
    """

    word: re.Match[str]
    plain: str
    known: float
    spellings: list[tuple[float, str]]


def transliterations(
    text: str, language: Language, lookups: Lookups, *, live: bool
) -> Iterator[Respelling]:
    """Yield the query in other letters, where the vocabulary knows half its words in them."""
    if OTHER_LAYOUT.search(text):
        return
    end = len(text) if live else -1
    for (typed, meant), rules in RULES.items():
        if meant == language.script:
            found = (word for word in WORD.finditer(mask(text)) if script_of(word[0]) == typed)
            words = [
                reading
                for word in islice(found, MOST_WORDS)
                if (reading := _read(word, rules, lookups, begun=word.end() == end))
            ]
            if len(words) == 1 or any(word.known for word in words):
                words = list(_guess(words, lookups, live=live))
            yield from _combine(text, words)


def _combine(text: str, words: list[Reading]) -> Iterator[Respelling]:
    size = sum(len(word.plain) for word in words)
    known = sum(len(word.plain) * word.known for word in words) / (size or 1)
    if INNER.search(text):
        known *= DOUBTFUL
    if known < LEAST_KNOWN or all(len(word.plain) <= SHORT for word in words):
        return
    choices = [
        [
            Choice(cost, "transliteration", Edit(*word.word.span(), like(new, word.word[0])))
            for cost, new in word.spellings[:MOST_RESPELLINGS]
        ]
        for word in words
    ]
    for new, kind in combine(text, choices, MOST_RESPELLINGS):
        yield Respelling(new, kind, known)


def _read(word: re.Match[str], rules: Rules, lookups: Lookups, *, begun: bool) -> Reading | None:
    """Return a word in other letters; None for one that is better as it stands."""
    own = weigh_typed(word[0], lookups, begun=begun)
    plain = _plain(word[0], rules)
    found = [one for one in spell(plain, rules, lookups, begun=begun) if one.weight >= own]
    if not found:
        return None if own else Reading(word, plain, 0.0, [(0.0, transcribe(plain, rules))])
    apart = {lemmas(one.word): one for one in reversed(found)}  # one form of each is enough
    first, *others = sorted(apart.values())
    known = lookups.share_known(first.word, begun=begun) - STRAIN * max(0, first.strain - STEP)
    return Reading(word, plain, known, [(one.cost, one.word) for one in (first, *others)])


def _guess(words: list[Reading], lookups: Lookups, *, live: bool) -> Iterator[Reading]:
    """Yield the words; a few that are not known, with known ones that are near."""
    left = 0 if live else MOST_GUESSED
    for word in words:
        plainest = word.spellings[0][1]
        near = []
        if left and not word.known and len(plainest) >= SHORTEST_MISSPELT:
            near = nearest(plainest, lookups)
            left -= 1
        yield word._replace(known=MISSPELT, spellings=near) if near else word


def _plain(word: str, rules: Rules) -> str:
    """Return a word as the rules have it: in lower case, with no marks that they do not know."""
    word = unicodedata.normalize("NFC", word.lower()).translate(APOSTROPHES)
    if script_of(word) != "LATIN":
        return fold(word)
    return "".join(
        letter if letter in rules else unicodedata.normalize("NFD", letter)[0]
        for letter in word
        if not unicodedata.combining(letter)
    )
