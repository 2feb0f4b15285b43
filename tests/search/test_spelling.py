"""Misspelt, joined and split words are corrected with the words of the index."""

import random

import pytest

from caliber_site.languages import BY_TAG, ENGLISH, LANGUAGES, RUSSIAN
from caliber_site.search.rescue import Respelling, respellings
from caliber_site.search.rescue.proximity import distance
from tests.search.word_list import WordList

WORDS = {
    "ru": WordList(
        [
            "Президент Азербайджана говорит о новогодней ночи.",
            "Новогодний год в Москве.",
            "Азербайджан и Афганистан.",
            "На набережной тихо.",
            "Слон и слово.",
            *["Страна и её президент."] * 5,
            *["Погода."] * 400,
            "Погодда.",
        ]
    ),
    "hy": WordList(["Հայաստանի վարչապետ։", "Երևան և Երևանում։"]),
    "en": WordList(["The White House and the government.", "A house for a mouse."]),
}
HOSTILE = (
    "\x00\x01\x1b",
    "\u0301\u0308",
    "\u202e\u200f\u2066",
    "\"'«»“”-:*?()[]{}\\|~^`@",
    "абвгдежзий",
    "աբգդեզէըթև",
    "abcdefghij",
    " \t\n\u00a0",
    "0123456789",
    "אב漢🙂",
    "ǰčšł",
)


def corrected(text: str, tag: str = "ru") -> Respelling | None:
    return next(respellings(text, BY_TAG[tag], WORDS[tag]), None)


@pytest.mark.parametrize(
    ("typed", "meant", "tag"),
    [
        ("прзидент", "президент", "ru"),
        ("призидент", "президент", "ru"),
        ("президнет", "президент", "ru"),
        ("авганистан", "афганистан", "ru"),
        ("Азербаджан", "Азербайджан", "ru"),
        ("վարչպետ", "վարչապետ", "hy"),
        ("Եռևան", "Երևան", "hy"),
        ("goverment", "government", "en"),
    ],
)
def test_misspelt_word_is_corrected(typed: str, meant: str, tag: str) -> None:
    assert corrected(typed, tag) == Respelling(meant, "spelling")


@pytest.mark.parametrize(
    ("typed", "meant", "tag"),
    [
        ("новогоднийгод", "новогодний год", "ru"),
        ("вМоскве", "в москве", "ru"),
        ("whitehouse", "white house", "en"),
    ],
)
def test_joined_words_are_split(typed: str, meant: str, tag: str) -> None:
    assert corrected(typed, tag) == Respelling(meant, "split")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("азер байджан", "азербайджан"),
        ("азер-байджан", "азербайджан"),
        ("тихо на на бережной", "тихо на набережной"),
    ],
)
def test_split_word_is_joined(typed: str, meant: str) -> None:
    assert corrected(typed) == Respelling(meant, "joined")


def test_known_word_stays_beside_a_misspelt_one() -> None:
    assert corrected("слон прзидент") == Respelling("слон президент", "spelling")


@pytest.mark.parametrize(
    "text", ["президенты Азербайджана", "слон слово", "год 2025", "на и в", ""]
)
def test_known_words_have_no_other_spelling(text: str) -> None:
    assert corrected(text) is None


def test_word_that_the_paper_misspelt_once_is_corrected() -> None:
    assert corrected("погодда") == Respelling("погода", "spelling")


def test_quotes_and_operators_stay() -> None:
    respelling = corrected('"прзидент страны" -прзидент author:призидент section:прзидент')
    assert respelling is not None
    assert respelling.text == '"президент страны" -прзидент author:президент section:прзидент'


def test_numbers_and_short_words_are_not_corrected() -> None:
    assert corrected("20255 ъъ") is None


def test_word_that_nothing_is_near_is_known_to_be_unknown() -> None:
    respelling = corrected("прзидент щщщщщщ")
    assert respelling is not None
    assert respelling.known == pytest.approx(0.5)


def test_nothing_is_taken_for_misspelt_while_it_is_typed() -> None:
    assert not list(respellings("прзидент", RUSSIAN, WORDS["ru"], live=True))


def test_there_are_at_most_six_spellings() -> None:
    assert len(list(respellings("сло прзиден азербаджа", RUSSIAN, WORDS["ru"]))) <= 6


@pytest.mark.parametrize(
    ("typed", "likely", "unlikely"),
    [
        ("молако", "молоко", "моллюко"),
        ("превет", "привет", "превот"),
        ("доом", "дом", "дорм"),
        ("hosue", "house", "hosle"),
        ("tje", "the", "tpe"),
    ],
)
def test_slips_of_sound_keys_and_haste_are_likely(typed: str, likely: str, unlikely: str) -> None:
    assert distance(typed, likely) < distance(typed, unlikely)


def test_first_letter_is_seldom_wrong() -> None:
    assert distance("кот", "пот") > distance("кот", "коп")


def test_anything_can_be_read() -> None:
    chance = random.Random(3)  # noqa: S311
    for _ in range(400):
        size = chance.choice((3, 30, 300))
        text = "".join(chance.choice(chance.choice(HOSTILE)) for _ in range(size))
        for language in LANGUAGES:
            live = chance.random() < 0.5
            list(respellings(text, language, WORDS[language.tag], live=live))


def test_very_long_text_is_read_in_part() -> None:
    (first, *_) = respellings("goverment " * 2000, ENGLISH, WORDS["en"])
    assert len(first.text) < 1000
