"""English lemmas: a lexicon, and the regular endings of words that are not in it."""

import re

from caliber_site.search.lemmas.lexicon import lexicon

POSSESSIVE = re.compile("'s?$")
IES = re.compile("(..+[^aeiou])ies")
ES = re.compile("(..+(?:s|x|z|ch|sh))es")
S = re.compile("(.+[^sui])s")
VERB = re.compile("(.*[aeiouy].*)(?:ing|ed)")


def english_lemmas(word: str) -> list[str]:
    """Return the lemmas of a folded word; of an unknown one those that its ending suggests."""
    bare = POSSESSIVE.sub("", word).replace("'", "") or word
    return lexicon("english").find_lemmas(bare) or _guess(bare)


def is_english(word: str) -> bool:
    """Return whether the lexicon has a folded word."""
    return word.isascii() and bool(lexicon("english").find_lemmas(word))


def _guess(word: str) -> list[str]:
    singular = _singular(word)
    if not singular:
        return _guess_verb(word)
    if singular.endswith("ing"):  # of a noun, whatever the verb may be
        return [singular]
    return lexicon("english").find_lemmas(singular) or _guess_verb(singular)


def _singular(word: str) -> str | None:
    if found := IES.fullmatch(word):
        return found[1] + "y"
    found = ES.fullmatch(word) or S.fullmatch(word)
    return found[1] if found else None


def _guess_verb(word: str) -> list[str]:
    """Return what a word in -ing or -ed may be a form of, and always itself: it may be a name."""
    found = VERB.fullmatch(word)
    if not found or len(found[1]) < 3:
        return [word]
    stem = found[1]
    bases = [stem, stem + "e"]
    if stem[-1] == stem[-2]:
        bases.insert(0, stem[:-1])
    known = [base for base in bases if base in lexicon("english").find_lemmas(base)]
    return [*known, word] if known else [word, *bases]
