"""The view POST, answered before Flask: the same answer as a page of the site."""

import asyncio
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.test import create_environ

from caliber_site import create_app
from caliber_site.extensions import db
from caliber_site.languages import LANGUAGES, Language
from caliber_site.models import View
from caliber_site.news.viewpost import ViewPost
from caliber_site.security import HEADERS
from caliber_site.settings import Settings
from tests.conftest import BROWSER
from tests.factories import make_edition

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

NUMBERS = (0, 1, 2, 4, 10, 20, 21, 110, 1_233, 12_345, 1_234_566)


@pytest.fixture
def environ(session: Session) -> "WSGIEnvironment":
    """Return a request that counts a view."""
    path = f"/en/post/{make_edition(session).slug}/views"
    headers = {"User-Agent": BROWSER}
    return create_environ(
        path, method="POST", headers=headers, environ_base={"REMOTE_ADDR": "127.0.0.1"}
    )


def counted(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.coalesce(func.sum(View.count), 0))) or 0


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.label)
def test_answer_is_what_the_page_shows(
    client: FlaskClient, session: Session, language: Language
) -> None:
    for number in NUMBERS:
        edition = make_edition(session, language.tag, f"Read {number}", views=number)
        path = f"/{language.label}/post/{edition.slug}"
        answer = client.post(f"{path}/views")
        assert answer.text.strip() in client.get(path).text


def test_answer_is_not_stored_and_has_the_headers_of_all_answers(
    client: FlaskClient, session: Session
) -> None:
    answer = client.post(f"/en/post/{make_edition(session).slug}/views")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content_type == "text/html; charset=utf-8"
    assert HEADERS.items() <= dict(answer.headers).items()


def test_answers_have_ids_of_their_own(client: FlaskClient, session: Session) -> None:
    path = f"/en/post/{make_edition(session).slug}/views"
    ids = {client.post(path).headers["X-Request-Id"] for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("label", "text"), [("en", "no such page"), ("ru", "Такой страницы"), ("arm", "Այդպիսի էջ")]
)
def test_view_of_nothing_is_not_found_in_the_language_of_the_address(
    client: FlaskClient, label: str, text: str
) -> None:
    answer = client.post(f"/{label}/post/nothing/views")
    assert answer.status_code == 404
    assert text in answer.text


def test_view_in_another_language_than_the_editions_is_not_found(
    client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session)
    assert client.post(f"/ru/post/{edition.slug}/views").status_code == 404
    assert counted(session) == 0


@pytest.mark.parametrize("slug", ["%00", "%FF%FE", "%0A", "a" * 5000, "%D0%B4", "'--"])
def test_view_of_a_strange_address_is_not_found(client: FlaskClient, slug: str) -> None:
    assert client.post(f"/en/post/{slug}/views").status_code == 404


def test_only_a_post_counts(client: FlaskClient, session: Session) -> None:
    path = f"/en/post/{make_edition(session).slug}/views"
    assert [client.get(path).status_code, client.put(path).status_code] == [405, 405]
    assert counted(session) == 0


def test_fault_is_told_and_logged(
    client: FlaskClient,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = f"/en/post/{make_edition(session).slug}/views"
    client.application.testing = False

    def fail(*_arguments: object) -> None:
        raise RuntimeError("the reason")

    monkeypatch.setattr("caliber_site.news.viewpost.count_views", fail)
    with monkeypatch.context() as context:
        errors: list[str] = []
        context.setattr(client.application.logger, "error", lambda *a, **_k: errors.append(a[0]))
        answer = client.post(path)
    assert answer.status_code == 500
    assert "Something has gone wrong" in answer.text
    assert len(errors) == 1


def test_readers_behind_a_proxy_are_told_apart_by_its_word(
    settings: Settings, session: Session
) -> None:
    path = f"/en/post/{make_edition(session).slug}/views"
    app = create_app(settings.model_copy(update={"proxies": 1}))
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.2"):
        headers = {"User-Agent": BROWSER, "X-Forwarded-For": address}
        app.test_client().post(path, headers=headers)
    with app.app_context():
        db.engine.dispose()
    assert counted(session) == 2


def test_event_loop_is_answered_like_a_thread(
    client: FlaskClient, session: Session, environ: "WSGIEnvironment"
) -> None:
    views: ViewPost = client.application.extensions["views"]
    answer = asyncio.run(views.answer(environ))
    assert answer is not None
    headers, body = answer
    later = client.post(environ["PATH_INFO"], headers={"User-Agent": BROWSER})
    assert body == later.data
    assert [name for name, _ in headers] == [name for name, _ in later.headers]
    assert counted(session) == 1


def test_event_loop_takes_the_word_of_a_proxy(
    settings: Settings, session: Session, environ: "WSGIEnvironment"
) -> None:
    app = create_app(settings.model_copy(update={"proxies": 1}))
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.2"):
        asked = environ | {"HTTP_X_FORWARDED_FOR": address}
        assert asyncio.run(app.extensions["views"].answer(asked)) is not None
    with app.app_context():
        db.engine.dispose()
    assert counted(session) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"REQUEST_METHOD": "GET"},
        {"PATH_INFO": "/en/"},
        {"HTTP_USER_AGENT": "Googlebot/2.1"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "http://["},
        {"PATH_INFO": "/en/post/nothing/views"},
    ],
    ids=str,
)
def test_event_loop_leaves_to_the_site_what_does_not_count(
    client: FlaskClient, session: Session, environ: "WSGIEnvironment", change: dict[str, str]
) -> None:
    views: ViewPost = client.application.extensions["views"]
    assert asyncio.run(views.answer(environ | change)) is None
    assert counted(session) == 0


def test_site_explains_what_failed_on_the_event_loop(
    client: FlaskClient, environ: "WSGIEnvironment", monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def fail(*_arguments: object) -> None:
        tries.append(1)
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr("caliber_site.news.viewpost.count_views", fail)
    views: ViewPost = client.application.extensions["views"]
    assert asyncio.run(views.answer(environ)) is None
    assert client.post(environ["PATH_INFO"], environ_overrides=environ).status_code == 503
    assert len(tries) == 1
