"""What is particular to the index in a PostgreSQL database."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, inspect, select, text
from sqlalchemy.orm import Session

from caliber_site.database import Lock
from caliber_site.extensions import load_migrations
from caliber_site.languages import ENGLISH, RUSSIAN
from caliber_site.models import now, record_change
from caliber_site.models.index import search_document, search_lemma, search_state, search_word
from caliber_site.search.difference import Difference, Fault
from caliber_site.search.engine import Engine
from caliber_site.search.postgres import archive, engine, entries, following, searching, wording
from caliber_site.search.query import Query, Results
from caliber_site.settings import Settings
from tests.factories import make_author, make_edition, make_tag
from tests.postgres import Server
from tests.search.conftest import Find
from tests.server import environment

pytestmark = pytest.mark.parametrize("database", ["postgresql"])

BUILDER = """
import sys
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from caliber_site.search.engine import open_engine
from caliber_site.search.postgres import entries
from caliber_site.settings import load_settings
entries.ALONE = 0
settings = load_settings()
def wait(done, total):
    print(done, flush=True)
    sys.stdin.readline()
with Session(create_engine(settings.database)) as session:
    open_engine(settings).rebuild(session, wait)
"""


def nothing(_done: int, _total: int) -> None:
    pass


def total(engine: Engine, words: str) -> int:
    return engine.search(Query(words, ENGLISH, now())).total


def rows(session: Session, table: Table) -> list[tuple[object, ...]]:
    session.rollback()
    found = sorted(map(tuple, session.execute(select(table))))
    session.rollback()  # what it read is not to be held
    return found


def test_index_is_missing_until_it_is_built(session: Session, search_engine: Engine) -> None:
    make_edition(session, title="Walnuts")
    assert not search_engine.search(Query("walnuts", ENGLISH, now())).available
    assert search_engine.damaged
    assert {found.fault for found in search_engine.check(session)} == {Fault.DAMAGED}
    search_engine.recover(session)
    assert not search_engine.damaged
    assert total(search_engine, "walnuts") == 1


def test_index_of_another_format_is_missing(session: Session, search_engine: Engine) -> None:
    search_engine.sync(session)
    session.execute(search_state.update().values(format=0))
    session.commit()
    assert not search_engine.search(Query("walnuts", ENGLISH, now())).available


def test_one_process_recovers_the_index(session: Session, search_engine: Engine) -> None:
    with following.locked(session, Lock.REBUILD, 1):
        search_engine.recover(session)
    assert {found.fault for found in search_engine.check(session)} == {Fault.DAMAGED}


def test_index_with_a_table_missing_is_built_anew(
    session: Session, search_engine: Engine, postgresql: Server
) -> None:
    make_edition(session, title="Walnuts")
    search_engine.sync(session)
    session.execute(text("DROP TABLE search_lemma"))
    session.commit()
    assert not search_engine.search(Query("walnuts", ENGLISH, now())).available
    assert {found.fault for found in search_engine.check(session)} == {Fault.DAMAGED}
    search_engine.recover(session)
    assert total(search_engine, "walnuts") == 1


def test_swap_waits_for_a_long_reader_and_searches_go_on(
    session: Session, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_edition(session, title="Walnuts")
    search_engine.sync(session)
    monkeypatch.setattr(engine, "SYNC_WAIT", 0.3)
    session.execute(select(search_word))
    with pytest.raises(TimeoutError):
        search_engine.rebuild(session, nothing)
    assert total(search_engine, "walnuts") == 1


def test_rebuilt_index_equals_the_migrated_tables(
    app: Flask, session: Session, search_engine: Engine
) -> None:
    make_edition(session)
    search_engine.rebuild(session, nothing)
    with app.app_context():
        assert load_migrations().compare_metadata() == []
    assert "search_next" not in inspect(session.get_bind()).get_schema_names()


def test_updates_count_words_as_a_rebuild_does(session: Session, search_engine: Engine) -> None:
    search_engine.sync(session)
    first = make_edition(session, title="Walnuts of the lake", tags=(make_tag(session),))
    second = make_edition(session, title="A lake", author=make_author(session))
    third = make_edition(session, "ru", "Озеро")
    for edition in (first, second, third):
        search_engine.update(session, [edition.id])
    first.title = "Chestnuts"
    record_change(session, first)
    session.delete(second)
    session.commit()
    search_engine.sync(session)
    updated = [rows(session, table) for table in (search_lemma, search_word)]
    search_engine.rebuild(session, nothing)
    assert [rows(session, table) for table in (search_lemma, search_word)] == updated


def test_publication_is_found_while_a_rebuild_runs_and_afterwards(
    session: Session, search_engine: Engine
) -> None:
    make_edition(session, title="Lake")
    search_engine.sync(session)
    found = []

    def publish(_done: int, _total: int) -> None:
        edition = make_edition(session, title="Walnuts")
        search_engine.update(session, [edition.id])
        found.append(total(search_engine, "walnuts"))

    search_engine.rebuild(session, publish)
    assert found == [1]
    assert total(search_engine, "walnuts") == 1
    assert search_engine.check(session) == []


def test_killed_rebuild_leaves_the_old_index_and_no_lock_or_process(
    session: Session, settings: Settings, search_engine: Engine
) -> None:
    for number in range(3):
        make_edition(session, title=f"Walnut {number}")
    search_engine.sync(session)
    variables = {
        "CALIBER_DATABASE_URL": settings.database,
        "CALIBER_SEARCH_ENGINE": settings.search_engine,
    }
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILDER],
        env=environment(settings.data_dir, settings.site_url, **variables),
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert builder.stdout
    assert builder.stdout.readline() == b"1\n"
    os.kill(builder.pid, signal.SIGKILL)
    builder.communicate(timeout=60)  # until the processes that it started have ended too
    assert search_engine.check(session) == []
    assert total(search_engine, "walnut") == 3
    search_engine.rebuild(session, nothing)
    assert total(search_engine, "walnut") == 3


def test_failed_update_does_not_raise_and_sync_closes_the_gap(
    session: Session, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_engine.sync(session)
    monkeypatch.setattr(engine, "UPDATE_WAIT", 0.05)
    edition = make_edition(session, title="Walnuts")
    with following.locked(session, Lock.INDEX, 1):
        search_engine.update(session, [edition.id])
    assert search_engine.check(session) == [Difference("en", Fault.MISSING, edition.id)]
    assert search_engine.sync(session) == 1
    assert total(search_engine, "walnuts") == 1


def test_search_goes_on_after_a_restart_of_the_server(
    session: Session, search_engine: Engine, postgresql: Server
) -> None:
    make_edition(session, title="Walnuts")
    search_engine.sync(session)
    assert total(search_engine, "walnuts") == 1
    session.close()
    postgresql.disconnect()
    assert total(search_engine, "walnuts") == 1


def test_search_page_is_shown_while_the_index_is_locked(
    client: FlaskClient, session: Session, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_engine.sync(session)
    search_engine.close()
    monkeypatch.setattr("caliber_site.database.SERVER_OPTIONS", ("-c lock_timeout=50",))
    session.execute(search_state.delete())
    session.connection().exec_driver_sql("LOCK TABLE search_state")
    assert "Search is not available" in client.get("/en/search?q=lake").text
    session.rollback()


def test_endless_text_is_indexed_as_far_as_it_fits(session: Session, find: Find) -> None:
    words = " ".join(f"walnut{number}" for number in range(50_000))
    make_edition(session, title="Endless", body=f"<p>{words}</p>")
    assert find("walnut7") == ["Endless"]


def test_letters_that_fold_into_many_are_no_fault(session: Session, find: Find) -> None:
    make_edition(session, title="Lake", body=f"<p>{'ﷺ' * 64} {'ﷺ' * 63}</p>")
    assert find("ﷺ" * 64) == ["Lake"]
    assert find("ﷺ" * 3, live=True) == ["Lake"]


def test_large_index_is_built_by_several_processes(
    session: Session, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "ALONE", 2)
    monkeypatch.setattr(entries, "BATCH", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    for number in range(9):
        make_edition(session, title=f"Walnut {number}", minutes_ago=number)
    assert find("walnut", sort="newest") == [f"Walnut {number}" for number in range(9)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds as of a large archive, in which every other edition has a common word."""
    monkeypatch.setattr(wording, "AFFORDABLE", 2)
    monkeypatch.setattr(wording, "COMMON", 4)
    monkeypatch.setattr(searching, "MOST", 4)
    monkeypatch.setattr(searching, "ENOUGH", 2)
    monkeypatch.setattr(archive, "MOST_WEEKS", 20)


