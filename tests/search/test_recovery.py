"""A missing or damaged index is noticed by a search, and built while the site goes on."""

import shutil
import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site.languages import ENGLISH
from caliber_site.models import now
from caliber_site.search.difference import Difference, Fault
from caliber_site.search.engine import Engine
from caliber_site.search.folder import Folder
from caliber_site.search.query import Query
from caliber_site.settings import Settings
from tests.factories import make_edition


def current(settings: Settings) -> Path:
    return (settings.index_dir / "en" / "current").resolve()


def wait_for(client: FlaskClient, address: str, text: str) -> None:
    deadline = time.monotonic() + 20
    while text not in client.get(address).text and time.monotonic() < deadline:
        time.sleep(0.05)
    assert text in client.get(address).text


def test_missing_index_is_built_in_the_background(
    app: Flask, client: FlaskClient, session: Session, search_engine: Engine, settings: Settings
) -> None:
    make_edition(session, title="A lighthouse on the lake")
    search_engine.sync(session)
    shutil.rmtree(settings.index_dir / "en")
    app.testing = False
    client.get("/healthz")
    assert client.get("/en/search?q=lighthouse").status_code == 200
    wait_for(client, "/en/search?q=lighthouse", "A <mark>lighthouse</mark>")


def test_damage_that_a_search_finds_is_noted_until_the_index_is_built_anew(
    session: Session, search_engine: Engine, settings: Settings
) -> None:
    make_edition(session, title="Walnuts")
    search_engine.sync(session)
    for file in current(settings).glob("*.pst"):
        # Of the same size, so that only reading it shows what it is.
        file.write_bytes(b"\xff" * file.stat().st_size)
    assert not search_engine.search(Query("walnuts", ENGLISH, now())).available
    assert search_engine.damaged
    assert [d.fault for d in search_engine.check(session)] == [Fault.DAMAGED]
    search_engine.recover(session)
    assert not search_engine.damaged
    assert search_engine.check(session) == []
    assert search_engine.search(Query("walnuts", ENGLISH, now())).total == 1


def test_check_finds_damage_that_no_search_has_found(
    session: Session, search_engine: Engine, settings: Settings
) -> None:
    make_edition(session, title="Walnuts")
    search_engine.sync(session)
    (file,) = current(settings).glob("*.words")
    file.write_bytes(file.read_bytes()[::-1])
    assert search_engine.check(session) == [Difference("en", Fault.DAMAGED)]
    search_engine.sync(session)
    assert search_engine.check(session) == []


def test_vocabulary_and_facets_of_a_missing_index_are_empty(search_engine: Engine) -> None:
    words = search_engine.vocabulary(ENGLISH)
    assert (words.frequency("lake"), words.complete("la", 3), words.nearest("lake", 3)) == (
        0,
        [],
        [],
    )
    assert search_engine.facets(Query("lake", ENGLISH, now())).sections == []


def test_one_process_recovers_the_index(
    session: Session, search_engine: Engine, settings: Settings
) -> None:
    with Folder(settings.index_dir / "en").locked("rebuild", 0):
        search_engine.recover(session)
    assert Difference("en", Fault.DAMAGED) in search_engine.check(session)
