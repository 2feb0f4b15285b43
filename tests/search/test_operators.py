"""A query with the quotes and dashes of a text that was copied finds that text all the same."""

import pytest
from sqlalchemy.orm import Session

from caliber_site.languages import RUSSIAN
from caliber_site.models import now
from caliber_site.search.answer import Answer, find
from caliber_site.search.engine import Engine
from caliber_site.search.query import Query
from caliber_site.search.rescue import without_operators
from tests.factories import make_edition

SAID = "«Мы построим новую школу у моря», -ответил вчера министр образования города"


def ask(session: Session, engine: Engine, text: str, *, verbatim: bool = False) -> Answer:
    engine.sync(session)
    return find(engine, Query(text, RUSSIAN, now()), verbatim=verbatim)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("«белый дом» и мэр", "белый дом и мэр"),
        ("он сказал “белый дом”", "он сказал белый дом"),
        ("автор:«Анна Петрова» «белый дом»", "автор:«Анна Петрова» белый дом"),
        (SAID, "Мы построим новую школу у моря , ответил вчера министр образования города"),
    ],
)
def test_phrases_become_words(typed: str, plain: str) -> None:
    found = without_operators(typed)
    assert found
    assert found.text == plain


@pytest.mark.parametrize("text", ["белый дом", "дом -белый", "«дом» белый", "автор:«А Б»"])
def test_short_query_without_phrases_stays(text: str) -> None:
    assert without_operators(text) is None


def test_phrase_that_is_nowhere_is_answered_as_words_and_that_is_told(
    session: Session, search_engine: Engine
) -> None:
    make_edition(session, "ru", "Дом у моря белый")
    answer = ask(session, search_engine, "«белый дом»")
    assert (answer.shown_for, answer.kind, answer.results.total) == ("белый дом", "operators", 1)


def test_phrase_that_is_found_stays(session: Session, search_engine: Engine) -> None:
    make_edition(session, "ru", "Белый дом")
    make_edition(session, "ru", "Дом у моря белый")
    answer = ask(session, search_engine, "«белый дом»")
    assert (answer.shown_for, answer.results.total) == (None, 1)


def test_phrase_that_is_nowhere_finds_nothing_where_that_is_asked(
    session: Session, search_engine: Engine
) -> None:
    make_edition(session, "ru", "Дом у моря белый")
    assert ask(session, search_engine, "«белый дом»", verbatim=True).results.total == 0


def test_copied_sentence_with_quotes_and_dashes_finds_its_text(
    session: Session, search_engine: Engine
) -> None:
    edition = make_edition(session, "ru", "Школа", body=f"<p>{SAID}.</p>")
    changed = SAID.replace("новую ", "")
    hits = ask(session, search_engine, changed).results.hits
    assert [hit.edition_id for hit in hits] == [edition.id]


def test_excluded_word_of_a_short_query_stays_excluded(
    session: Session, search_engine: Engine
) -> None:
    make_edition(session, "ru", "Белый дом")
    assert ask(session, search_engine, "дом -белый").results.total == 0
