"""What a start of the site does about the index: quickly nothing, where nothing was left undone."""

import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site.languages import ENGLISH
from caliber_site.models import ChangeNumber, Edition, now, record_change
from caliber_site.search import following
from caliber_site.search.engine import Engine
from caliber_site.search.postgres import following as postgres_following
from caliber_site.search.query import Query
from caliber_site.settings import Settings
from tests.factories import make_edition


def total(engine: Engine, text: str) -> int:
    return engine.search(Query(text, ENGLISH, now())).total


def test_nothing_is_compared_where_all_was_written(
    session: Session, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_edition(session, title="Walnuts")
    search_engine.sync(session)
    for module in (following, postgres_following):
        monkeypatch.delattr(module, "list_published")  # what comparing reads
    search_engine.catch_up(session)
    assert total(search_engine, "walnuts") == 1


def test_commit_that_was_not_followed_is_found(session: Session, search_engine: Engine) -> None:
    search_engine.sync(session)
    make_edition(session, title="Walnuts")
    search_engine.catch_up(session)
    assert total(search_engine, "walnuts") == 1


def test_change_that_was_not_followed_is_found(session: Session, search_engine: Engine) -> None:
    edition = make_edition(session, title="Walnuts")
    search_engine.sync(session)
    edition.title = "Chestnuts"
    record_change(session, edition)
    session.commit()
    search_engine.catch_up(session)
    assert search_engine.check(session) == []


def test_deletion_that_was_not_followed_is_found(session: Session, search_engine: Engine) -> None:
    edition = make_edition(session, title="Walnuts")
    make_edition(session, "ru", "Озеро")
    search_engine.sync(session)
    session.delete(edition)
    session.commit()
    search_engine.catch_up(session)
    assert search_engine.check(session) == []


def test_older_copy_of_the_database_is_followed(session: Session, search_engine: Engine) -> None:
    edition = make_edition(session, title="Walnuts")
    search_engine.sync(session)
    number = session.query(ChangeNumber).one()
    number.value -= 1
    session.query(Edition).where(Edition.id == edition.id).update({"change": 0, "title": "Figs"})
    session.commit()
    search_engine.catch_up(session)
    assert search_engine.check(session) == []
    assert total(search_engine, "figs") == 1


def test_older_copy_is_followed_though_an_update_came_first(
    session: Session, search_engine: Engine
) -> None:
    edition, other = make_edition(session, title="Walnuts"), make_edition(session)
    search_engine.sync(session)
    session.query(ChangeNumber).one().value -= 2
    session.query(Edition).where(Edition.id == edition.id).update({"change": 0, "title": "Figs"})
    session.commit()
    search_engine.update(session, [other.id])
    search_engine.catch_up(session)
    assert search_engine.check(session) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_index_whose_files_are_lost_is_built(
    session: Session, search_engine: Engine, settings: Settings
) -> None:
    make_edition(session, title="Walnuts")
    search_engine.sync(session)
    for file in (settings.index_dir / "en" / "current").resolve().glob("*.pst"):
        file.unlink()
    search_engine.catch_up(session)
    assert search_engine.check(session) == []


def test_missing_index_is_built(session: Session, search_engine: Engine) -> None:
    make_edition(session, title="Walnuts")
    search_engine.catch_up(session)
    assert total(search_engine, "walnuts") == 1


def test_first_request_closes_the_gap_to_the_database(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    make_edition(session, title="A lighthouse on the lake")
    app.testing = False
    client.get("/healthz")
    deadline = time.monotonic() + 10
    while app.extensions["search"].check(session) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert app.extensions["search"].check(session) == []
    assert "lighthouse" in client.get("/en/search?q=lighthouse").text
