"""The site's languages: the only place where the address label 'arm' meets the tag 'hy'."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language of the site; there is but one object of each.

    Attributes:
        label: What addresses say (`arm`).
        tag: BCP 47 tag, as in `lang` and in the database (`hy`).
        locale: Babel's locale (`hy_AM`), also OpenGraph's.
        name: The language's own name.
        date: Babel pattern of a date.
        month: Babel pattern of a month with its year.
        date_time: Babel pattern of a date with its time.
        quotes: Outer opening, outer closing, inner opening, inner closing quotation mark.
        script: Unicode name prefix of its letters (`CYRILLIC`).
    """

    label: str
    tag: str
    locale: str
    name: str
    date: str
    month: str
    date_time: str
    quotes: tuple[str, str, str, str]
    script: str

    def __str__(self) -> str:
        """Return the tag, so that a language prints as HTML and the database want it."""
        return self.tag


ENGLISH = Language(
    "en",
    "en",
    "en_US",
    "English",
    "d MMMM y",
    "LLLL y",
    "d MMMM y HH:mm",
    ("“", "”", "‘", "’"),
    "LATIN",
)
RUSSIAN = Language(
    "ru",
    "ru",
    "ru_RU",
    "Русский",
    "d MMMM y 'г.'",
    "LLLL y 'г.'",
    "d MMMM y 'г.', HH:mm",
    ("«", "»", "„", "“"),
    "CYRILLIC",
)
ARMENIAN = Language(
    "arm",
    "hy",
    "hy_AM",
    "Հայերեն",
    "d MMMM, y 'թ.'",
    "LLLL, y 'թ.'",
    "d MMMM, y 'թ.', HH:mm",
    ("«", "»", "«", "»"),
    "ARMENIAN",
)

LANGUAGES = (ENGLISH, RUSSIAN, ARMENIAN)
BY_LABEL = {language.label: language for language in LANGUAGES}
BY_TAG = {language.tag: language for language in LANGUAGES}


def language_of(text: str) -> Language | None:
    """Return the first language whose script has the first letter of a text; None for others."""
    letter = next(filter(str.isalpha, text), " ")
    name = unicodedata.name(letter, "")
    return next((language for language in LANGUAGES if name.startswith(language.script)), None)
