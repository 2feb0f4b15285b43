"""Wrong letters: how a query comes out in another keyboard layout or in Latin letters.

The transliterations are written down here anew, not taken from the rules that undo them.
"""

import re
from collections.abc import Callable

from caliber_site.search.rescue.keyboards import (
    ARMENIAN,
    LATIN,
    PHONETIC,
    RUSSIAN,
    Keyboard,
    mapping,
)

Typist = Callable[[str], str]
"""Writes a query otherwise than it is spelt."""

EASTERN, WESTERN = ARMENIAN[2], ARMENIAN[4]

RUSSIAN_LETTERS = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh "
    "ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya "
)
ARMENIAN_LETTERS = (
    "ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=y թ=t ժ=zh ի=i լ=l խ=kh ծ=ts կ=k հ=h ձ=dz ղ=gh ճ=ch մ=m յ=y ն=n "
    "շ=sh ո=o չ=ch պ=p ջ=j ռ=r ս=s վ=v տ=t ր=r ց=ts ու=u փ=p ք=k և=ev օ=o ֆ=f ւ=v "
)


def _layout(meant: Keyboard, active: Keyboard) -> Typist:
    table = mapping(active, meant)
    return lambda text: text.translate(table)


def _letters(pairs: str) -> Typist:
    """Return who writes by a table of `letters=others`; ^ and $ are a word's ends."""
    table = dict(pair.split("=") for pair in pairs.split())
    longest = sorted(table, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)))

    def write(found: re.Match[str]) -> str:
        word = pattern.sub(lambda part: table[part[0]], f"^{found[0].lower()}$").strip("^$")
        return word.capitalize() if found[0][0].isupper() else word

    return lambda text: re.sub(r"\w+", write, text)


LAYOUTS: dict[str, dict[str, Typist]] = {
    "en": {
        "russian": _layout(LATIN, RUSSIAN),
        "phonetic": _layout(LATIN, PHONETIC),
        "eastern": _layout(LATIN, EASTERN),
        "western": _layout(LATIN, WESTERN),
    },
    "ru": {"latin": _layout(RUSSIAN, LATIN)},
    "hy": {
        "phonetic": _layout(PHONETIC, LATIN),
        "eastern": _layout(EASTERN, LATIN),
        "western": _layout(WESTERN, LATIN),
    },
}
"""By the tag of the language that was meant."""

TRANSLITERATIONS: dict[str, dict[str, Typist]] = {
    "en": {},
    "ru": {
        "spoken": _letters(RUSSIAN_LETTERS + "ж=j х=h щ=sh й=i ё=yo ий$=y ый$=iy ю=u я=ja ц=c"),
        "iso-9": _letters(RUSSIAN_LETTERS + "ж=ž й=j х=h ц=c ч=č ш=š щ=ŝ ъ=ʺ ь=ʹ э=è ю=û я=â ё=ë"),
        "passport": _letters(RUSSIAN_LETTERS + "й=i ю=iu я=ia ъ=ie"),
    },
    "hy": {
        "spoken": _letters(ARMENIAN_LETTERS + "ու=u խ=x ծ=c ղ=x ց=c ք=q ը=@ ^ո=vo և=ev ^ե=e ժ=j"),
        "bgn": _letters(
            ARMENIAN_LETTERS + "^ե=ye ^ո=vo ^ով=ov ^և=yev թ=t’ չ=ch’ ց=ts’ փ=p’ ք=k’ ռ=rr"
        ),
        "iso-9985": _letters(
            ARMENIAN_LETTERS
            + "է=ē ը=ë թ=t’ ժ=ž խ=x ծ=ç ձ=j ղ=ġ ճ=č̣ շ=š չ=č ջ=ǰ ռ=ṙ ց=c’ ու=ow փ=p’ և=ew ւ=w օ=ò"
        ),
        "hubschmann": _letters(
            ARMENIAN_LETTERS
            + "է=ē ը=ə թ=tʿ ժ=ž խ=x ծ=c ձ=j ղ=ł ճ=č շ=š չ=čʿ ջ=ǰ ռ=ṙ ց=cʿ ու=u փ=pʿ ք=kʿ "
            "և=ew ւ=w օ=ō"
        ),
    },
}
"""By the tag of the language that was meant."""
