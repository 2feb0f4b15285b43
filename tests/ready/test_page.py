import time
from datetime import UTC, datetime, timedelta
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

from caliber_site.ready.encoding import FIRST, HOT
from caliber_site.ready.page import ReadyPage

BODY = b"<p>The lake was quiet.</p>" * 100


def make_page(status: str = "200 OK", body: bytes = BODY) -> ReadyPage:
    headers = Headers({"Content-Type": "text/html; charset=utf-8", "Vary": "HX-Request"})
    return ReadyPage(status, list(headers), body, FIRST, HOT)


@pytest.fixture
def page() -> ReadyPage:
    return make_page()


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ([], "Accept-Encoding"),
        (["HX-Request"], "HX-Request, Accept-Encoding"),
        (["Cookie", "HX-Request"], "Cookie, HX-Request, Accept-Encoding"),
        (["Accept-Encoding, Cookie"], "Accept-Encoding, Cookie"),
    ],
)
def test_page_varies_with_its_coding_once(said: list[str], sent: str) -> None:
    page = ReadyPage("200 OK", [("Vary", value) for value in said], BODY, FIRST, HOT)
    assert ask(page).headers.getlist("Vary") == [sent]


def ask(page: ReadyPage, method: str = "GET", **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def site(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        answer = page.answer(environ)
        start_response(answer.status, answer.headers)
        return answer.body

    return Client(site, Response).open("/", method=method, headers=named)


def test_body_comes_as_it_is_to_those_who_take_no_coding(page: ReadyPage) -> None:
    assert ask(page).data == BODY


def test_coding_is_named(page: ReadyPage) -> None:
    answer = ask(page, Accept_Encoding="br")
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.content_length == len(answer.data) < len(BODY)


def test_each_coding_and_level_has_a_validator_of_its_own(page: ReadyPage) -> None:
    asked = ("", "zstd", *HOT)
    answers = [ask(page, Accept_Encoding=coding) for coding in asked]
    tags = {answer.headers["ETag"] for answer in answers}
    assert len(tags) == len(asked)
    assert not any(tag.startswith("W/") for tag in tags)


def test_second_to_ask_gets_fewer_bytes(page: ReadyPage) -> None:
    first, second, third = (ask(page, Accept_Encoding="br") for _ in range(3))
    assert len(second.data) < len(first.data)
    assert second.data == third.data


def test_pages_with_the_same_body_have_the_same_validator(page: ReadyPage) -> None:
    assert ask(page).headers["ETag"] == ask(make_page()).headers["ETag"]


def test_head_has_the_headers_alone(page: ReadyPage) -> None:
    ask(page, Accept_Encoding="br")
    answer = ask(page, "HEAD", Accept_Encoding="br")
    assert answer.data == b""
    assert answer.headers["ETag"] == ask(page, Accept_Encoding="br").headers["ETag"]


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
def test_browser_that_has_the_page_is_told_so(page: ReadyPage, known: str) -> None:
    etag = ask(page, Accept_Encoding="br").headers["ETag"]
    answer = ask(page, Accept_Encoding="br", If_None_Match=known.format(etag))
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"].startswith(etag[:9])
    assert answer.headers["Vary"] == "HX-Request, Accept-Encoding"


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_browser_that_has_the_page_in_another_coding_has_the_page(
    page: ReadyPage, coding: str
) -> None:
    etag = ask(page, Accept_Encoding="zstd").headers["ETag"]
    answer = ask(page, Accept_Encoding=coding, If_None_Match=etag)
    assert (answer.status_code, answer.headers["ETag"]) == (304, etag)


def test_browser_that_has_another_page_gets_this_one(page: ReadyPage) -> None:
    other = ask(make_page(body=BODY + b"!"), Accept_Encoding="br").headers["ETag"]
    assert ask(page, Accept_Encoding="br", If_None_Match=other).status_code == 200


def test_time_of_change_is_told_when_its_second_has_begun(
    page: ReadyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Last-Modified" not in ask(page).headers
    monkeypatch.setattr("time.time", lambda: page.modified)
    assert ask(page).last_modified == datetime.fromtimestamp(page.modified, UTC)


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 304), (1, 200)])
def test_page_of_the_same_time_is_not_sent_again(
    page: ReadyPage, seconds: int, status: int
) -> None:
    page.modified = int(time.time())
    since = datetime.fromtimestamp(page.modified, UTC) + timedelta(seconds=seconds)
    told = since.strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert ask(page, If_Modified_Since=told).status_code == status


def test_validator_counts_more_than_the_time(page: ReadyPage) -> None:
    later = "Fri, 31 Dec 2100 00:00:00 GMT"
    assert ask(page, If_Modified_Since=later, If_None_Match='"other"').status_code == 200


def test_error_is_compressed_and_has_no_validator() -> None:
    answer = ask(make_page("404 NOT FOUND"), Accept_Encoding="gzip", If_None_Match="*")
    assert answer.status_code == 404
    assert answer.headers["Content-Encoding"] == "gzip"
    assert not {"ETag", "Last-Modified"} & set(answer.headers.keys())


def test_short_body_is_not_compressed() -> None:
    answer = ask(make_page(body=b"short"), Accept_Encoding="br")
    assert "Content-Encoding" not in answer.headers
