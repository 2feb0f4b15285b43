import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from caliber_site.models import Edition, Status, View, now
from caliber_site.news import article, queries
from caliber_site.news.cards import Card, card_of
from caliber_site.ready import key
from tests.conftest import BROWSER, CountSql
from tests.factories import make_edition

PATHS = ["/en/", "/en/latest/", "/en/section/politics/", "/en/post/a-quiet-day-on-the-lake",
         "/en/privacy"]  # fmt: skip


@pytest.fixture
def edition(session: Session) -> Edition:
    return make_edition(session)


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("path", PATHS)
def test_second_reader_costs_no_statement(
    client: FlaskClient, count_sql: CountSql, path: str
) -> None:
    first = client.get(path)
    with count_sql() as statements:
        second = client.get(path)
    assert statements == []
    assert (second.status_code, second.data) == (200, first.data)


@pytest.mark.parametrize("path", PATHS[:-1])
def test_next_reader_sees_what_was_published_meanwhile(
    client: FlaskClient, session: Session, edition: Edition, path: str
) -> None:
    before = client.get(path)
    make_edition(session, title="News of the night")
    after = client.get(path)
    assert "News of the night" not in before.text
    assert "News of the night" in after.text
    assert before.headers["ETag"] != after.headers["ETag"]


def test_withdrawn_story_is_gone_at_once(
    client: FlaskClient, session: Session, edition: Edition
) -> None:
    path = f"/en/post/{edition.slug}"
    assert client.get(path).status_code == 200
    session.delete(edition)
    session.commit()
    assert client.get(path).status_code == 404


def test_next_article_costs_one_statement(
    client: FlaskClient, session: Session, count_sql: CountSql, edition: Edition
) -> None:
    other = make_edition(session, title="Another day")
    client.get(f"/en/post/{edition.slug}")
    with count_sql() as statements:
        client.get(f"/en/post/{other.slug}")
    assert len(statements) == 1


