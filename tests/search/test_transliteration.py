"""A query in Latin letters that means Russian or Armenian words is read as it was meant."""

import pytest

from caliber_site.languages import BY_TAG
from caliber_site.search.rescue import respellings
from tests.search.word_list import WordList

WORDS = {
    "ru": WordList(
        (
            "Азербайджан и Москва: президент говорит о счастье.",
            "Школа, обезьяна, подъезд, щука, эхо.",
            "Хрущёв и Горбачёв на съезде; Ельцин ещё молод.",
            "Правительство и большинство: ядерное оружие.",
            "Женщины хотят учиться.",
            "Юлия и Яна едят яйцо.",
            "НАТО и Google.",
        )
    ),
    "hy": WordList(
        (
            "Հայաստանի Հանրապետություն, Երևան, Արցախ։",
            "Հայաստան, վարչապետ Փաշինյանը և ազգային ժողով։",
            "Որդի, օր, ընդհանուր, ձմեռ, ճանապարհ, չորս, ջուր։",
            "Գյումրի, թատրոն, տղամարդ, քաղաք, ծով, ցուրտ, խոսք։",
        )
    ),
    "en": WordList(("Obama was in Washington.", "Putin spoke in Yerevan.")),
}


def first(text: str, tag: str, *, live: bool = False) -> str | None:
    """Return the likeliest text; the phonetic layout of Armenian may write the same."""
    found = next(respellings(text, BY_TAG[tag], WORDS[tag], live=live), None)
    return found.text if found else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("azerbaydzhan", "азербайджан"),
        ("azerbaidjan", "азербайджан"),
        ("azerbaijan", "азербайджан"),
        ("Moskva", "Москва"),
        ("prezident", "президент"),
        ("shkola", "школа"),
        ("obezyana", "обезьяна"),
        ("obez'yana", "обезьяна"),
        ("podyezd", "подъезд"),
        ("podiezd", "подъезд"),
        ("pod``ezd", "подъезд"),
        ("shchuka", "щука"),
        ("schuka", "щука"),
        ("shhuka", "щука"),
        ("e`xo", "эхо"),
        ("ekho", "эхо"),
        ("Khrushchev", "Хрущев"),
        ("Khrushchyov", "Хрущев"),
        ("Gorbachov", "Горбачев"),
        ("El'cin", "Ельцин"),
        ("Yeltsin", "Ельцин"),
        ("eshche", "еще"),
        ("jenshini", "женщины"),
        ("uchitsya", "учиться"),
        ("Iuliia", "Юлия"),
        ("Juliâ", "Юлия"),
        ("jajco", "яйцо"),
        ("jadernoe oruzhie", "ядерное оружие"),
        ("bol'shinstvo pravitel'stva", "большинство правительства"),
    ],
)
def test_russian_in_latin_letters(typed: str, meant: str) -> None:
    assert first(typed, "ru") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Yerevan", "Երևան"),
        ("hanrapetutyun", "հանրապետություն"),
        ("hanrapetowt'yown", "հանրապետություն"),
        ("hanrapetut’yun", "հանրապետություն"),
        ("Hayastani Hanrapetoutyoun", "Հայաստանի Հանրապետություն"),
        ("Hayastan", "Հայաստան"),
        ("varchapet Pashinyan", "վարչապետ Փաշինյան"),
        ("azgayin zhoghov", "ազգային ժողով"),
        ("azgayin joxov", "ազգային ժողով"),
        ("azgayin žołov", "ազգային ժողով"),
        ("vordi", "որդի"),
        ("@ndhanur", "ընդհանուր"),
        ("yndhanur", "ընդհանուր"),
        ("dzmer", "ձմեռ"),
        ("janaparh", "ճանապարհ"),
        ("č̣anaparh", "ճանապարհ"),
        ("č’ors", "չորս"),
        ("čors", "չորս"),
        ("çov", "ծով"),
        ("kʿałakʿ", "քաղաք"),
        ("ǰur", "ջուր"),
        ("Gyumri", "Գյումրի"),
        ("t'atron", "թատրոն"),
        ("tghamard", "տղամարդ"),
        ("kaghak", "քաղաք"),
        ("qaxaq", "քաղաք"),
        ("tsurt tsov", "ցուրտ ծով"),
        ("khosq", "խոսք"),
    ],
)
def test_armenian_in_latin_letters(typed: str, meant: str) -> None:
    assert first(typed, "hy") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Обама", "Obama"), ("вашингтон", "washington"), ("Փութին", "Putin"), ("Ереван", "Yerevan")],
)
def test_names_in_the_letters_of_another_language(typed: str, meant: str) -> None:
    assert first(typed, "en") == meant


def test_form_that_no_text_has_is_found_by_those_it_has() -> None:
    assert first("shkolami", "ru") == "школами"


def test_word_of_the_vocabulary_stays() -> None:
    assert first("Google v Moskve", "ru") == "Google в Москве"


def test_commoner_word_in_its_own_letters_is_meant() -> None:
    assert first("NATO prezident", "ru") == "НАТО президент"


def test_quotes_and_operators_stay() -> None:
    typed = '"yadernoe oruzhie" -moskva author:prezident section:moskva'
    assert first(typed, "ru") == '"ядерное оружие" -москва author:президент section:moskva'


def test_slip_in_latin_letters_is_corrected_too() -> None:
    assert first("azerbaydzan", "ru") == "азербайджан"


def test_foreign_words_are_left_alone() -> None:
    assert first("weather forecast", "ru") is None


def test_beginning_of_a_word_is_enough_while_it_is_typed() -> None:
    assert first("azerbay", "ru", live=True) == "азербай"
    assert first("hanrapet", "hy", live=True) == "հանրապետ"


def test_long_query_asks_the_vocabulary_a_bounded_number_of_times() -> None:
    words = WordList(("Азербайджан.",))
    list(respellings(" ".join(f"azerbaydzhan{n}y" for n in "aeiou" * 9), BY_TAG["ru"], words))
    assert words.asked <= 600
