"""The words of an index: how often, how they go on, and what is spelt nearly so."""

import pytest

from tests.search.conftest import MakeIndex
from tests.search.documents import Index, make_document


@pytest.fixture
def index(make_any_index: MakeIndex) -> Index:
    texts = ("harbours and lamps", "the harbour", "a harvest", "harvest lamp", "harvest")
    documents = [make_document(n, "Plain", text) for n, text in enumerate(texts)]
    return make_any_index(documents[:2], documents[2:])


def test_frequency_counts_editions_with_any_form(index: Index) -> None:
    assert index.frequency("harbour") == 2
    assert index.frequency("lamps") == 2
    assert index.frequency("volcano") == 0


def test_completions_are_the_commonest_words_with_that_beginning(index: Index) -> None:
    assert index.complete("harv", 5) == [("harvest", 3)]
    assert [word for word, _ in index.complete("har", 1)] == ["harvest"]
    assert index.complete("x", 5) == []


@pytest.mark.parametrize("typed", ["harvst", "harvestt", "hatvest", "harvets", "arvest"])
def test_words_a_slip_or_two_away_are_near(index: Index, typed: str) -> None:
    assert index.nearest(typed, 3)[0] == ("harvest", 3)


# Such a word has no three letters in a row of the right one, by which PostgreSQL finds it.
@pytest.mark.parametrize("database", ["sqlite"])
def test_word_with_two_slips_among_few_letters_is_near(index: Index) -> None:
    assert index.nearest("hrvset", 3)[0] == ("harvest", 3)


def test_short_word_may_have_one_slip(index: Index) -> None:
    assert index.nearest("lmap", 3) == [("lamp", 1)]
    assert index.nearest("lma", 3) == []


def test_word_itself_is_not_near(index: Index) -> None:
    assert "harvest" not in dict(index.nearest("harvest", 9))


def test_nearest_come_first_then_the_commonest(index: Index) -> None:
    assert index.nearest("harbourr", 2) == [("harbour", 1), ("harbours", 1)]
