"""The index follows the database, whatever is killed or fails in between."""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy.orm import Session

from caliber_site.languages import ENGLISH
from caliber_site.models import Edition, Status, now, record_change
from caliber_site.search.difference import Difference, Fault
from caliber_site.search.engine import Engine, open_engine
from caliber_site.search.query import Query
from caliber_site.settings import Settings
from tests.factories import make_edition
from tests.server import environment

on_sqlite = pytest.mark.parametrize("database", ["sqlite"])

WRITER = """
import sys
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from caliber_site.search.engine import open_engine
from caliber_site.settings import load_settings
settings = load_settings()
times, *ids = map(int, sys.argv[1:])
engine = open_engine(settings)
with Session(create_engine(settings.database)) as session:
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(times):
        engine.update(session, ids)
engine.close()
"""


def start_writer(settings: Settings, times: int, ids: list[int]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(times), *map(str, ids)],
        env=environment(
            settings.data_dir,
            settings.site_url,
            CALIBER_DATABASE_URL=settings.database,
            CALIBER_SEARCH_ENGINE=settings.search_engine,
        ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def go(writer: "subprocess.Popen[str]") -> None:
    assert writer.stdout
    assert writer.stdin
    assert writer.stdout.readline() == "ready\n"
    writer.stdin.write("go\n")
    writer.stdin.flush()


def change(session: Session, edition: Edition, title: str) -> None:
    edition.title = title
    record_change(session, edition)
    session.commit()


def count(engine: Engine, text: str) -> int:
    return engine.search(Query(text, ENGLISH, now())).total


@pytest.fixture
def runner(app: Flask) -> Iterator[FlaskCliRunner]:
    yield app.test_cli_runner()
    app.extensions["search"].close()


def test_update_makes_a_commit_findable(session: Session, search_engine: Engine) -> None:
    edition = make_edition(session, title="Old name")
    search_engine.update(session, [edition.id])
    change(session, edition, "New name")
    search_engine.update(session, [edition.id])
    assert (count(search_engine, "old"), count(search_engine, "new")) == (0, 1)


def test_update_removes_what_was_withdrawn(session: Session, search_engine: Engine) -> None:
    edition = make_edition(session, title="Walnuts")
    search_engine.update(session, [edition.id])
    edition.status = Status.WITHDRAWN
    change(session, edition, "Walnuts")
    search_engine.update(session, [edition.id])
    assert search_engine.check(session) == []
    assert count(search_engine, "walnuts") == 0


def test_update_removes_what_was_deleted(session: Session, search_engine: Engine) -> None:
    edition = make_edition(session, title="Walnuts")
    edition_id = edition.id
    search_engine.update(session, [edition_id])
    session.delete(edition)
    session.commit()
    search_engine.update(session, [edition_id])
    assert search_engine.check(session) == []


def test_update_closes_the_gap_of_one_that_failed(session: Session, search_engine: Engine) -> None:
    search_engine.sync(session)
    make_edition(session, title="Forgotten walnuts")
    other = make_edition(session, title="Lake")
    search_engine.update(session, [other.id])
    assert count(search_engine, "walnuts") == 1


@on_sqlite
def test_failed_update_does_not_raise_and_sync_closes_the_gap(
    session: Session, settings: Settings, search_engine: Engine
) -> None:
    search_engine.sync(session)
    edition = make_edition(session, title="Walnuts")
    lock = settings.index_dir / "en" / "write.lock"
    lock.unlink()
    lock.mkdir()
    search_engine.update(session, [edition.id])
    lock.rmdir()
    assert search_engine.check(session) == [Difference("en", Fault.MISSING, edition.id)]
    assert search_engine.sync(session) == 1
    assert search_engine.check(session) == []
    assert count(search_engine, "walnuts") == 1


def test_check_tells_what_is_stale_and_what_is_surplus(
    session: Session, search_engine: Engine
) -> None:
    stale, surplus = make_edition(session), make_edition(session)
    surplus_id = surplus.id
    search_engine.sync(session)
    change(session, stale, "Another name")
    session.delete(surplus)
    session.commit()
    assert search_engine.check(session) == [
        Difference("en", Fault.STALE, stale.id),
        Difference("en", Fault.SURPLUS, surplus_id),
    ]


def test_two_processes_write_at_once(
    session: Session, settings: Settings, search_engine: Engine
) -> None:
    editions = [make_edition(session, title=f"Walnut {n}") for n in range(6)]
    search_engine.sync(session)
    for edition in editions:
        change(session, edition, "Chestnut")
    ids = [edition.id for edition in editions]
    writers = [start_writer(settings, 15, half) for half in (ids[:3], ids[3:])]
    for writer in writers:
        go(writer)
    for writer in writers:
        _, faults = writer.communicate(timeout=60)
        assert (writer.returncode, faults) == (0, "")
    assert search_engine.check(session) == []
    assert count(search_engine, "chestnut") == 6


def test_killed_writer_leaves_no_lock_and_no_damage(
    session: Session, settings: Settings, search_engine: Engine
) -> None:
    edition = make_edition(session, title="Walnuts")
    search_engine.sync(session)
    for wait in (0.0, 0.02, 0.05, 0.1):
        writer = start_writer(settings, 100_000, [edition.id])
        go(writer)
        time.sleep(wait)
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate(timeout=60)
        assert search_engine.sync(session) == 0
        assert search_engine.check(session) == []
        assert count(search_engine, "walnuts") == 1


@on_sqlite
# Whoosh leaves the file open that it could not read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", ["toc", "trm", "pst", "col", "words", "link"])
def test_damaged_index_is_unavailable_until_sync(
    session: Session, settings: Settings, search_engine: Engine, damage: str
) -> None:
    make_edition(session, title="Walnuts")
    search_engine.sync(session)
    search_engine.close()
    folder = settings.index_dir / "en"
    if damage == "link":
        (folder / "current").unlink()
    else:
        for file in (folder / "current").resolve().glob(f"*.{damage}"):
            file.write_bytes(b"\x00" * 100)
    fresh = open_engine(settings)
    assert not fresh.search(Query("walnuts", ENGLISH, now())).available
    assert [d.fault for d in fresh.check(session)] == [Fault.DAMAGED]
    fresh.sync(session)
    assert count(fresh, "walnuts") == 1
    fresh.close()
    gc.collect()


def test_readers_see_what_another_engine_writes(
    session: Session, settings: Settings, search_engine: Engine
) -> None:
    search_engine.sync(session)
    assert count(search_engine, "walnuts") == 0
    other = open_engine(settings)
    edition = make_edition(session, title="Walnuts")
    other.update(session, [edition.id])
    assert count(search_engine, "walnuts") == 1
    other.rebuild(session, print)
    assert count(search_engine, "walnuts") == 1
    other.close()


def test_rebuild_tells_its_progress_and_leaves_one_build(
    session: Session, settings: Settings, search_engine: Engine
) -> None:
    for number in range(3):
        make_edition(session, title=f"Walnut {number}")
    search_engine.sync(session)
    told: list[tuple[int, int]] = []
    search_engine.rebuild(session, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    builds = len(list((settings.index_dir / "en").glob("v*-*")))
    assert builds == (1 if settings.search_engine == "whoosh" else 0)


def test_commands_rebuild_sync_and_check(session: Session, runner: FlaskCliRunner) -> None:
    make_edition(session)
    assert runner.invoke(args=["search", "check"]).exit_code == 1
    assert runner.invoke(args=["search", "rebuild"]).exit_code == 0
    make_edition(session)
    assert runner.invoke(args=["search", "check"]).exit_code == 1
    assert runner.invoke(args=["search", "sync"]).exit_code == 0
    assert runner.invoke(args=["search", "check"]).exit_code == 0


def test_query_command_prints_json_lines(session: Session, runner: FlaskCliRunner) -> None:
    edition = make_edition(session, "hy", "Երևանի առավոտ")
    runner.invoke(args=["search", "sync"])
    arguments = ["search", "query", "--language", "arm", "--json"]
    answer = runner.invoke(args=arguments, input="Երևանում\n\nառավոտյան\n")
    assert answer.exit_code == 0, answer.output
    lines = [json.loads(line) for line in answer.output.splitlines()]
    assert [line["query"] for line in lines] == ["Երևանում", "", "առավոտյան"]
    (found,) = lines[0]["results"]
    assert found["title"] == "Երևանի առավոտ"
    assert found["url"] == f"http://localhost/arm/post/{edition.slug}"
    assert sorted(found) == ["score", "slug", "story", "title", "url"]


def test_query_command_says_what_it_searched_for_instead(
    session: Session, runner: FlaskCliRunner
) -> None:
    make_edition(session, "ru", "Утро над Ереваном")
    runner.invoke(args=["search", "sync"])
    answer = runner.invoke(args=["search", "query", "--language", "ru"], input="thtdfy\n")
    assert answer.output.startswith("thtdfy: 1 (showing results for ереван)\n")


def test_query_command_refuses_an_unknown_language(runner: FlaskCliRunner) -> None:
    assert runner.invoke(args=["search", "query", "--language", "xx"]).exit_code == 2


def test_large_first_index_is_not_built_in_an_editors_request(
    session: Session, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[type(search_engine).__module__], "ALONE", 1)
    edition = make_edition(session, title="Walnuts")
    search_engine.update(session, [edition.id])
    assert search_engine.damaged
    search_engine.recover(session)
    assert search_engine.search(Query("walnuts", ENGLISH, now())).total == 1
