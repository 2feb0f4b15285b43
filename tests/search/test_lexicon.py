"""A lexicon takes words apart into stems and affixes."""

import zlib
from importlib.metadata import version
from io import BytesIO

import pytest

from caliber_site.search.folder import FORMAT
from caliber_site.search.lemmas.lexicon import FOLDER, Lexicon
from docs.lexicons.builder import Builder


@pytest.fixture
def lexicon() -> Lexicon:
    builder = Builder("made up")
    builder.add("walk", [".", "s", "ed"], "walk")
    builder.add("cit", ["ies", "y"], "city")
    builder.add("lock", ["un.ed", ".", "s"], "lock")
    builder.add("went", ["."], "go")
    builder.add("fast", [".", "ed"], "fast")
    builder.add("fast", [".", "s", "ed"], "faster", derived=True)
    builder.add("slow", [".", "s", "ed"], "slower", derived=True)
    return Lexicon(BytesIO(builder.render()))


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
    assert lexicons == {"armenian": 24134707, "english": 2684778382}
    assert version("pymorphy3-dicts-ru") == "2.4.417150.4580142"
