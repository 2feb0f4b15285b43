"""A query that finds nothing with all its words is answered with what it was meant to say."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import pytest

from caliber_site.languages import RUSSIAN, Language
from caliber_site.models import now
from caliber_site.search.analysis import tokens
from caliber_site.search.answer import MOST_TRIED, Answer, find
from caliber_site.search.engine import Engine
from caliber_site.search.query import Hit, Query, Results
from tests.search.word_list import WordList

TEXTS = (
    "Президент Азербайджана в Москве",
    "Азербайджан встречает президентов",
    "Погода в Москве и NATO",
    "Москва, Moskva и Ереван",
    *["Ереван говорит"] * 9,
    "В Ереване Erevan",
)


@dataclass
class ListEngine:
    """Finds texts by their numbers, those with all words or else with some."""

    texts: Sequence[str]
    available: bool = True
    asked: list[Query] = field(default_factory=list)

    def vocabulary(self, _language: Language) -> WordList:
        return WordList(self.texts)

    def search(self, asked: Query) -> Results:
        self.asked.append(asked)
        if not self.available:
            return Results(available=False)
        counts = [self._count(asked, text) for text in self.texts]
        wanted = len(asked.words.terms) + (asked.words.prefix is not None)
        every = [number for number, count in enumerate(counts) if count == wanted]
        hits = every or [number for number, count in enumerate(counts) if count]
        return Results([Hit(number, 1.0) for number in hits], len(hits), all_words=bool(every))

    def _count(self, asked: Query, text: str) -> int:
        found = list(tokens(text))
        lemmas = {lemma for token in found for lemma in token.lemmas}
        begun = asked.words.prefix
        has_beginning = begun is not None and any(token.word.startswith(begun) for token in found)
        return has_beginning + sum(not lemmas.isdisjoint(term.lemmas) for term in asked.words.terms)


def ask(
    text: str,
    *,
    live: bool = False,
    verbatim: bool = False,
) -> Answer:
    engine = cast("Engine", ListEngine(TEXTS))
    return find(engine, Query(text, RUSSIAN, now(), live=live), verbatim=verbatim)


def numbers(answer: Answer) -> list[int]:
    return [hit.edition_id for hit in answer.results.hits]


@pytest.mark.parametrize(
    ("typed", "meant", "kind"),
    [
        ("fpth,fql;fy", "азербайджан", "layout"),
        ("azerbaijan", "азербайджан", "transliteration"),
        ("азербаджан", "азербайджан", "spelling"),
        ("азер байджан", "азербайджан", "joined"),
    ],
)
def test_query_that_finds_nothing_is_answered_as_it_was_meant(
    typed: str, meant: str, kind: str
) -> None:
    answer = ask(typed)
    assert (answer.asked.text, answer.shown_for, answer.kind) == (typed, meant, kind)
    assert numbers(answer) == [0, 1]


def test_what_was_found_is_marked_with_the_words_that_found_it() -> None:
    assert ask("fpth,fql;fy").shown.text == "азербайджан"
    assert ask("азербайджан").shown.text == "азербайджан"


@pytest.mark.parametrize("text", ["президент", "погода в москве", "NATO", "Erevan"])
def test_query_that_finds_all_its_words_is_answered_as_it_is(text: str) -> None:
    assert ask(text).shown_for is None


def test_known_words_that_are_nowhere_together_are_answered_as_they_are() -> None:
    answer = ask("погода президента")
    assert answer.shown_for is None
    assert numbers(answer) == [0, 1, 2]


def test_nothing_else_is_searched_for_where_that_is_asked() -> None:
    answer = ask("fpth,fql;fy", verbatim=True)
    assert answer.shown_for is None
    assert not answer.results.hits


def test_missing_index_is_not_asked_again() -> None:
    engine = ListEngine(TEXTS, available=False)
    answer = find(cast("Engine", engine), Query("fpth", RUSSIAN, now()))
    assert not answer.results.available
    assert len(engine.asked) == 1


def test_words_that_are_known_in_other_letters_are_shown_though_nowhere_together() -> None:
    answer = ask("pogoda prezidenta")
    assert answer.shown_for == "погода президента"
    assert not answer.results.all_words


def test_misspelt_word_beside_a_known_one_is_corrected_only_where_both_are_together() -> None:
    assert ask("прзидент москва").shown_for == "президент москва"
    assert ask("прзидент погода").shown_for is None


def test_word_that_a_dictionary_has_is_not_taken_for_a_longer_one() -> None:
    assert ask("москвич").shown_for is None


def test_word_that_a_dictionary_has_may_be_a_slip_of_one_that_sounds_the_same() -> None:
    assert ask("пагода").shown_for == "погода"


def test_few_results_in_other_letters_stay_and_the_commoner_word_is_offered() -> None:
    answer = ask("Erevan")
    assert (answer.shown_for, answer.offered) == (None, "Ереван")
    assert numbers(answer) == [len(TEXTS) - 1]


def test_word_that_is_hardly_commoner_in_other_letters_is_not_offered() -> None:
    assert ask("Moskva").offered is None


def test_beginning_in_another_layout_is_found_while_it_is_typed() -> None:
    answer = ask("fpth,", live=True)
    assert answer.shown_for == "азерб"
    assert numbers(answer) == [0, 1]


def test_section_page_and_dates_stay() -> None:
    engine = ListEngine(TEXTS)
    asked = Query("azerbaijan", RUSSIAN, now(), section="news", page=2, sort="newest")
    find(cast("Engine", engine), asked)
    last = engine.asked[-1]
    assert (last.section, last.page, last.sort, last.now) == ("news", 2, "newest", asked.now)


@pytest.mark.parametrize("text", ["сло прзиден азербаджа", "abc def ghi", "zh zh zh", "-fpth", "?"])
def test_few_spellings_are_searched_for(text: str) -> None:
    engine = ListEngine(TEXTS)
    find(cast("Engine", engine), Query(text, RUSSIAN, now()))
    assert len(engine.asked) <= 1 + MOST_TRIED
