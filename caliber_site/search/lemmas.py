"""Lemmas: the forms under which the forms of one word meet, chosen by the word's script."""

import re
import threading
from functools import lru_cache

import Stemmer

# Snowball's Armenian unites half of the forms that belong together, for it takes one ending off
# a word that often has several (plural, case, article): հանրապետություն and its cases part. Taking
# all endings off, down to three letters, unites five sixths of them with half as many wrong ones.
ARMENIAN_ENDINGS = re.compile(
    "(.{3,}?)(?:ներ|եր|ից|ով|ուց|ի|ու|ում|ը|ն|ս|դ|յ|մամբ|մա|ել|ալ|ած|եց|ացավ|եցիր|եցինք"
    "|են|եմ|ես|ենք|եք|եիր|ցր|ցն|անալ)*"
)
ARMENIAN_ABSTRACT = re.compile("(..+ությ)(?:ուն|ան|ամբ).*")
ARMENIAN_SUPERLATIVE = "ամենա"

_thread = threading.local()


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> tuple[str, ...]:
    """Return the lemmas that a folded word may be a form of, the likeliest first.

    Args:
        word: As `analysis.fold` makes it, not empty. Numbers and words of other scripts are their
            own lemma.
    """
    if word.isascii():
        return (_snowball("english", word) if word[0].isalpha() else word,)
    if "а" <= word[0] <= "я":
        return (_russian(word),)
    if "ա" <= word[0] <= "և":
        return (_armenian(word),)
    return (word,)


def _russian(word: str) -> str:
    # Snowball takes the last letter of nouns such as Ереван and журнал for a verb's ending, but
    # leaves it in Ереваном and журналом: there it is taken off in a second step.
    once = _snowball("russian", word)
    twice = _snowball("russian", once)
    return twice if once in {twice + "н", twice + "л"} and len(twice) > 2 else once


def _armenian(word: str) -> str:
    if word.startswith(ARMENIAN_SUPERLATIVE) and len(word) > len(ARMENIAN_SUPERLATIVE) + 3:
        word = word.removeprefix(ARMENIAN_SUPERLATIVE)
    found = ARMENIAN_ABSTRACT.fullmatch(word) or ARMENIAN_ENDINGS.fullmatch(word)
    return found[1] if found else word


def _snowball(algorithm: str, word: str) -> str:
    # A stemmer of PyStemmer keeps state while it works: one per thread.
    stemmer = getattr(_thread, algorithm, None)
    if stemmer is None:
        stemmer = Stemmer.Stemmer(algorithm, 0)
        setattr(_thread, algorithm, stemmer)
    return str(stemmer.stemWord(word)) or word
