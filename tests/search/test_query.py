"""A query's text is data."""

import pytest

from caliber_site.languages import ENGLISH, LANGUAGES, Language
from caliber_site.models import now
from caliber_site.search.form import SearchForm
from caliber_site.search.query import MOST_WORDS, Query, Words
from tests.browser.words import say


def words(text: str, *, live: bool = False) -> Words:
    return Query(text, ENGLISH, now(), live=live).words


def test_stop_words_are_left_out() -> None:
    assert words("the house of the lake").terms == words("house lake").terms


def test_stop_words_alone_are_kept() -> None:
    assert words("to be or not to be").terms


def test_words_beyond_the_limit_do_not_count() -> None:
    assert len(words(" ".join(f"w{n}" for n in range(50))).terms) == MOST_WORDS


def test_last_word_of_a_live_query_is_a_beginning() -> None:
    asked = words("quiet la", live=True)
    assert ([term.word for term in asked.terms], asked.prefix) == (["quiet"], "la")


def test_finished_last_word_of_a_live_query_is_a_word() -> None:
    assert words("quiet lake ", live=True).prefix is None


def test_one_letter_is_no_beginning() -> None:
    assert words("quiet l", live=True).prefix is None


def test_quotes_of_any_language_make_a_phrase() -> None:
    for text in ('"white house"', "“white house”", "«white house»", "„white house“"):
        (phrase,) = words(text).phrases
        assert [term.word for term in phrase] == ["white", "house"]


def test_text_without_words_asks_for_nothing() -> None:
    assert not words("?! — …")


def test_minus_leaves_a_word_out() -> None:
    asked = words("house -lake")
    assert [[term.word for term in words] for words in asked.excluded] == [["lake"]]
    assert [term.word for term in asked.terms] == ["house"]


@pytest.mark.parametrize(
    ("text", "left_out"), [("-COVID-19", "covid19"), ("-Санкт-Петербург", "санктпетербург")]
)
def test_minus_leaves_out_what_is_written_together(text: str, left_out: str) -> None:
    ((term,),) = words(f"house {text}").excluded
    assert term.lemmas == (left_out,)


def test_minus_leaves_a_phrase_out() -> None:
    asked = words("house -«mountain lake»")
    assert [[term.word for term in words] for words in asked.excluded] == [["mountain", "lake"]]
    assert [term.word for term in asked.terms] == ["house"]
    assert not asked.phrases


def test_hyphen_inside_a_word_leaves_nothing_out() -> None:
    assert not words("well-known").excluded


def test_author_limits_to_the_authors_of_that_name() -> None:
    (within,) = words('author:"Mira Tellan" lake').within
    assert within.place == "author"
    assert [term.word for term in within.terms] == ["mira", "tellan"]


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_help_says_what_is_understood(language: Language) -> None:
    for text, place in (
        ("author:name", "author"),
        ("section:word", "section"),
        ("tag:word", "tags"),
    ):
        (within,) = words(say(language, text)).within
        assert within.place == place
    assert words(say(language, "lake -winter")).excluded


def test_word_before_a_colon_is_plain_text() -> None:
    assert [term.word for term in words("title:lake").terms] == ["title", "lake"]


def test_unclosed_quote_is_plain_text() -> None:
    asked = words('"white house')
    assert not asked.phrases
    assert [term.word for term in asked.terms] == ["white", "house"]


def test_address_can_ask_for_nothing_but_what_was_typed() -> None:
    form = SearchForm.parse({"q": "ghbdtn", "verbatim": "1"})
    assert form.verbatim
    assert form.link(page=2) == {"q": "ghbdtn", "verbatim": "1", "page": "2"}
