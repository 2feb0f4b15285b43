"""Keyboards: which letter each key writes, row by row from the top left, plain and with shift.

As X11's xkb-data has them (`us`, `ru`, `am`) and other systems too: the phonetic and the eastern
Armenian of Windows are the `alt` ones here.
"""

from functools import lru_cache
from typing import NamedTuple


class Keyboard(NamedTuple):
    """The letters of 47 keys, those of `LATIN`, in the same order."""

    plain: str
    shifted: str


LATIN = Keyboard(
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
)
RUSSIAN = Keyboard(
    "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.",
    'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,',
)
PHONETIC = Keyboard(
    "՝էթփձջւևռչճ֊ժքոերտըւիօպխծշասդֆգհյկլ;՛զղցվբնմ,․/",
    '՜ԷԹՓՁՋՒ֏ՌՉՃ―ԺՔՈԵՐՏԸՒԻՕՊԽԾՇԱՍԴՖԳՀՅԿԼ։"ԶՂՑՎԲՆՄ«»՞',
)
EASTERN = Keyboard(
    "՝։ձյ՛,-.«»օռժխւէրտեըիոպչջ'ասդֆգհճկլթփզցքվբնմշղծ",
    "՜1ՁՅ349և()ՕՌԺԽՒԷՐՏԵԸԻՈՊՉՋ՞ԱՍԴՖԳՀՃԿԼԹՓԶՑՔՎԲՆՄՇՂԾ",
)
TYPEWRITER = Keyboard(
    "՝ֆձ֊,։՞․՛)օէղճփբսմուկըթծց»ջվգեանիտհպրժդչյզլքխշռ",
    "՜ՖՁ—$…%և՚(ՕԷՂՃՓԲՍՄՈՒԿԸԹԾՑ«ՋՎԳԵԱՆԻՏՀՊՐԺԴՉՅԶԼՔԽՇՌ",
)


def _vary(keyboard: Keyboard, letters: str) -> Keyboard:
    """Return a keyboard with other letters on some keys: key, letter, key, letter."""
    new = dict(zip(letters[::2], letters[1::2], strict=True))
    new |= {key.upper(): letter.upper() for key, letter in new.items() if key.isalpha()}
    rows = zip(LATIN, keyboard, strict=True)
    return Keyboard(
        *(
            "".join(new.get(key, letter) for key, letter in zip(keys, row, strict=True))
            for keys, row in rows
        )
    )


ARMENIAN = (
    PHONETIC,
    _vary(PHONETIC, "rռ8ր*Ր"),
    EASTERN,
    _vary(EASTERN, "gքcգ"),
    _vary(EASTERN, "wվtդpբdտgկkքcգvւbպ"),  # western
    TYPEWRITER,
)
BY_SCRIPT = {"LATIN": (LATIN,), "CYRILLIC": (RUSSIAN,), "ARMENIAN": ARMENIAN}


@lru_cache(maxsize=64)
def mapping(meant: Keyboard, typed: Keyboard) -> dict[int, str]:
    """Return a table for `str.translate` from what a keyboard wrote to what another would have.

    Where two keys write one letter, the lower row counts: nobody types ւ with the digit.
    """
    plain = zip(typed.plain, meant.plain, strict=True)
    shifted = zip(typed.shifted, meant.shifted, strict=True)
    table = {ord(letter): new for letter, new in (*shifted, *plain)}
    if typed is LATIN:
        table[ord("’")] = table[ord("'")]  # as phones write it
    return table
