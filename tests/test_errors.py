import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import exc
from sqlalchemy.orm import Session

from caliber_site.languages import LANGUAGES, Language
from caliber_site.news import queries
from tests.browser.words import say
from tests.conftest import KeepBusy
from tests.factories import make_edition

WORDS = {"en": "There is no such page", "ru": "Такой страницы нет", "arm": "Այդպիսի էջ չկա"}
TROUBLES = {
    429: "Too many attempts",
    500: "Something has gone wrong",
    503: "We are busy at the moment",
}
TAGS = {"en": "en", "ru": "ru", "arm": "hy"}


@pytest.mark.parametrize("label", WORDS)
@pytest.mark.parametrize(
    "rest", ["nothing", "post/none", "section/none/", "tag/none/", "author/x/"]
)
def test_missing_page_says_so_in_the_language_of_the_address(
    client: FlaskClient, label: str, rest: str
) -> None:
    answer = client.get(f"/{label}/{rest}")
    assert answer.status_code == 404
    assert f'lang="{TAGS[label]}"' in answer.text
    assert WORDS[label] in answer.text


@pytest.mark.parametrize(("accept", "label"), [("ru", "ru"), ("hy", "arm"), ("fr", "en")])
def test_missing_page_of_no_language_speaks_the_readers(
    client: FlaskClient, accept: str, label: str
) -> None:
    answer = client.get("/de/post/x", headers={"Accept-Language": accept})
    assert answer.status_code == 404
    assert WORDS[label] in answer.text


@pytest.mark.parametrize("path", ["latest/", "section/politics/"])
@pytest.mark.parametrize("page", ["0", "-1", "abc", "10**9", "1000000000", "9" * 400, "٣", ""])
def test_page_that_cannot_be_is_not_found(
    client: FlaskClient, session: Session, path: str, page: str
) -> None:
    make_edition(session)
    assert client.get(f"/en/{path}", query_string={"page": page}).status_code == 404


@pytest.mark.parametrize("after", ["x", "1-2-3", "-", "9" * 40 + "-1", "1-" + "9" * 40])
def test_malformed_place_is_passed_over(client: FlaskClient, session: Session, after: str) -> None:
    make_edition(session)
    assert client.get("/en/latest/", query_string={"after": after}).status_code == 200


def test_fault_shows_a_page_and_no_secret(app: Flask, client: FlaskClient) -> None:
    app.testing = False

    @app.get("/fault")
    def fault() -> str:
        raise RuntimeError("secret detail")

    answer = client.get("/fault")
    assert answer.status_code == 500
    assert "Something has gone wrong" in answer.text
    assert "secret detail" not in answer.text


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.label)
@pytest.mark.parametrize(("code", "title"), TROUBLES.items())
def test_trouble_is_told_in_the_language_of_the_address(
    app: Flask, client: FlaskClient, language: Language, code: int, title: str
) -> None:
    app.testing = False

    @app.get(f"/{language.label}/trouble")
    def trouble() -> str:
        if code == 500:
            raise RuntimeError
        abort(code)

    answer = client.get(f"/{language.label}/trouble")
    assert answer.status_code == code
    assert f'<html lang="{language.tag}"' in answer.text
    assert f"<h1>{say(language, title)}</h1>" in answer.text
    assert f'href="/{language.label}/"' in answer.text
    assert (say(language, title) == title) == (language.tag == "en")


def test_locked_database_answers_503_with_retry_after(
    client: FlaskClient, session: Session, keep_busy: KeepBusy
) -> None:
    edition = make_edition(session)
    session.close()
    with keep_busy():
        answer = client.post(f"/en/post/{edition.slug}/views")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_want_of_connections_answers_503(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        message = "QueuePool limit reached"
        raise exc.TimeoutError(message)

    monkeypatch.setattr(queries, "load_front", fail)
    app.testing = False
    assert client.get("/en/").status_code == 503


def test_security_headers_are_on_every_answer(client: FlaskClient) -> None:
    for path in ("/en/", "/en/nothing", "/healthz"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_health_is_told(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"
