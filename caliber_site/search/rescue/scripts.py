"""Scripts: in which letters a text is written, and in which language it may be."""

import unicodedata
from collections import Counter
from functools import lru_cache

from caliber_site.languages import LANGUAGES, Language

SCRIPTS = {language.script: language for language in LANGUAGES}


def script_of(text: str) -> str | None:
    """Return the script of most letters of a text, as `Language.script` names it."""
    counts = Counter(filter(None, map(_script_of_sign, text)))
    return counts.most_common(1)[0][0] if counts else None


@lru_cache(maxsize=1_000)
def _script_of_sign(sign: str) -> str | None:
    name = unicodedata.name(sign, "").partition(" ")[0] if sign.isalpha() else ""
    return name if name in SCRIPTS else None


def other_language(text: str, language: Language) -> Language | None:
    """Return the language of a text's script, if that is not the script of this language."""
    found = SCRIPTS.get(script_of(text) or "")
    return None if found is None or found == language else found
