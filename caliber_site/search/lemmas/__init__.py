"""Lemmas: the dictionary forms under which the forms of a word meet, chosen by its script."""

import re
from functools import lru_cache

from caliber_site.search.lemmas.armenian import armenian_lemmas, is_armenian
from caliber_site.search.lemmas.english import english_lemmas, is_english
from caliber_site.search.lemmas.russian import is_russian, russian_lemmas

MOST = 4
"""Lemmas a word; further readings are rare ones."""

# 1990s and 21st, 2020թ and 2020-ական, 09 as in 09.2025.
NUMBER = re.compile(r"0?(\d+(?:\.\d+)?)(?:st|nd|rd|th|s|գ|թ|գգ|թթ|г|гг|й|е|х|го)?")


@lru_cache(maxsize=2_000)  # the words of texts are remembered by who analyses them
def lemmas(word: str) -> tuple[str, ...]:
    """Return the lemmas that a folded word may be a form of, the likeliest first, at most `MOST`.

    Args:
        word: As `folding.fold` makes it, not empty. Numbers lose their endings; words of other
            scripts are their own lemma.
    """
    word = word.replace("-", "") or word
    last = word[-1]
    number = NUMBER.fullmatch(word)
    if number:
        return (number[1],)
    if len(word) == 1:
        return (word,)
    if last.isascii():
        found = english_lemmas(word)
    elif "а" <= last <= "я":
        found = russian_lemmas(word)
    elif "ա" <= last <= "և":
        found = armenian_lemmas(word)
    else:
        found = [word]
    return tuple(found[:MOST])


def is_word(word: str) -> bool:
    """Return whether a dictionary has a folded word, in any form."""
    return is_english(word) or is_armenian(word) or is_russian(word)


def load_dictionaries() -> None:
    """Read the dictionaries of all languages, before a query waits for one."""
    for word in ("word", "слово", "բառ"):
        lemmas(word)
