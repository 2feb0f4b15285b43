"""Which of several editions comes first."""

import pytest

from tests.search.conftest import MakeIndex
from tests.search.documents import find, make_document, search

FILLING = "Nothing else happened on that day and everybody in the town was content with it. " * 4


def test_words_that_follow_each_other_come_before_words_far_apart(
    make_any_index: MakeIndex,
) -> None:
    far = make_document(1, body=f"Harbour. {FILLING} Festival.", days_ago=1)
    near = make_document(2, body=f"Harbour festival. {FILLING} ", days_ago=9)
    assert find(make_any_index([far, near]), "harbour festival") == [2, 1]


def test_newer_edition_comes_first_where_all_else_is_equal(make_any_index: MakeIndex) -> None:
    editions = [make_document(n, "Harbour festival", days_ago=days) for n, days in ((1, 9), (2, 2))]
    assert find(make_any_index(editions), "harbour") == [2, 1]


def test_better_match_is_not_buried_by_newer_ones(make_any_index: MakeIndex) -> None:
    old = make_document(1, "Harbour festival", days_ago=3000)
    new = [make_document(n, body=f"The harbour. {FILLING}") for n in range(2, 9)]
    assert find(make_any_index([*new, old]), "harbour")[0] == 1


def test_word_of_an_old_title_comes_before_new_texts_that_repeat_it(
    make_any_index: MakeIndex,
) -> None:
    old = make_document(1, "Minister opens the new harbour of the old town", days_ago=4000)
    new = [make_document(n, "Daily news", "A harbour. " * 9) for n in range(2, 20)]
    others = [make_document(n, body=FILLING) for n in range(20, 90)]
    assert find(make_any_index([*new, *others, old]), "harbour")[0] == 1


def test_half_life_is_a_setting(make_any_index: MakeIndex) -> None:
    old = make_document(1, body="Harbour festival", days_ago=9)
    new = make_document(2, body=f"Harbour festival, {FILLING[:80]}", days_ago=1)
    slow = make_any_index([old, new])
    quick = make_any_index([old, new], half_life=0.5)
    assert (find(slow, "harbour"), find(quick, "harbour")) == ([1, 2], [2, 1])


def test_form_that_was_typed_comes_before_other_forms(make_any_index: MakeIndex) -> None:
    other = make_document(1, body="Two harbours were opened", days_ago=1)
    exact = make_document(2, body="One harbour was opened", days_ago=9)
    assert find(make_any_index([other, exact]), "harbour") == [2, 1]


def test_whole_title_comes_before_a_title_with_more_words(make_any_index: MakeIndex) -> None:
    longer = make_document(1, "Harbour festival is put off once more", days_ago=1)
    itself = make_document(2, "Harbour festival", days_ago=9)
    assert find(make_any_index([longer, itself]), "harbour festival") == [2, 1]


def test_sentence_finds_the_edition_that_it_is_from(make_any_index: MakeIndex) -> None:
    sentence = "The ferry brought seven old lamps from the island to the museum last night"
    wanted = make_document(1, body=f"{FILLING} {sentence}. {FILLING}", days_ago=900)
    others = [make_document(n, body=f"{FILLING} The museum {n}", days_ago=n) for n in range(2, 30)]
    index = make_any_index(others, [wanted])
    assert find(index, f"{sentence} quietly and unexpectedly")[0] == 1


def test_sentence_does_not_find_editions_with_a_few_common_words_of_it(
    make_any_index: MakeIndex,
) -> None:
    wanted = make_document(1, body="Seven brass lamps from the island reached the old museum")
    others = [make_document(n, body="The old museum is closed") for n in range(2, 30)]
    query = "seven brass lamps reached an island museum by an old ferry"
    assert find(make_any_index([wanted, *others]), query) == [1]


def test_some_words_are_told_from_all(make_any_index: MakeIndex) -> None:
    index = make_any_index([make_document(1, "Quiet lake")])
    assert search(index, "quiet lake").all_words
    assert not search(index, "quiet volcano").all_words


def test_phrase_counts_its_words_in_every_form_and_as_often_as_typed(
    make_any_index: MakeIndex,
) -> None:
    twice = make_document(1, body="They said that had had an effect")
    once = make_document(2, body="They said that had an effect")
    forms = make_document(3, body="White houses stand there")
    index = make_any_index([twice, once, forms])
    assert find(index, "“that had had an effect”") == [1]
    assert find(index, "“white house”") == [3]


def test_phrase_does_not_span_title_and_lead(make_any_index: MakeIndex) -> None:
    apart = make_document(1, "The old harbour", lead="Festival of lights")
    assert find(make_any_index([apart]), "“harbour festival”") == []


def test_excluded_words_leave_editions_out(make_any_index: MakeIndex) -> None:
    editions = [make_document(1, "Harbour festival"), make_document(2, "Harbour market")]
    assert find(make_any_index(editions), "harbour -festivals") == [2]


def test_excluded_phrases_leave_editions_out_that_have_the_words_in_order(
    make_any_index: MakeIndex,
) -> None:
    editions = [
        make_document(1, "Harbour", body="The old festivals of lights"),
        make_document(2, "Harbour", body="A festival that is old"),
    ]
    assert find(make_any_index(editions), 'harbour -"old festival"') == [2]


@pytest.mark.parametrize("database", ["sqlite"])
def test_excluded_phrases_of_very_common_words_are_not_looked_for(
    make_any_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caliber_site.search.whoosh.limits.MOST_PLACES", 1)
    editions = [
        make_document(1, "Harbour", body="A festival that is old"),
        make_document(2, "Harbour", body="A festival"),
    ]
    assert find(make_any_index(editions), 'harbour -"old festival"') == [2]


@pytest.mark.parametrize("database", ["sqlite"])
def test_excluded_words_do_not_keep_phrases_from_being_looked_for(
    make_any_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caliber_site.search.whoosh.limits.MOST_PLACES", 4)
    editions = [
        make_document(1, "Harbour", body="A festival that is old"),
        make_document(2, "Harbour", body="lights " * 9),
    ]
    assert find(make_any_index(editions), 'harbour -lights -"old festival"') == [1]


def test_author_section_and_tag_are_asked_for_by_name(make_any_index: MakeIndex) -> None:
    editions = [
        make_document(1, "Harbour", author="Mira Tellan", section="sport", tags="Boats\nOld town"),
        make_document(2, "Harbour", author="Mira Dovin", section="culture", tags="Town"),
    ]
    index = make_any_index(editions)
    assert find(index, 'harbour author:"mira tellan"') == [1]
    assert find(index, "harbour section:culture") == [2]
    assert find(index, "harbour tag:boats") == [1]
    assert find(index, "author:mira") == [1, 2] or find(index, "author:mira") == [2, 1]


def test_live_box_finds_titles_first(make_any_index: MakeIndex) -> None:
    body = make_document(1, body="The observatory on the hill", days_ago=1)
    title = make_document(2, "Observatory on the hill", days_ago=99)
    assert find(make_any_index([body, title]), "obser", live=True) == [2, 1]
