"""A query that was typed with another keyboard layout is read as it was meant."""

import pytest

from caliber_site.languages import ARMENIAN, BY_TAG, ENGLISH, RUSSIAN
from caliber_site.search.rescue import other_language, respellings
from caliber_site.search.rescue.keyboards import BY_SCRIPT, LATIN
from tests.search.word_list import WordList

WORDS = {
    "ru": WordList(
        (
            "Президент Азербайджана приехал в Москву.",
            "Любовь и жёлтый ёж: что может быть больше?",
            "NATO и Google ответили президенту.",
            "Сто вопросов, новое объявление.",
        )
    ),
    "hy": WordList(
        (
            "Հայաստանի նախագահը խոսեց ջրի մասին։",
            "Երևանում շարժումը շատ է, և ձուկը թանկ է։",
            "Հայաստան և Արցախ, չորրորդ շաբաթ։",
        )
    ),
    "en": WordList(("The president doesn't answer.", "A new election in Yerevan.")),
}


def first(text: str, tag: str, *, live: bool = False) -> str | None:
    """Return the likeliest text if it is another layout's."""
    found = next(respellings(text, BY_TAG[tag], WORDS[tag], live=live), None)
    return found.text if found and found.kind == "layout" else None


@pytest.mark.parametrize("keyboard", [one for some in BY_SCRIPT.values() for one in some])
def test_every_row_has_as_many_letters_as_there_are_keys(keyboard: tuple[str, str]) -> None:
    assert [len(row) for row in keyboard] == [len(row) for row in LATIN]


@pytest.mark.parametrize("keyboard", BY_SCRIPT["ARMENIAN"])
def test_every_armenian_letter_has_a_key(keyboard: tuple[str, str]) -> None:
    letters = {chr(code) for code in range(ord("ա"), ord("ֆ") + 1)}
    assert letters <= set(keyboard[0])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fpth,fql;fy", "азербайджан"),
        ("FPTH<FQL:FY", "АЗЕРБАЙДЖАН"),
        ("k.,jdm", "любовь"),
        (";`knsq `;", "жёлтый ёж"),
        ("ghtpbltyn d vjcrdt", "президент в москве"),
        ("j,]zdktybt", "объявление"),
    ],
)
def test_russian_typed_with_the_latin_layout(typed: str, meant: str) -> None:
    assert first(typed, "ru") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Hajastan", "Հայաստան"),
        ("5ri masin", "ջրի մասին"),
        ("\\at 4wuk", "շատ ձուկ"),
        ("Hajastan 7 Arca[", "Հայաստան և Արցախ"),
    ],
)
def test_armenian_typed_with_the_latin_layout_in_place_of_the_phonetic(
    typed: str, meant: str
) -> None:
    assert first(typed, "hy") == meant


def test_armenian_typed_in_place_of_the_phonetic_layout_of_windows() -> None:
    assert first("9w88w8d", "hy") == "չորրորդ"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Ha3astan", "Հայաստան"), (",at 2owk", "շատ ձուկ"), ("]ri masin", "ջրի մասին")],
)
def test_armenian_typed_in_place_of_the_eastern_layout(typed: str, meant: str) -> None:
    assert first(typed, "hy") == meant


def test_armenian_typed_in_place_of_the_western_layout() -> None:
    assert first("Ha3asdan", "hy") == "Հայաստան"


def test_armenian_typed_with_the_russian_layout() -> None:
    assert first("Рфофыефт", "hy") == "Հայաստան"


def test_russian_typed_with_an_armenian_layout() -> None:
    assert first("գհտպբլտըն", "ru") == "президент"


@pytest.mark.parametrize(("typed", "tag"), [("зкуышвуте", "en"), ("պրեսիդենտ", "en")])
def test_english_typed_with_another_layout(typed: str, tag: str) -> None:
    assert first(typed, tag) == "president"


def test_latin_name_typed_with_the_layout_of_the_page() -> None:
    assert first("пщщпду", "ru") == "google"


def test_punctuation_around_a_word_stays() -> None:
    assert first("vjcrdf, ghtpbltyn!", "ru") == "москва, президент!"


def test_quotes_and_operators_stay() -> None:
    meant = '"президент азербайджана" -москва author:президент section:politics'
    typed = '"ghtpbltyn fpth,fql;fyf" -vjcrdf author:ghtpbltyn section:politics'
    assert first(typed, "ru") == meant


def test_words_that_are_known_stay() -> None:
    assert first("NATO ghtpbltyn", "ru") == "NATO президент"


def test_numbers_stay() -> None:
    assert first("ghtpbltyn 2025", "ru") == "президент 2025"


def test_word_of_no_layout_is_left_alone() -> None:
    assert first("qwxzk", "ru") is None


def test_beginning_of_a_word_is_enough_while_it_is_typed() -> None:
    assert first("fpth,", "ru", live=True) == "азерб"
    assert first("fpth,", "ru") is None


def test_query_in_other_letters_belongs_to_another_language() -> None:
    assert other_language("Ереван 2025", ARMENIAN) == RUSSIAN
    assert other_language("Երևան NATO", ENGLISH) == ARMENIAN
    assert other_language("Yerevan", RUSSIAN) == ENGLISH


@pytest.mark.parametrize("text", ["Москва", "Москва и NATO", "2025", "", "北京"])
def test_query_in_the_letters_of_the_page_belongs_to_no_other(text: str) -> None:
    assert other_language(text, RUSSIAN) is None
