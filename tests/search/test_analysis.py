"""Texts become words with their places, and words that readers take for one meet."""

import pytest

from caliber_site.search.analysis import count, pick, tokens


def meet(one: str, other: str) -> bool:
    """Return whether every word of one text meets a word of the other."""
    found = {lemma for token in tokens(other) for lemma in token.lemmas}
    return all(found & set(token.lemmas) for token in tokens(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ереван", "Ереваном"),
        ("ереван", "ЕРЕВАН"),
        ("елка", "ёлка"),
        ("елка", "е\u0308лка"),
        ("замок", "за\u0301мок"),
        ("Ինչու", "Ինչո՞ւ"),
        ("Երևանում", "ԵՐԵՎԱՆ"),
        ("Երևանում", "Երեւան"),
        ("Երևանում", "ԵՐԵՒԱՆԻ"),
        ("Armenia", "Armenia’s"),
        ("Armenia's", "Armenia’s"),
        ("cafe", "café"),
        ("office", "oﬃce"),
        ("sof\u00adia", "Sofia"),
        ("1000000", "1,000,000"),
        ("1 000 000", "1\u00a0000\u00a0000"),
        ("1000000.5", "1 000 000,5"),
        ("1000000", "1.000.000"),
        ("3.5", "3,5"),
        ("15", "15 128"),
        ("000", "1 250 000"),
        ("9.2025", "09.2025"),
        ("санктпетербург", "в Санкт-Петербурге"),
        ("Санкт-Петербург", "санктпетербурга"),
        ("wellknown", "a well-known name"),
        ("e-mail", "email"),
        ("հայռուսական", "հայ-ռուսական"),
        ("բարև", "բա֊րև"),
        ("covid19", "COVID-19"),
        ("Су57", "Су-57"),
        ("737800", "Boeing 737-800"),
        ("USA", "U.S.A."),
        ("1990-е", "в 1990-х"),
        ("1990s", "1990"),
        ("21", "the 21st"),
        ("2020", "2020-ին"),
        ("2020", "2020թ."),
        ("15", "15-րդը"),
        ("ԱՄՆ", "ԱՄՆ-ում"),
        ("Facebook", "Facebook-ի"),
        ("Facebook", "Facebookից"),
        ("Google", "Google-ом"),
        ("iPhone", "iPhone’ом"),
        ("CМИ", "СМИ"),
        ("дoлгoвой", "долговой"),
        ("Օctober", "October"),
    ],
)
def test_words_meet(one: str, other: str) -> None:
    assert meet(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("война", "воина"),
        ("й", "и"),
        ("еловый", "елка"),
        ("3.5", "35"),
        ("2025", "20"),
        ("57", "Су57"),
        ("ում", "ԱՄՆ-ում"),
        ("х", "1990-х"),
    ],
)
def test_different_words_do_not_meet(one: str, other: str) -> None:
    assert not meet(one, other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Գնաց:Եկավ", ["Գնաց", "Եկավ"]),
        ("տուն։Լավ՝ բա֊րև", ["տուն", "Լավ", "բա", "րև"]),
        ("Ինչո՞ւ", ["Ինչո՞ւ"]),
        ("info@caliber.am", ["info", "caliber", "am"]),
        ("28.09.2025 14:13", ["28", "09", "2025", "14", "13"]),
        ("Су-57, COVID-19", ["Су", "57", "COVID", "19"]),
        ("don’t ‘quote’", ["don’t", "quote"]),
        ("А. С. Пушкин", ["А", "С", "Пушкин"]),
        ("в 2025 100 мест", ["в", "2025", "100", "мест"]),
        ("12 000 мест, 1,000.", ["12 000", "мест", "1,000"]),
        ("НАТО-ի և 1990-х", ["НАТО-ի", "և", "1990-х"]),
        ("5-летний план", ["5", "летний", "план"]),
        ("Հայ-ի, հայ-ռուսական", ["Հայ-ի", "հայ", "ռուսական"]),
        ("- ' ՞ ֊", []),
    ],
)
def test_text_is_parted_into_words(text: str, words: list[str]) -> None:
    assert [text[token.start : token.end] for token in tokens(text)] == words


def test_initials_leave_the_name_alone() -> None:
    name = list(tokens("А.С. Пушкин"))[-1]
    assert name.lemmas == ("пушкин",)


def test_long_numbers_have_no_spaces() -> None:
    assert all(" " not in token.word for token in tokens("1 000" + " 000" * 500))


WRITTEN_TOGETHER = (
    "В Санкт-Петербурге 1 000 000 жителей, U.S. Air-Force — 3,5 %, а Ինչո՞ւ не 15 128?"
)


def test_words_are_counted_without_being_read() -> None:
    assert count(WRITTEN_TOGETHER) == len(list(tokens(WRITTEN_TOGETHER)))


@pytest.mark.parametrize("step", [1, 2, 3, 5])
def test_words_are_picked_by_their_places(step: int) -> None:
    every = list(tokens(WRITTEN_TOGETHER))
    assert pick(WRITTEN_TOGETHER, range(0, 999, step)) == every[::step]