def test_what_is_read_while_it_changes_is_not_kept_as_the_newest(
    client: FlaskClient,
    session: Session,
    engine: Engine,
    edition: Edition,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = make_edition(session, title="Another day")
    path = f"/en/post/{edition.slug}"

    def change_meanwhile(row: Any) -> Card:
        with Session(engine) as editor:
            editor.get_one(Edition, other.id).title = "Another night"
            editor.commit()
        return card_of(row)

    with monkeypatch.context() as patch:
        patch.setattr(article, "card_of", change_meanwhile)
        # Its address is so long that no ready page is looked for.
        client.get(path, query_string={"x": "y" * 1000})
    assert "Another night" in client.get(path).text


@pytest.mark.usefixtures("edition")
def test_what_others_add_to_an_address_makes_no_other_page(
    client: FlaskClient, count_sql: CountSql
) -> None:
    client.get("/en/latest/")
    with count_sql() as statements:
        page = client.get("/en/latest/?utm_source=letter&q=nonsense")
    assert statements == []
    assert "nonsense" not in page.text


@pytest.mark.usefixtures("edition")
def test_arguments_that_pages_look_at_make_other_pages(client: FlaskClient) -> None:
    plain, moved = client.get("/en/latest/"), client.get("/en/latest/?unavailable=1")
    assert "not available" not in plain.text
    assert "not available" in moved.text


@pytest.mark.usefixtures("edition")
def test_block_for_htmx_and_page_are_kept_apart(client: FlaskClient) -> None:
    for _ in range(2):
        page = client.get("/en/latest/")
        block = client.get("/en/latest/", headers={"HX-Request": "true"})
        assert "<!DOCTYPE html>" in page.text
        assert "<!DOCTYPE html>" not in block.text


@pytest.mark.usefixtures("edition")
def test_languages_are_kept_apart(client: FlaskClient) -> None:
    assert 'lang="en"' in client.get("/en/").text[:99]
    assert 'lang="hy"' in client.get("/arm/").text[:99]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("edition")
def test_pages_are_to_be_asked_for_again_each_time(client: FlaskClient, path: str) -> None:
    for _ in range(2):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-cache"
        assert "Accept-Encoding" in headers["Vary"]
        assert "Content-Security-Policy" in headers


def test_missing_page_is_asked_for_again(client: FlaskClient, session: Session) -> None:
    assert client.get("/en/post/a-quiet-day-on-the-lake").status_code == 404
    make_edition(session)
    assert client.get("/en/post/a-quiet-day-on-the-lake").status_code == 200


def test_old_address_leads_on(client: FlaskClient, edition: Edition) -> None:
    answer = client.get(f"/en/post/{edition.slug}?page=2")
    assert (answer.status_code, answer.location) == (301, f"/en/post/{edition.slug}")


def test_counts_are_shown_after_a_minute(
    client: FlaskClient, session: Session, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/en/post/{edition.slug}"
    assert "0 views" in client.get(path).text
    session.add(View(edition_id=edition.id, hour=edition.published_at, count=7))
    session.commit()
    assert "0 views" in client.get(path).text
    later = time.monotonic() + 2 * key.HALF_MINUTE
    monkeypatch.setattr("time.monotonic", lambda: later)
    assert "7 views" in client.get(path).text


def test_what_is_most_read_is_counted_for_all_languages_and_spans_together(
    client: FlaskClient, session: Session, count_sql: CountSql
) -> None:
    for language, title in (("en", "A quiet day"), ("ru", "Тихий день")):
        edition = make_edition(session, language, title)
        session.add(View(edition_id=edition.id, hour=now(), count=1))
    session.commit()
    with count_sql() as first:
        client.get("/en/")
    with count_sql() as second:
        page = client.get("/ru/").text
    assert [len([x for x in asked if "readings" in x]) for asked in (first, second)] == [1, 0]
    assert "Тихий день" in page.partition('id="popular-day"')[2]


def test_what_is_most_read_is_not_counted_anew_for_what_is_published(
    client: FlaskClient, session: Session, count_sql: CountSql
) -> None:
    client.get("/en/")
    make_edition(session)
    with count_sql() as statements:
        assert "A quiet day" in client.get("/en/").text
    assert not [statement for statement in statements if "readings" in statement]


def test_next_ones_are_most_read_where_the_first_are_withdrawn(
    client: FlaskClient, session: Session
) -> None:
    editions = [make_edition(session, title=f"Story {number}") for number in range(12)]
    for number, edition in enumerate(editions):
        session.add(View(edition_id=edition.id, hour=now(), count=100 - number))
    session.commit()
    client.get("/en/")  # what is most read is known for a while
    for edition in editions[1:9]:
        edition.status = Status.WITHDRAWN
    session.commit()
    page = client.get("/en/").text
    popular = page[page.index('class="popular"') : page.index('class="bands"')]
    shown = dict.fromkeys(re.findall(r'href="/en/post/(story-\d+)"', popular))
    assert [*shown] == ["story-0", "story-9", "story-10", "story-11"]


def test_static_file_is_compressed_and_stays(client: FlaskClient) -> None:
    style = re.search(r'href="(/static/[^"]*\.css\?v=[^"]*)"', client.get("/en/").text)
    assert style
    for _ in range(2):
        answer = client.get(style[1], headers={"Accept-Encoding": "br"})
        assert answer.headers["Content-Encoding"] == "br"
        assert answer.cache_control.max_age == 365 * 24 * 3600


def test_static_file_without_its_fingerprint_is_not_kept(client: FlaskClient) -> None:
    with client.get("/static/icon.svg") as answer:
        assert answer.cache_control.max_age is None


@pytest.fixture
def slow_front(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A front page that takes a while; the paths of those that were made."""
    made: list[str] = []
    load = queries.load_front

    def load_slowly(*arguments: Any) -> object:
        made.append(request.path)
        time.sleep(0.3)
        return load(*arguments)

    monkeypatch.setattr(queries, "load_front", load_slowly)
    return made


def ask_together(app: Flask, count: int) -> list[int]:
    together = threading.Barrier(count)

    def ask(_number: int) -> int:
        together.wait()
        return app.test_client().get("/en/", headers={"User-Agent": BROWSER}).status_code

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(ask, range(count)))


@pytest.mark.parametrize("database", ["sqlite"])  # each thread has a connection
@pytest.mark.usefixtures("edition")
def test_page_that_a_thousand_ask_for_is_made_once(app: Flask, slow_front: list[str]) -> None:
    assert ask_together(app, 200) == [200] * 200
    assert slow_front == ["/en/"]


@pytest.mark.usefixtures("edition")
def test_fault_of_one_is_not_kept_for_others(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        message = "the disk is full"
        raise OSError(message)

    app.testing = False
    with monkeypatch.context() as patch:
        patch.setattr(queries, "load_front", fail)
        assert client.get("/en/").status_code == 500
    assert client.get("/en/").status_code == 200
