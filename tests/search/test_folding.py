"""Folding gives one spelling to what is written in several ways."""

import pytest

from caliber_site.search.folding import LONGEST_WORD, fold


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Ёжик", "ежик"),
        ("Йод", "йод"),
        ("ԵՐԵՎԱՆ", "երևան"),
        ("ԱՐԵՒԵԼՔ", "արևելք"),
        ("գնա՛նք", "գնանք"),
        ("Ålesund", "alesund"),
        ("straße", "strasse"),
        ("Д’Артаньян", "дартаньян"),
        ("O’Brien", "o'brien"),
        ("Нью‑Йорк", "нью-йорк"),
        ("2,500", "2500"),
        ("2,5", "2.5"),
        ("1990-ականներին", "1990"),
        ("ՆԱՏՕ-Ի", "նատօ"),
    ],
)
def test_word_is_folded(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("mixed", "whole"),
    [
        ("Mосква", "москва"),
        ("BАКУ", "ваку"),
        ("Lоndоn", "london"),
        ("oրենք", "օրենք"),
        ("Windows-ը", "windows"),
        ("Teslaով", "tesla"),
    ],
)
def test_letter_of_another_script_is_the_one_it_looks_like(mixed: str, whole: str) -> None:
    assert fold(mixed) == whole


def test_word_that_is_mixed_on_purpose_stays() -> None:
    assert fold("Яndex") == "яndex"


def test_long_word_is_cut() -> None:
    assert len(fold("ж" * 1000)) == LONGEST_WORD
