"""Queries that many readers asked are offered to others; of one reader nothing is."""

from collections.abc import Callable
from datetime import UTC, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.languages import ARMENIAN, ENGLISH, RUSSIAN
from caliber_site.models import LEAST_READERS, AskedQuery, QueryCount, now
from caliber_site.search.engine import Engine
from caliber_site.search.popular import count_query, fold_text, load_popular
from caliber_site.search.query import Query
from tests.conftest import BROWSER, CountSql, KeepBusy
from tests.factories import make_edition
from tests.search.word_list import WordList

LIVE = "/en/search?q=&live=1"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"

Ask = Callable[..., None]


@pytest.fixture
def ask(session: Session, client: FlaskClient, search_engine: Engine) -> Ask:
    """Have a number of readers ask for a page, on a site with one story about a quiet lake."""
    make_edition(session, title="Quiet lake")
    search_engine.sync(session)

    def ask_by(number: int, address: str = "/en/search?q=lake", **headers: str) -> None:
        for reader in range(number):
            named = {"User-Agent": f"{BROWSER} Reader/{reader}"} | headers
            assert client.get(address, headers=named).status_code == 200

    return ask_by


def counted(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(AskedQuery.text)))


def test_query_of_five_readers_is_offered(client: FlaskClient, ask: Ask) -> None:
    ask(LEAST_READERS)
    assert 'href="/en/search?q=lake">lake</a>' in client.get(LIVE).text


def test_query_of_four_readers_is_not_offered(client: FlaskClient, ask: Ask) -> None:
    ask(LEAST_READERS - 1)
    assert "lake" not in client.get(LIVE, headers={"HX-Request": "true"}).text


def test_one_reader_counts_once(session: Session, ask: Ask) -> None:
    for _ in range(3):
        ask(1)
    assert counted(session) == ["lake"]


def test_spaces_and_capitals_do_not_make_another_query(session: Session, ask: Ask) -> None:
    ask(1, "/en/search?q=QUIET+++lake")
    ask(1, "/en/search?q=+quiet%C2%A0Lake")
    assert counted(session) == ["quiet lake"]


def test_other_spelling_counts_as_what_it_found(
    session: Session, ask: Ask, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_edition(session, "ru", "Тихое озеро")
    search_engine.sync(session)
    monkeypatch.setattr(search_engine, "vocabulary", lambda _language: WordList(["Тихое озеро"]))
    ask(1, "/ru/search?q=jpthj")
    assert counted(session) == ["озеро"]


@pytest.mark.parametrize(
    "address",
    [
        "/en/search?q=lak&live=1",
        "/en/search?q=mountain",
        "/en/search?q=lake+mountain",
        "/en/search?q=lake&page=2",
        "/en/search?q=lake&section=sport",
        "/en/search.atom?q=lake",
    ],
)
def test_what_is_typed_or_finds_nothing_is_not_counted(
    session: Session, ask: Ask, search_engine: Engine, address: str
) -> None:
    for number in range(11):
        make_edition(session, title=f"Lake {number}")
    search_engine.sync(session)
    ask(1, address)
    assert counted(session) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": ROBOT},
        {"User-Agent": ""},
        {"Sec-Purpose": "prefetch"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_robots_prefetch_and_other_sites_are_not_counted(
    session: Session, ask: Ask, headers: dict[str, str]
) -> None:
    ask(1, **headers)
    assert counted(session) == []


@pytest.mark.parametrize(
    "text",
    [
        "mira.tellan@paper.example",
        "call +374 91 12-34-56",
        "4111 1111 1111 1111",
        "4111111111111111",
        "https://paper.example/?token=abc",
        "lake " * 20,
        "author:tellan lake",
        "lake -winter",
        "lake\u202e",
        "…",
        "",
    ],
)
def test_private_or_strange_text_is_never_counted(text: str) -> None:
    assert fold_text(Query(text, ENGLISH, now())) is None


@pytest.mark.parametrize("text", ["covid-19", "budget 2026", "мюнхен 1972", "ղարաբաղ", "c++ 17"])
def test_short_numbers_are_counted(text: str) -> None:
    assert fold_text(Query(text, ENGLISH, now())) == text


def test_counting_is_one_statement(session: Session, count_sql: CountSql) -> None:
    count_query(session, Query("lake", ENGLISH, now()), "192.0.2.1", "a browser")
    with count_sql() as statements:
        count_query(session, Query("quiet lake", ENGLISH, now()), "192.0.2.1", "a browser")
    assert len(statements) == 1


def test_page_is_shown_while_the_database_is_locked(
    session: Session, client: FlaskClient, ask: Ask, keep_busy: KeepBusy
) -> None:
    with keep_busy():
        assert "Quiet <mark>lake</mark>" in client.get("/en/search?q=lake").text
    assert counted(session) == []
    ask(1)
    assert counted(session) == ["lake"]


def test_what_is_offered_is_one_statement_without_a_reader(
    session: Session, client: FlaskClient, count_sql: CountSql
) -> None:
    with count_sql() as statements:
        response = client.get(LIVE, headers={"HX-Request": "true"})
    assert len(statements) == 1
    assert response.cache_control.max_age == 60


def test_page_without_a_query_offers_them_too(client: FlaskClient, ask: Ask) -> None:
    ask(LEAST_READERS)
    assert 'href="/en/search?q=lake">lake</a>' in client.get("/en/search").text


def keep(session: Session, text: str, readers: int, days_ago: int = 1, tag: str = "en") -> None:
    day = now().astimezone(UTC).date() - timedelta(days_ago)
    session.add(QueryCount(language=tag, day=day, text=text, readers=readers))
    session.commit()


def test_days_are_added_up_and_the_most_asked_comes_first(session: Session) -> None:
    keep(session, "bread", 9)
    for day in (1, 2):
        keep(session, "lake", 6, day)
    assert load_popular(session, ENGLISH, now()).popular == ["lake", "bread"]


def test_recent_ones_are_those_that_are_not_popular(session: Session) -> None:
    for number in range(8):
        keep(session, f"popular {number}", 20, days_ago=3)
    keep(session, "new today", 5, days_ago=0)
    popular = load_popular(session, ENGLISH, now())
    assert popular.recent[0] == "new today"
    assert not set(popular.recent) & set(popular.popular)


def test_old_ones_are_not_offered(session: Session) -> None:
    keep(session, "lake", 9, days_ago=8)
    assert load_popular(session, ENGLISH, now()).popular == []


def test_each_language_has_its_own(session: Session) -> None:
    keep(session, "озеро", 9, tag="ru")
    assert load_popular(session, RUSSIAN, now()).popular == ["озеро"]
    assert load_popular(session, ARMENIAN, now()).popular == []
