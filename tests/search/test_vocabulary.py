"""The words of an index: how often, how they go on, and what is spelt nearly so."""

import pytest

from caliber_site.search.vocabulary import Vocabulary
from tests.search.conftest import MakeIndex
from tests.search.documents import make_document


@pytest.fixture
def words(make_any_index: MakeIndex) -> Vocabulary:
    texts = ("harbours and lamps", "the harbour", "a harvest", "harvest lamp", "harvest")
    documents = [make_document(n, "Plain", text) for n, text in enumerate(texts)]
    return make_any_index(documents[:2], documents[2:]).vocabulary()


def test_frequency_counts_editions_with_any_form(words: Vocabulary) -> None:
    assert words.frequency("harbour") == 2
    assert words.frequency("lamps") == 2
    assert words.frequency("volcano") == 0


def test_completions_are_the_commonest_words_with_that_beginning(words: Vocabulary) -> None:
    assert words.complete("harv", 5) == [("harvest", 3)]
    assert [word for word, _ in words.complete("har", 1)] == ["harvest"]
    assert words.complete("x", 5) == []


@pytest.mark.parametrize("typed", ["harvst", "harvestt", "hatvest", "harvets", "arvest"])
def test_words_a_slip_or_two_away_are_near(words: Vocabulary, typed: str) -> None:
    assert words.nearest(typed, 3)[0] == ("harvest", 3)


# Such a word has no three letters in a row of the right one, by which PostgreSQL finds it.
@pytest.mark.parametrize("database", ["sqlite"])
def test_word_with_two_slips_among_few_letters_is_near(words: Vocabulary) -> None:
    assert words.nearest("hrvset", 3)[0] == ("harvest", 3)


def test_short_word_may_have_one_slip(words: Vocabulary) -> None:
    assert words.nearest("lmap", 3) == [("lamp", 1)]
    assert words.nearest("lma", 3) == []


def test_word_itself_is_not_near(words: Vocabulary) -> None:
    assert "harvest" not in dict(words.nearest("harvest", 9))


def test_nearest_come_first_then_the_commonest(words: Vocabulary) -> None:
    assert words.nearest("harbourr", 2) == [("harbour", 1), ("harbours", 1)]