def make_archive(session: Session, search_engine: Engine, *titles: str) -> None:
    for week, title in enumerate(titles):
        make_edition(session, title=title, minutes_ago=(week + 1) * 7 * 24 * 60)
    search_engine.sync(session)


@pytest.mark.usefixtures("small")
def test_of_a_common_word_the_newest_are_found_and_the_others_estimated(
    session: Session, search_engine: Engine
) -> None:
    make_archive(session, search_engine, *(f"Lake {n}" for n in range(12)))
    results = search_engine.search(Query("lake", ENGLISH, now(), sort="newest"))
    assert len(results.hits) == 4
    assert results.about
    assert results.total == 12


@pytest.mark.usefixtures("small")
def test_title_with_all_words_is_found_whatever_its_age(
    session: Session, search_engine: Engine, find: Find
) -> None:
    make_archive(session, search_engine, *(f"Lake {n}" for n in range(12)), "Quiet lake", "Lake")
    assert find("lake")[0] == "Lake"
    assert find("quiet lake") == ["Quiet lake"]


@pytest.mark.usefixtures("small")
def test_older_weeks_are_looked_at_where_the_newest_have_too_few(
    session: Session, search_engine: Engine, find: Find
) -> None:
    titles = [f"Lake {n}" for n in range(8)] + ["Walnut lake 8", *(f"Walnut {n}" for n in range(8))]
    make_archive(session, search_engine, *titles)
    assert find("walnut lake") == ["Walnut lake 8"]


