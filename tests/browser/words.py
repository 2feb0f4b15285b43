"""The words that the site uses, in each language."""

from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from caliber_site.languages import Language

TRANSLATIONS = Path(__file__).parents[2] / "translations"


@cache
def catalog(language: Language) -> Catalog:
    """Return the catalogue of a language; English has none, its strings stand in the code."""
    path = TRANSLATIONS / language.tag / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, language.tag)


def say(language: Language, text: str, **values: object) -> str:
    """Return one of the site's strings in a language."""
    message = catalog(language).get(text)
    translated = message.string if message and message.string else text
    assert isinstance(translated, str)
    return translated % values if values else translated
