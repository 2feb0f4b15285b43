"""Words of three languages meet where readers expect it."""

import pytest

from caliber_site.search.analysis import tokens


def stems(text: str) -> list[tuple[str, ...]]:
    return [token.lemmas for token in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ереван", "Ереваном"),
        ("ереван", "ЕРЕВАН"),
        ("елка", "ёлка"),
        ("елка", "е\u0308лка"),
        ("замок", "за\u0301мок"),
        ("журнал", "журналом"),
        ("Ինչու", "Ինչո՞ւ"),
        ("Երևանում", "ԵՐԵՎԱՆ"),
        ("Երևանում", "Երեւան"),
        ("Երևանում", "ԵՐԵՒԱՆԻ"),
        ("հանրապետություն", "հանրապետության"),
        ("հանրապետություն", "հանրապետություններում"),
        ("Հայաստանի", "Հայաստանը"),
        ("city", "cities"),
        ("Armenia", "Armenia’s"),
        ("Armenia's", "Armenia’s"),
        ("cafe", "café"),
        ("1000000", "1,000,000"),
        ("3.5", "3,5"),
        ("office", "oﬃce"),
        ("sof\u00adia", "Sofia"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"), [("война", "воина"), ("й", "и"), ("еловый", "елка"), ("3.5", "35")]
)
def test_different_words_do_not_meet(one: str, other: str) -> None:
    assert stems(one) != stems(other)


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
    ],
)
def test_text_is_parted_into_words(text: str, words: list[str]) -> None:
    assert [text[token.start : token.end] for token in tokens(text)] == words
