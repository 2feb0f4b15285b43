import gzip
import math
import time
from collections.abc import Callable
from typing import cast

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from caliber_site.models import Edition, View
from caliber_site.ready import cache, key
from caliber_site.ready.answers import LONGEST, MOST, Answer, Answers
from caliber_site.ready.freshness import HOUR, UNCHANGED, Freshness, Stamp
from tests.factories import make_edition

ANSWER = Answer("200 OK", [], [b"<p>The lake was quiet.</p>"], lasts=math.inf)
QUESTION = ("/en/", "", "br")
TODAY = Stamp(1, math.inf)

GetAgain = Callable[..., TestResponse]


class Told:
    """A freshness whose stamp is the one that it is told."""

    stamp: Stamp | None = TODAY

    def ask(self) -> Stamp | None:
        return self.stamp


@pytest.fixture
def freshness() -> Told:
    return Told()


@pytest.fixture
def answers(freshness: Told) -> Answers:
    return Answers(cast("Freshness", freshness))


@pytest.fixture
def path(session: Session) -> str:
    return f"/en/post/{make_edition(session).slug}"


@pytest.fixture
def client(client: FlaskClient) -> FlaskClient:
    client.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip"
    return client


@pytest.fixture
def get_again(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> GetAgain:
    """Get a page that has been asked for so often that its answer is kept."""
    # The end of an hour must not come in between.
    monkeypatch.setattr("caliber_site.ready.freshness.HOUR", 10**6 * HOUR)

    def get(path: str, method: str = "GET", **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client.open(path, method=method, headers=named)
        later = time.time() + 2  # the second of its change is over
        monkeypatch.setattr("time.time", lambda: later)
        for _ in range(2):
            client.open(path, method=method, headers=named)
        with monkeypatch.context() as patch:
            patch.setattr(cache, "key_of", lambda _environ: pytest.fail("was not kept"))
            return client.open(path, method=method, headers=named)

    return get


def text_of(answer: TestResponse) -> str:
    return gzip.decompress(answer.data).decode()


def test_answer_is_given_again_while_the_stamp_is_the_same(answers: Answers) -> None:
    answers.put(QUESTION, ANSWER, TODAY, math.inf)
    given = answers.find(QUESTION)
    assert given is not None
    assert given.answer is ANSWER
    assert answers.find(("/en/", "", "gzip")) is None


@pytest.mark.parametrize("stamp", [Stamp(2, math.inf), None])
def test_answer_of_another_stamp_is_not_given(
    answers: Answers, freshness: Told, stamp: Stamp | None
) -> None:
    answers.put(QUESTION, ANSWER, TODAY, math.inf)
    freshness.stamp = stamp
    assert answers.find(QUESTION) is None


def test_file_is_given_whatever_has_changed(answers: Answers, freshness: Told) -> None:
    answers.put(QUESTION, ANSWER, UNCHANGED, math.inf)
    freshness.stamp = None
    given = answers.find(QUESTION)
    assert given is not None
    assert given.answer is ANSWER


def test_answer_whose_time_is_over_is_not_given(answers: Answers) -> None:
    answers.put(QUESTION, ANSWER, TODAY, time.monotonic())
    assert answers.find(QUESTION) is None


def test_answers_are_never_more_than_a_few(answers: Answers) -> None:
    questions = [(f"/en/post/{number}", "", "br") for number in range(3 * MOST)]
    for question in questions:
        answers.put(question, ANSWER, TODAY, math.inf)
    kept = [question for question in questions if answers.find(question)]
    assert questions[-1] in kept
    assert len(kept) <= MOST


def test_answer_is_replaced_where_there_are_most(answers: Answers) -> None:
    questions = [(f"/en/post/{number}", "", "br") for number in range(MOST)]
    for question in [*questions, questions[0]]:
        answers.put(question, ANSWER, TODAY, math.inf)
    assert all(answers.find(question) for question in questions)


def test_question_of_great_length_is_not_kept(answers: Answers) -> None:
    question = ("/en/", "", "br, " * LONGEST)
    answers.put(question, ANSWER, TODAY, math.inf)
    assert answers.find(question) is None


def test_new_page_is_given_without_its_date_until_it_can_have_one(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    second, moment = int(time.time()), time.monotonic()

    def is_dated(after: float) -> bool:
        monkeypatch.setattr("time.time", lambda: second + after)
        monkeypatch.setattr("time.monotonic", lambda: moment + after)
        return "Last-Modified" in client.get(path).headers

    monkeypatch.setattr("caliber_site.ready.freshness.HOUR", 10**6 * HOUR)
    assert [is_dated(after) for after in (0.2, 0.3, 0.4)] == [False, False, False]
    with monkeypatch.context() as patch:
        patch.setattr(cache, "key_of", lambda _environ: pytest.fail("was not kept"))
        assert not is_dated(0.9)
    assert is_dated(1.1)


def test_page_that_many_read_shows_what_was_published_meanwhile(
    get_again: GetAgain, client: FlaskClient, session: Session, path: str
) -> None:
    before = get_again(path)
    make_edition(session, title="News of the night")
    assert "News of the night" not in text_of(before)
    assert "News of the night" in text_of(client.get(path))


def test_story_that_many_read_is_gone_when_it_is_withdrawn(
    get_again: GetAgain, client: FlaskClient, session: Session, path: str
) -> None:
    get_again(path)
    session.delete(session.scalars(select(Edition)).one())
    session.commit()
    assert client.get(path).status_code == 404


def test_page_that_many_read_shows_counts_after_a_minute(
    get_again: GetAgain,
    client: FlaskClient,
    session: Session,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "0 views" in text_of(get_again(path))
    edition = session.scalars(select(Edition)).one()
    session.add(View(edition_id=edition.id, hour=edition.published_at, count=7))
    session.commit()
    later = time.monotonic() + 2 * key.HALF_MINUTE
    monkeypatch.setattr("time.monotonic", lambda: later)
    assert "7 views" in text_of(client.get(path))


def test_block_for_htmx_is_kept_apart_from_the_page(get_again: GetAgain, path: str) -> None:
    page, block, again = (get_again(path, HX_Request=told).data for told in ("", "true", ""))
    assert page == again
    assert len(block) < len(page)


def test_browser_that_has_the_page_is_told_so_again(get_again: GetAgain, path: str) -> None:
    etag = get_again(path).headers["ETag"]
    statuses = [get_again(path, If_None_Match=tag).status_code for tag in (etag, '"other"', etag)]
    assert statuses == [304, 200, 304]


def test_what_others_add_to_an_address_takes_no_place(get_again: GetAgain, path: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="was not kept"):
        get_again(f"{path}?utm_source=letter")


def test_head_is_kept_apart_from_get(get_again: GetAgain, path: str) -> None:
    lengths = [len(get_again(path, method).data) for method in ("GET", "HEAD", "GET")]
    assert lengths[0] == lengths[2] > lengths[1] == 0