def test_facets_of_some_words_are_of_what_is_found(session: Session, search_engine: Engine) -> None:
    make_edition(session, title="Lake", section="sport")
    search_engine.sync(session)
    facets = search_engine.facets(Query("lake volcano", ENGLISH, now()))
    assert facets.sections == [("sport", 1)]


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("озро", ["озеро"]),
        ("озреа", ["озера"]),
        ("озеров", ["озеро", "озера"]),
        ("наблюдатиел", ["наблюдатель"]),
        ("кит", ["кот"]),
        ("озеро", ["озера"]),
        ("лес", []),
    ],
)
def test_nearest_words_are_a_slip_or_two_away(
    session: Session, search_engine: Engine, word: str, nearest: list[str]
) -> None:
    make_edition(session, "ru", "Озеро и озера", lead="Кот-наблюдатель")
    make_edition(session, "ru", "Озеро")
    search_engine.sync(session)
    found = search_engine.vocabulary(RUSSIAN).nearest(word, 8)
    assert [near for near, _ in found] == nearest


def test_documents_are_of_published_editions_alone(session: Session, search_engine: Engine) -> None:
    edition = make_edition(session)
    search_engine.sync(session)
    assert [row[0] for row in rows(session, search_document)] == [edition.id]


def test_answer_is_ready_until_the_index_changes(
    session: Session, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[object] = []
    search = searching.Searcher.search

    def note(searcher: searching.Searcher) -> Results:
        searched.append(searcher)
        return search(searcher)

    monkeypatch.setattr(searching.Searcher, "search", note)
    editions = [make_edition(session, title=f"Walnuts {n}") for n in range(2)]
    search_engine.sync(session)
    assert [total(search_engine, "walnuts") for _ in range(3)] == [2, 2, 2]
    assert len(searched) == 1
    deleted = editions[0].id
    session.delete(editions[0])
    session.commit()
    search_engine.update(session, [deleted])
    assert total(search_engine, "walnuts") == 1


def test_ready_answer_is_made_anew_when_a_scheduled_edition_is_due(
    session: Session, search_engine: Engine
) -> None:
    make_edition(session, title="Walnuts", minutes_ago=-5)
    search_engine.sync(session)
    assert total(search_engine, "walnuts") == 0
    later = now() + timedelta(minutes=6)
    assert search_engine.search(Query("walnuts", ENGLISH, later)).total == 1
