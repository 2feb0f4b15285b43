"""Scripts: words whose letters come from two of them, by slip or to fool readers."""

import re

from caliber_site.search.endings import ARMENIAN, RUSSIAN_AFTER_LATIN

SCRIPTS = tuple(re.compile(letters) for letters in ("[a-z]", "[а-я]", "[ա-և]"))

# What letters of other scripts look like, as small letters or as the capitals that were folded:
# in a Russian word, in an Armenian one, in a Latin one.
ALIKE = (
    str.maketrans("abcehkmoptxy", "авсенкмортху"),
    str.maketrans("ohnusgjlо", "օհոստցյլօ"),
    str.maketrans("авсенкмортхуօհոսցյ", "abcehkmoptxyohnugj"),
)
INFLECTED_LATIN = re.compile(f"([a-z][a-z0-9]+)(?:{ARMENIAN}|{RUSSIAN_AFTER_LATIN})")


def unmix(word: str) -> str:
    """Return a folded word in one script, if the letters of another only look like its own.

    A Latin name with an Armenian or Russian ending, such as Facebookի, loses the ending. Words
    that are mixed for other reasons stay as they are.
    """
    if not _is_mixed(word):
        return word
    for alike in ALIKE:
        whole = word.translate(alike)
        if not _is_mixed(whole):
            return whole
    found = INFLECTED_LATIN.fullmatch(word)
    return found[1] if found else word


def _is_mixed(word: str) -> bool:
    return sum(bool(script.search(word)) for script in SCRIPTS) > 1
