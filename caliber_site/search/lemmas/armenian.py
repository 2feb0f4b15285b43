"""Armenian lemmas: a lexicon, today's spelling, and the endings of words that are not in it."""

import re

from caliber_site.search.lemmas.lexicon import lexicon

SUPERLATIVE = "ամենա"

# What follows the nominative of an unknown noun: plural, case, article.
NOUN_ENDING = re.compile("(?:ներ|եր|ք)?(?:յ?(?:ից?|ով|ում)|ուց?|ան)?(?:ին(?:ը)?|[ընսդ])?")
# Endings of nouns and verbs. They are taken off without turning back (*+), the longest first: a
# hostile word has no time to be tried in all ways.
ENDINGS = (
    "ներ եր ից ով ուց ի ու ում ը ն ս դ յ մամբ մա ել ալ ած եց ացավ եցիր եցինք են եմ ես ենք եք եիր "
    "ցր ցն անալ ող վող վել վում ված վեց"
)
STEM = re.compile(f"(.{{3,}}?)(?:{'|'.join(sorted(ENDINGS.split(), key=len, reverse=True))})*+")
ABSTRACT = re.compile("(..+ությ)(?:ուն|ան|ամբ).*")

# Classical spelling, which books and the diaspora keep, and today's.
REFORM = tuple(
    (re.compile(classical), reformed)
    for classical, reformed in (
        ("իւ$", "իվ"),
        ("իւ", "յու"),
        ("եա", "յա"),
        ("եօ", "յո"),
        ("ոյ(?=.)", "ույ"),
        ("(?<=.)է", "ե"),
        ("(?<!ո)ւ", "վ"),
    )
)


def armenian_lemmas(word: str) -> list[str]:
    """Return the lemmas of a folded word; of an unknown one its nominative or its stem."""
    known = _find(word)
    if known:
        return known
    reformed = _reform(word)
    if reformed != word and (known := _find(reformed)):
        return known
    # Of a name such as Պիկասոյի nobody can tell in which spelling it is.
    return list(dict.fromkeys(_guess(reformed) + _guess(word)))


def is_armenian(word: str) -> bool:
    """Return whether the lexicon has a folded word."""
    return "ա" <= word[-1] <= "և" and bool(_find(word))


def _reform(word: str) -> str:
    reformed = word
    for classical, today in REFORM:
        reformed = classical.sub(today, reformed)
    # Classical յոյս is հույս, but today's յոգա is no classical word.
    if reformed != word and reformed.startswith("յ") and _find("հ" + reformed[1:]):
        return "հ" + reformed[1:]
    return reformed


def _find(word: str) -> list[str]:
    return lexicon("armenian").find_lemmas(word)


def _guess(word: str) -> list[str]:
    bare = word.removeprefix(SUPERLATIVE)
    if bare != word and len(bare) > 3:
        return armenian_lemmas(bare)
    for end in range(len(word) - 1, 2, -1):
        if NOUN_ENDING.fullmatch(word, end) and word[:end] in (known := _find(word[:end])):
            return known
    found = ABSTRACT.fullmatch(word) or STEM.fullmatch(word)
    return [found[1] if found else word]
