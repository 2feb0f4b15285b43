"""Russian lemmas: OpenCorpora's dictionary through pymorphy3, and its guesses at unknown words."""

import re
from functools import cache
from threading import Lock
from typing import Any

from pymorphy3 import MorphAnalyzer
from pymorphy3.units import DictionaryAnalyzer, KnownSuffixAnalyzer, UnknAnalyzer
from pymorphy3.units.by_analogy import UnknownPrefixAnalyzer

# What the dictionary knows as a noun’s genitive may be a surname; and the guess at an unknown
# word may be wrong where the word itself is the nominative.
SURNAME = re.compile("..+(?:[ое]в|[иы]н)")
CONSONANT = re.compile("..+[бвгджзйклмнпрстфхцчшщ]")

_loading = Lock()


def russian_lemmas(word: str) -> list[str]:
    """Return the lemmas of a folded word, those that are common for this form first."""
    known = _find(word)
    # Of most words there is one, and to ask how likely each reading is takes much longer.
    found = known if len(known) == 1 else _weigh(word)
    names = SURNAME if known else CONSONANT
    if word not in found and names.fullmatch(word):
        found.insert(2, word)
    return found


def is_russian(word: str) -> bool:
    """Return whether the dictionary has a folded word."""
    return "а" <= word[-1] <= "я" and bool(_morph().word_is_known(word))


def _find(word: str) -> list[str]:
    """Return the lemmas that the dictionary has for a word, in no order."""
    morph = _morph()
    dictionary = morph.dictionary
    found = {
        dictionary.build_normal_form(paradigm, form, spelt).replace("ё", "е")
        for spelt, readings in dictionary.words.similar_items(word, morph.char_substitutes)
        for paradigm, form in readings
    }
    return list(found)


def _weigh(word: str) -> list[str]:
    """Return the lemmas that the dictionary has or guesses, those that are common first."""
    parses = _morph().parse(word)
    others = [parse for parse in parses if "PRTF" not in parse[1]]
    if len(others) < len(parses) and any(_is_quality(parse) for parse in others):
        # Ограниченный, with its ограниченно, is no longer felt to be a participle.
        parses = others
    return list(dict.fromkeys(parse[2].replace("ё", "е") for parse in parses))


def _is_quality(parse: Any) -> bool:
    """Return whether a reading is an adjective that has an adverb in -о."""
    adverb = parse[2][:-2] + "о"
    return "Qual" in parse[1] and any("ADVB" in other[1] for other in _morph().parse(adverb))


def _morph() -> MorphAnalyzer:
    with _loading:
        return _load()


@cache
def _load() -> MorphAnalyzer:
    # Known words stop at the dictionary. Without the units for hyphens, initials and prefixes,
    # which are not for folded words or change nothing measurable, unknown words are thrice as fast.
    units = [
        DictionaryAnalyzer(),
        [UnknownPrefixAnalyzer(), KnownSuffixAnalyzer()],
        UnknAnalyzer(),
    ]
    return MorphAnalyzer(units=units, result_type=None)
