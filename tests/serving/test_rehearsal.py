import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from flask import Flask, abort, request, request_started
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site import create_app
from caliber_site.extensions import db
from caliber_site.languages import LANGUAGES
from caliber_site.models import AskedQuery
from caliber_site.serving import rehearsal
from caliber_site.serving.rehearsal import rehearse
from caliber_site.settings import Settings
from tests.conftest import make_settings
from tests.factories import make_edition


@pytest.fixture(autouse=True)
def _no_freezing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gc.freeze", lambda: None)


@pytest.fixture(params=[0, 1], ids=["making all anew", "keeping pages"])
def site(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Flask]:
    """A site with a cache in front."""
    changes = {"page_cache": request.param, "purge_url": "http://127.0.0.1:9/"}
    site = create_app(settings.model_copy(update=changes))
    yield site
    site.extensions["search"].close()
    with site.app_context():
        db.engine.dispose()


@pytest.fixture
def publish(site: Flask) -> Callable[..., None]:
    def publish(language: str, title: str) -> None:
        with site.app_context():
            edition = make_edition(db.session, language, title)
            site.extensions["search"].update(db.session, [edition.id])

    return publish


def test_page_of_each_kind_is_made_in_each_language(
    site: Flask, publish: Callable[..., None]
) -> None:
    made = set()

    def note(_site: Flask, **_more: object) -> None:
        made.add((request.path.split("/")[1], request.endpoint, "live" in request.args))

    for language in LANGUAGES:
        publish(language.tag, f"A quiet day in {language.tag}")
    with request_started.connected_to(note, site):
        rehearse(site)
    kinds = {
        ("news.front", False),
        ("news.article", False),
        ("news.section", False),
        ("search.search", False),
        ("search.search", True),
    }
    assert made == {(language.label, *kind) for language in LANGUAGES for kind in kinds}


def test_nobody_is_taken_for_a_reader_who_searches(
    site: Flask, publish: Callable[..., None], session: Session
) -> None:
    publish("en", "A quiet day on the lake")
    rehearse(site)
    assert session.scalar(select(func.count()).select_from(AskedQuery)) == 0


def test_no_connection_is_left(
    site: Flask, publish: Callable[..., None], settings: Settings
) -> None:
    database = str(settings.data_dir / "caliber.sqlite")
    publish("en", "A quiet day on the lake")
    rehearse(site)
    assert [x for x in psutil.Process().open_files() if x.path.startswith(database)] == []


def test_no_thread_is_started(
    site: Flask, publish: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[threading.Thread] = []

    def note(thread: threading.Thread) -> None:
        started.append(thread)

    monkeypatch.setattr(threading.Thread, "start", note)
    publish("en", "A quiet day on the lake")
    rehearse(site)
    assert started == []


def test_what_is_published_later_is_on_the_first_page(
    site: Flask, publish: Callable[..., None]
) -> None:
    publish("en", "A quiet day on the lake")
    rehearse(site)
    publish("en", "News of the night")
    site.testing = True
    assert "News of the night" in site.test_client().get("/en/").text


def test_search_without_an_index_is_left_to_readers(
    site: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    make_edition(session)
    site.logger.addHandler(caplog.handler)
    rehearse(site)
    assert caplog.records == []


def test_rehearsal_ends_after_a_while(
    site: Flask, publish: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "LONGEST", 0)
    publish("en", "A quiet day on the lake")
    with request_started.connected_to(lambda *_: pytest.fail("a page was made"), site):
        rehearse(site)


def test_page_that_cannot_be_made_is_the_last(
    site: Flask,
    publish: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        abort(503)

    monkeypatch.setattr("caliber_site.news.queries.load_front", fail)
    site.logger.addHandler(caplog.handler)
    publish("en", "A quiet day on the lake")
    rehearse(site)
    (record,) = (x for x in caplog.records if x.levelno == logging.WARNING)
    assert "/en/ is answered 503" in record.getMessage()


def test_what_hinders_it_is_told_in_a_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = create_app(make_settings(tmp_path))
    site.logger.addHandler(caplog.handler)
    rehearse(site)
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "the database has no tables yet" in record.getMessage()
    assert record.exc_info is None
