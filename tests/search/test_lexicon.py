"""A lexicon takes words apart into stems and affixes."""

import zlib
from importlib.metadata import version

import pytest

from caliber_site.search.folder import FORMAT
from caliber_site.search.lemmas.lexicon import FOLDER, Lexicon

TEXT = """# made up

. s ed
ies y
un.ed . s
. ed

0/0/\twalk
1/0/y\tcit
2/0/\tlock
0/4/go\twent
3/0/,0/0/er*\tfast
0/0/er*\tslow
"""


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(iter(TEXT.splitlines()))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("walked", ["walk"]),
        ("cities", ["city"]),
        ("unlocked", ["lock"]),
        ("went", ["go"]),
        ("walkies", []),
        ("unwalked", []),
        ("", []),
    ],
)
def test_word_is_taken_apart(lexicon: Lexicon, word: str, found: list[str]) -> None:
    assert lexicon.find_lemmas(word) == found


def test_derived_reading_counts_only_alone(lexicon: Lexicon) -> None:
    assert lexicon.find_lemmas("fasted") == ["fast"]
    assert lexicon.find_lemmas("fasts") == ["faster"]
    assert lexicon.find_lemmas("slow") == ["slower"]


@pytest.mark.parametrize("name", ["armenian", "english"])
def test_licence_lies_beside_each_lexicon(name: str) -> None:
    assert f"{name}.xz" in (FOLDER / f"LICENSE-{name}").read_text()


def test_new_dictionaries_raise_the_format() -> None:
    """Lemmas of the index and of queries are of the same dictionaries: change all three lines."""
    lexicons = {path.stem: zlib.crc32(path.read_bytes()) for path in sorted(FOLDER.glob("*.xz"))}
    assert FORMAT == 3
    assert lexicons == {"armenian": 3447313643, "english": 2447292672}
    assert version("pymorphy3-dicts-ru") == "2.4.417150.4580142"
