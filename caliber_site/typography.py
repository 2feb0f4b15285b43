"""Typography: the quotation marks of the language in titles and leads.

They are set where a text is shown, not where it is stored. So the text stays as it was typed or
imported: importing a file again changes nothing, whoever searches, exports or edits finds what
was written, and a better rule reaches every story at once.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from caliber_site.languages import Language

LETTER = r"[^\W\d_]"
APOSTROPHE = re.compile(
    rf"(?<={LETTER})'(?={LETTER})"  # don't
    r"|(?<!\w)'(?=\d0s\b)"  # the '90s
    r"|(?<=\s)'(?=n'\s)|(?<=\s'n)'(?=\s)"  # rock 'n' roll
)
AFTER_LETTER = re.compile(rf"(?<={LETTER})'")  # the dogs' bowl
OPENING = re.compile(r"""(?:^|[\s(\[{—–/"«„“-])'(?=\S)""")
BRACKETS = "([{—–-/"
COLONS = ":;,՝"


@dataclass(slots=True)
class _Open:
    """A mark that waits for its like: where it is, what it was, what will close it."""

    at: int
    mark: str
    closing: str


def set_quotes(text: str, language: Language) -> str:
    """Return a text with the language's quotation marks in place of straight ones.

    Marks inside others are the inner ones. What is no quotation mark stays as it is: inches and
    feet (5"), and all straight marks where one has no partner, unless the text is cut (…) inside
    a quotation. Apostrophes become curved.
    """
    return _set(text, language) if '"' in text or "'" in text else text


@lru_cache(maxsize=2048)
def _set(text: str, language: Language) -> str:
    text = APOSTROPHE.sub("’", text)
    if not OPENING.search(text):
        text = AFTER_LETTER.sub("’", text)
    once = text.replace('""', '"') if text.count('"') == 2 * text.count('""') else text
    return _pair(once, language, "\"'") or _pair(once, language, '"') or text


def _pair(text: str, language: Language, straight: str) -> str | None:
    """Return the text with the straight marks set, or None where one has no partner."""
    shown = list(text)
    opened: list[_Open] = []
    outer, inner = language.quotes[:2], language.quotes[2:]
    ends = dict((inner, outer))
    for at, mark in enumerate(text):
        last = opened[-1] if opened else None
        if mark in ends:
            opened.append(_Open(at, "", ends[mark]))
        elif last and not last.mark and mark == last.closing and not _is_in_word(text, at):
            opened.pop()
        elif mark not in straight:
            continue
        elif _opens(text, at, last, language):
            shown[at], closing = inner if len(opened) % 2 else outer
            opened.append(_Open(at, mark, closing))
        elif last and last.mark == mark:
            shown[at] = opened.pop().closing
        elif not text[at - 1 : at].isdigit():
            return None
    cut = text.endswith("…") and opened and opened[0].mark == '"'
    return "".join(shown) if cut or not opened else None


def _opens(text: str, at: int, last: _Open | None, language: Language) -> bool:
    """Return whether a straight mark opens a quotation: a word follows, and none comes before."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or after.isspace():
        return False
    if not before or before.isspace() or before in BRACKETS + "".join(language.quotes[::2]):
        return True
    if last and last.at == at - 1:
        return True
    return before in COLONS and not (last and last.mark)


def _is_in_word(text: str, at: int) -> bool:
    return text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
