"""The site answers as Flask would."""

from typing import Any

import pytest
from flask import Flask, Response, render_template
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadHost, SecurityError
from werkzeug.test import EnvironBuilder

from caliber_site import htmx
from caliber_site.htmx import HTML, Page, render_page
from caliber_site.site import Site
from tests.factories import make_edition

PLACES: list[dict[str, Any]] = [
    {},
    {"base_url": "https://caliber.example/"},
    {"base_url": "http://Caliber.Example:8080/paper/"},
    {"base_url": "http://газета.example/"},
    {"base_url": "http://localhost:80/"},
    {"method": "POST"},
    {"query_string": "q=озеро&page=2"},
    {"headers": {"Connection": "upgrade", "Upgrade": "websocket"}},
    {"environ_overrides": {"PATH_INFO": ""}},
    {"environ_overrides": {"PATH_INFO": "//ru/post/\xd0\xbe"}},
    {"environ_overrides": {"QUERY_STRING": "q=\xff"}},
    {"environ_overrides": {"HTTP_HOST": None, "SERVER_NAME": "caliber.example"}},
    {"environ_overrides": {"HTTP_HOST": None, "SERVER_PORT": "8080"}},
]


def environ_of(**place: Any) -> dict[str, Any]:
    environ = EnvironBuilder(**{"path": "/ru/section/politics/", **place}).get_environ()
    return {name: value for name, value in environ.items() if value is not None}


@pytest.mark.parametrize("place", PLACES)
def test_addresses_are_matched_where_flask_would(app: Site, place: dict[str, Any]) -> None:
    request = app.request_class(environ_of(**place))
    for _ in range(2):  # found out, and known
        own, flasks = app.create_url_adapter(request), Flask.create_url_adapter(app, request)
        assert own
        assert flasks
        flasks.path_info = flasks.path_info and f"/{flasks.path_info.lstrip('/')}"  # as it matches
        assert vars(own) == vars(flasks)


def test_host_that_cannot_be_one_is_refused(app: Site) -> None:
    request = app.request_class(environ_of(headers={"Host": f"{'a' * 64}.example"}))
    for _ in range(2):
        with pytest.raises(BadHost):
            app.create_url_adapter(request)


def test_host_that_cannot_be_one_is_told_so(client: FlaskClient) -> None:
    answer = client.get("/ru/", headers={"Host": "a..b"})
    assert answer.status_code == 400
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("setting", "value"),
    [("TRUSTED_HOSTS", ["caliber.example"]), ("SERVER_NAME", "caliber.example")],
)
def test_flasks_settings_of_hosts_count(app: Site, setting: str, value: object) -> None:
    app.config[setting] = value
    request = app.request_class(environ_of(headers={"Host": "another.example"}))
    if setting == "SERVER_NAME":
        assert app.create_url_adapter(request).server_name == value  # type: ignore[union-attr]
    else:
        with pytest.raises(SecurityError):
            app.create_url_adapter(request)
        answer = app.test_client().get("/ru/", headers={"Host": "another.example"})
        assert answer.status_code == 400


def test_outside_a_request_there_is_no_place(app: Site) -> None:
    assert app.create_url_adapter(None) is None


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/ru/", "/ru/latest/", "/ru/post/a-quiet-day", "/ru/privacy"])
def test_page_is_what_flask_would_send(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    make_edition(session, language="ru", slug="a-quiet-day")
    own = client.open(path, method=method)
    monkeypatch.setattr(Page, "__call__", Response.__call__)
    flasks = client.open(path, method=method)
    assert own.status_code == flasks.status_code == 200
    assert own.data == flasks.data
    assert bool(own.data) == (method == "GET")
    given, expected = dict(own.headers), dict(flasks.headers)
    assert given.pop("X-Request-Id") != expected.pop("X-Request-Id")
    assert given == expected


@pytest.mark.parametrize("path", ["/ru/", "/ru/latest/", "/ru/post/a-quiet-day", "/ru/privacy"])
def test_page_has_the_names_that_flask_would_give_it(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    make_edition(session, language="ru", slug="a-quiet-day")
    own = client.get(path)

    def render_as_flask(template: str, **context: Any) -> Page:
        return Page(render_template(template, **context), content_type=HTML)

    for module in ("caliber_site.htmx", "caliber_site.news.pages"):
        monkeypatch.setattr(f"{module}.render_page", render_as_flask)
    assert client.get(path).data == own.data
    assert htmx.render_page is not render_page


def answer_of(page: Page) -> tuple[list[Any], list[bytes]]:
    """Return what a page says to a GET: status and headers, and its body."""
    said = list[Any]()
    parts = page(environ_of(), lambda *told: said.extend(told))  # type: ignore[arg-type]
    body = list(parts)
    if close := getattr(parts, "close", None):
        close()
    return said, body


def test_what_a_page_has_to_do_at_its_end_is_done() -> None:
    done = []
    page = Page("<p>", content_type=HTML)
    page.call_on_close(lambda: done.append(True))
    assert answer_of(page)[1] == [b"<p>"]
    assert done == [True]


def test_page_that_has_not_changed_has_no_body() -> None:
    (_status, headers), body = answer_of(Page("<p>", 304, content_type=HTML))
    assert body == []
    assert "Content-Length" not in dict(headers)
