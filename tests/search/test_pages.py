"""The search page and the live box."""

import random
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site.extensions import db
from caliber_site.htmx import Page, render_page
from caliber_site.languages import ENGLISH
from caliber_site.models import Article, Edition, Status, now, record_change
from caliber_site.search.answer import Answer
from caliber_site.search.engine import Engine
from caliber_site.search.facets import Facets
from caliber_site.search.query import Hit, Query, Results
from tests.conftest import CountSql
from tests.factories import make_author, make_edition, make_tag
from tests.search.word_list import WordList

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _close(search_engine: Engine) -> None:
    """Have the engine closed after each test."""


def get(client: FlaskClient, address: str, *, htmx: bool = True) -> str:
    response = client.get(address, headers=HTMX if htmx else {})
    assert response.status_code == 200
    return response.text


def test_page_shows_what_was_found(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    edition = make_edition(session, "ru", "Утро над Ереваном", lead="Тихо в Ереване.")
    search_engine.sync(session)
    page = get(client, "/ru/search?q=ереван", htmx=False)
    assert "<html" in page
    assert f'<a href="/ru/post/{edition.slug}">Утро над <mark>Ереваном</mark></a>' in page
    assert "Тихо в <mark>Ереване</mark>." in page


def test_htmx_gets_the_results_alone(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    make_edition(session, title="Quiet lake")
    search_engine.sync(session)
    response = client.get("/en/search?q=lake", headers=HTMX)
    assert "<html" not in response.text
    assert "<form" not in response.text
    assert "Quiet <mark>lake</mark>" in response.text
    assert "HX-Request" in response.headers["Vary"]


def test_live_box_gets_title_section_and_date(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    make_edition(session, title="Quiet lake", section="culture")
    search_engine.sync(session)
    box = get(client, "/en/search?q=qui&live=1")
    assert "<mark>Quiet</mark> lake" in box
    assert "culture English" in box
    assert "<time" in box


def test_live_box_waits_for_the_second_letter(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    make_edition(session, title="A lake")
    search_engine.sync(session)
    assert "<a" not in get(client, "/en/search?q=a&live=1")


def test_live_search_is_one_statement(
    session: Session, client: FlaskClient, search_engine: Engine, count_sql: CountSql
) -> None:
    make_edition(session, title="Quiet lake", tags=(make_tag(session, "quiet", "Quiet places"),))
    search_engine.sync(session)
    with count_sql() as statements:
        box = get(client, "/en/search?q=qui&live=1")
    assert "<mark>" in box
    assert "Quiet places" in box
    assert len(statements) == 1


def test_search_page_is_three_statements(
    session: Session,
    client: FlaskClient,
    search_engine: Engine,
    count_sql: CountSql,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(12):
        make_edition(session, title=f"Quiet lake {number}", author=make_author(session))
    search_engine.sync(session)
    facets = Facets([("politics", 12)], [("mira-tellan", 12)], [(2026, 7), (2025, 5)])
    monkeypatch.setattr(search_engine, "facets", lambda _asked: facets)
    get(client, "/en/search?q=lake", htmx=False)  # the first of the day makes the salt
    with count_sql() as statements:
        page = get(client, "/en/search?q=quiet", htmx=False)
    assert 'class="narrow"' in page
    assert len(statements) == 3  # results, frame, and the count of the query
    assert sum(statement.startswith("INSERT") for statement in statements) == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_unpublished_edition_is_not_shown(
    session: Session, client: FlaskClient, search_engine: Engine, status: Status
) -> None:
    make_edition(session, title="Secret lake", body="<p>Secret depth</p>", status=status)
    search_engine.sync(session)
    for address in ("/en/search?q=lake", "/en/search?q=lak&live=1"):
        assert "ecret" not in get(client, address)


def test_scheduled_edition_is_not_shown(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    make_edition(session, title="Secret lake", published_at=now() + timedelta(hours=1))
    search_engine.sync(session)
    for address in ("/en/search?q=lake", "/en/search?q=lak&live=1"):
        assert "ecret" not in get(client, address)


def test_index_that_is_behind_shows_no_withdrawn_text(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    edition: Edition = make_edition(session, title="Secret lake")
    search_engine.sync(session)
    edition.status = Status.WITHDRAWN
    record_change(session, edition)
    session.commit()
    assert "ecret" not in get(client, "/en/search?q=lake")


def test_html_in_a_title_is_escaped(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    make_edition(session, title="<script>alert(1)</script> lake")
    search_engine.sync(session)
    page = get(client, "/en/search?q=lake+script")
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;" in page


def test_words_of_the_query_are_escaped(client: FlaskClient) -> None:
    page = get(client, "/en/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", htmx=False)
    assert "<script>alert" not in page


def test_nothing_found_offers_a_way_on(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    search_engine.sync(session)
    page = get(client, "/en/search?q=zzz&section=sport")
    assert "Nothing was found" in page
    assert 'href="/en/search?q=zzz"' in page
    assert 'href="/en/latest/"' in page


def test_count_is_announced(session: Session, client: FlaskClient, search_engine: Engine) -> None:
    make_edition(session, title="Quiet lake")
    search_engine.sync(session)
    page = get(client, "/en/search?q=lake")
    status = re.search(r'role="status">(.*?)</p>', page, re.DOTALL)
    assert status
    assert status[1].strip() == "1 article found"


def test_pages_are_numbered_and_keep_the_filters(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    for number in range(12):
        make_edition(session, title=f"Quiet lake {number}", minutes_ago=number + 1)
    search_engine.sync(session)
    page = get(client, "/en/search?q=lake&section=politics&sort=newest&page=2")
    assert page.count('class="result"') == 2
    assert 'aria-current="page">2</a>' in page
    assert 'href="/en/search?q=lake&amp;section=politics&amp;sort=newest"' in page


@pytest.mark.parametrize("number", ["0", "-1", "abc", "10000000000", "9" * 40, "٣", "1.5", ""])
def test_page_that_does_not_exist_is_the_nearest(
    session: Session, client: FlaskClient, search_engine: Engine, number: str
) -> None:
    make_edition(session, title="Quiet lake")
    search_engine.sync(session)
    assert "Quiet" in get(client, f"/en/search?q=lake&page={number}")


@pytest.mark.parametrize("day", ["yesterday", "2026-13-45", "0001-01-01", "9999-12-31", "<b>"])
def test_date_that_cannot_be_read_is_told(
    session: Session, client: FlaskClient, search_engine: Engine, day: str
) -> None:
    make_edition(session, title="Quiet lake")
    search_engine.sync(session)
    page = get(client, f"/en/search?q=lake&from={day}&to={day}")
    assert "is not a date" in page
    assert "Quiet" in page


def test_days_are_those_of_the_paper(
    session: Session, client: FlaskClient, search_engine: Engine, app: Flask
) -> None:
    zone = app.config["CALIBER"].zone
    night = now().astimezone(zone).replace(hour=0, minute=30) - timedelta(days=3)
    make_edition(session, title="Night lake", published_at=night)
    search_engine.sync(session)
    day, before = night.date(), night.date() - timedelta(days=1)
    assert "Night" in get(client, f"/en/search?q=lake&from={day}&to={day}")
    assert "Night" not in get(client, f"/en/search?q=lake&from={before}&to={before}")


def test_missing_index_is_told_and_titles_are_searched(
    session: Session, client: FlaskClient, count_sql: CountSql
) -> None:
    make_edition(session, title="Quiet lakes")
    make_edition(session, title="Quiet hills", body="<p>No lake</p>")
    make_edition(session, title="A lake that nobody saw", status=Status.DRAFT)
    with count_sql() as statements:
        page = get(client, "/en/search?q=lake")
    assert "Search is not available" in page
    assert page.count('class="result"') == 1
    assert "Quiet <mark>lakes</mark>" in page
    assert len(statements) == 1


def test_missing_index_leaves_the_live_box_its_titles(
    session: Session, client: FlaskClient
) -> None:
    make_edition(session, "ru", "Тихий Ёлочный рынок")
    box = get(client, "/ru/search?q=тихий+ело&live=1")
    assert "<mark>Ёлочный</mark>" in box


def test_empty_query_shows_the_form(client: FlaskClient) -> None:
    page = get(client, "/en/search", htmx=False)
    assert 'name="q"' in page
    assert "Nothing was found" not in page


def test_no_query_is_a_fault(session: Session, client: FlaskClient, search_engine: Engine) -> None:
    make_edition(session)
    search_engine.sync(session)
    chance = random.Random(11)  # noqa: S311
    for number in range(1000):
        text = "".join(
            chr(chance.choice([chance.randrange(0x600), chance.randrange(0xD800)]))
            for _ in range(chance.randrange(1, 60))
        )
        label = ("en", "ru", "arm")[number % 3]
        fields = {"q": text, "live": str(number % 2), "section": text[:9], "from": text[:5]}
        response = client.get(f"/{label}/search", query_string=fields, headers=HTMX)
        assert response.status_code == 200


def test_title_has_the_quotation_marks_of_the_language(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    make_edition(session, "ru", 'Озеро сказало "да"')
    search_engine.sync(session)
    page = get(client, "/ru/search?q=озеро")
    assert "<mark>Озеро</mark> сказало «да»" in page


def test_story_in_other_languages_is_linked(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    edition = make_edition(session, title="Quiet lake")
    article = session.get_one(Article, edition.article_id)
    russian = make_edition(session, "ru", "Тихое озеро", article=article)
    make_edition(session, "hy", "Հանգիստ լիճ", article=article, status=Status.DRAFT)
    search_engine.sync(session)
    page = get(client, "/en/search?q=lake")
    assert f'href="/ru/post/{russian.slug}" hreflang="ru">Also in Russian</a>' in page
    assert "Also in Armenian" not in page


def test_words_of_another_script_are_offered_in_their_language(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    make_edition(session, "hy", "Հանգիստ լիճ")
    search_engine.sync(session)
    for address in ("/en/search?q=լիճ", "/en/search?q=լիճ&live=1"):
        page = get(client, address)
        assert 'hreflang="hy">1 article found in Armenian: search there</a>' in page
        assert 'href="/arm/search?q=' in page


def test_words_of_another_script_that_find_nothing_are_not_offered(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    search_engine.sync(session)
    assert "search there" not in get(client, "/en/search?q=лорва")


def test_other_spelling_is_always_said(
    session: Session,
    client: FlaskClient,
    search_engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_edition(session, "ru", "Тихое озеро")
    search_engine.sync(session)
    monkeypatch.setattr(search_engine, "vocabulary", lambda _language: WordList(["Тихое озеро"]))
    for address in ("/ru/search?q=jpthj", "/ru/search?q=jpthj&live=1"):
        page = get(client, address)
        assert "<mark>озеро</mark>" in page
        status = re.search(r'role="status">(.*?)</p>', page, re.DOTALL)
        assert status
        assert "Показаны результаты" in status[1]
        assert ">озеро</a>" in status[1]
        assert 'href="/ru/search?q=jpthj&amp;verbatim=1"' in page


def test_verbatim_search_is_for_what_was_typed(
    session: Session, client: FlaskClient, search_engine: Engine
) -> None:
    make_edition(session, "ru", "Тихое озеро")
    search_engine.sync(session)
    page = get(client, "/ru/search?q=jpthj&verbatim=1")
    assert "Ничего не найдено" in page
    assert "озеро" not in page


def test_page_names_its_feed(session: Session, client: FlaskClient, search_engine: Engine) -> None:
    make_edition(session, title="Quiet lake")
    search_engine.sync(session)
    page = get(client, "/en/search?q=lake&section=politics&sort=newest", htmx=False)
    head, body = page.split("</head>")
    for part in (head, body):
        assert 'href="/en/search.atom?q=lake&amp;section=politics"' in part
    assert re.search(
        r'<link rel="alternate" type="application/atom\+xml" title="Search: lake', head
    )


def test_estimate_is_told_as_one(
    session: Session,
    client: FlaskClient,
    search_engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hit = Hit(make_edition(session, title="Quiet lake").id, 1)
    results = Results([hit], total=12_345, pages=1235, about=True)
    monkeypatch.setattr(search_engine, "search", lambda _asked: results)
    monkeypatch.setattr(search_engine, "facets", lambda _asked: Facets())
    assert "About 12,000 articles found" in get(client, "/en/search?q=lake")


def test_what_may_have_been_meant_is_offered(
    session: Session,
    client: FlaskClient,
    search_engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search_engine.sync(session)
    asked = Query("lake", ENGLISH, now())
    answer = Answer(asked, Results(), offered="lakes")
    monkeypatch.setattr("caliber_site.search.listing.find", lambda *_asked, **_how: answer)
    page = get(client, "/en/search?q=lake")
    assert '<a href="/en/search?q=lakes">Did you mean lakes?</a>' in page


@pytest.mark.parametrize("path", ["/en/search?q=lake", "/en/search"])
def test_no_connection_is_held_while_the_page_is_made(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    with app.app_context():
        pool: Any = db.engine.pool
    held = list[int]()

    def note(template: str, **context: Any) -> Page:
        held.append(pool.checkedout())
        return render_page(template, **context)

    monkeypatch.setattr("caliber_site.htmx.render_page", note)
    client.get(path)
    assert held == [0]
