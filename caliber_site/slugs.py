"""Addresses made from titles, in Latin letters as a reader of the language would write them."""

import re
import unicodedata

LONGEST = 80

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "y",
            "",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)
ARMENIAN = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        [
            "a",
            "b",
            "g",
            "d",
            "e",
            "z",
            "e",
            "y",
            "t",
            "zh",
            "i",
            "l",
            "kh",
            "ts",
            "k",
            "h",
            "dz",
            "gh",
            "ch",
            "m",
            "y",
            "n",
            "sh",
            "o",
            "ch",
            "p",
            "j",
            "r",
            "s",
            "v",
            "t",
            "r",
            "ts",
            "v",
            "p",
            "k",
            "o",
            "f",
            "ev",
        ],
        strict=True,
    )
)
LETTERS = CYRILLIC | ARMENIAN
SOUNDS = (
    (re.compile("[՛՜՞'’ʼ]"), ""),  # marks inside a word do not part it
    (re.compile("ու"), "u"),  # two letters, one sound
    (re.compile("եւ|եվ"), "և"),
    # ye at the start of a word, but for the forms of "to be": եմ, ես, ենք, եք, են
    (re.compile(r"(?<![ա-ֆև])ե(?=[ա-ֆև])(?!(?:մ|ս|նք|ք|ն)(?![ա-ֆև]))"), "ye"),
    (re.compile(r"(?<![ա-ֆև])և(?=[ա-ֆ])"), "yev"),
    (re.compile(r"(?<![ա-ֆև])ո(?!վ)"), "vo"),
    (re.compile("ый(?![а-яё])"), "y"),  # новый is novy
)


def slugify(title: str) -> str:
    """Return a title as a slug of at most `LONGEST` characters; empty if it has no letters."""
    text = unicodedata.normalize("NFC", title).lower()
    for pattern, sound in SOUNDS:
        text = pattern.sub(sound, text)
    text = "".join(LETTERS.get(letter, letter) for letter in text)
    text = unicodedata.normalize("NFKD", text).lower()
    text = "".join(c for c in text if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9]+", "-", text).strip("-")
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rsplit("-", 1)[0][:LONGEST]
    return slug
