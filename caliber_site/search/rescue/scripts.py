"""Scripts: in which letters a text is written, and in which language it may be."""

import unicodedata
from collections import Counter

from caliber_site.languages import LANGUAGES, Language

SCRIPTS = {language.script: language for language in LANGUAGES}


def script_of(text: str) -> str | None:
    """Return the script of most letters of a text, as `Language.script` names it."""
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    counts = Counter(name for name in names if name in SCRIPTS)
    return counts.most_common(1)[0][0] if counts else None


def other_language(text: str, language: Language) -> Language | None:
    """Return the language of a text's script, if that is not the script of this language."""
    found = SCRIPTS.get(script_of(text) or "")
    return None if found is None or found == language else found
