"""Words of mixed scripts, such as a Latin letter inside a Russian word.

They look right, but search does not find them, and they are a known way to fool readers.
"""

import re
import unicodedata

WORD = re.compile(r"[^\W\d_]+")


def script_of(letter: str) -> str:
    """Return the script of a letter as Unicode names it (`CYRILLIC`)."""
    return unicodedata.name(letter, "").split(" ")[0]


def find_mixed(text: str) -> list[str]:
    """Return the words of a text that mix scripts, each once, in their order."""
    words = dict.fromkeys(WORD.findall(unicodedata.normalize("NFC", text)))
    return [word for word in words if len({script_of(letter) for letter in word}) > 1]


def mark_strange(word: str) -> list[tuple[str, bool]]:
    """Return the letters of a mixed word, each with whether it is of the rarer script."""
    scripts = [script_of(letter) for letter in word]
    common = max(dict.fromkeys(scripts), key=scripts.count)
    return [(letter, script != common) for letter, script in zip(word, scripts, strict=True)]
