"""How the databases are opened."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from caliber_site import create_app
from caliber_site.database import begin_write, is_busy, prepare, take_write_lock, writing
from caliber_site.languages import ENGLISH
from caliber_site.models import Tag, now
from caliber_site.news.counting import Reading, count_views
from tests.conftest import make_settings
from tests.factories import make_edition
from tests.postgres import Server
from tests.server import environment

on_postgresql = pytest.mark.parametrize("database", ["postgresql"])


def ask(engine: Engine, *questions: str) -> list[object]:
    with engine.connect() as connection:
        return [connection.exec_driver_sql(question).scalar() for question in questions]


def test_sqlite_is_set_up_for_several_processes(engine: Engine) -> None:
    pragmas = ("PRAGMA journal_mode", "PRAGMA foreign_keys", "PRAGMA busy_timeout")
    assert ask(engine, *pragmas) == ["wal", 1, 5000]


def test_postgresql_is_not_loaded_where_the_database_is_another_one(tmp_path: Path) -> None:
    program = (
        "import sys; from caliber_site import create_app; create_app();"
        " print([name for name in sys.modules if 'postgres' in name])"
    )
    asked = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(tmp_path, "http://localhost"),
        check=True,
        capture_output=True,
        text=True,
    )
    assert asked.stdout == "[]\n"


@on_postgresql
def test_postgresql_waits_for_a_few_seconds_only(engine: Engine) -> None:
    assert ask(engine, "SHOW lock_timeout", "SHOW statement_timeout") == ["5s", "30s"]


@on_postgresql
def test_postgresql_that_does_not_answer_is_not_waited_for_long(engine: Engine) -> None:
    pooled = engine.raw_connection()
    driver: Any = pooled.driver_connection
    assert driver.info.get_parameters()["connect_timeout"] == "5"
    pooled.close()


def test_options_of_the_address_count(postgresql: Server) -> None:
    engine = create_engine(
        make_settings(
            Path(), database_url=f"{postgresql.url}&options=-c%20lock_timeout%3D1s"
        ).database
    )
    prepare(engine)
    assert ask(engine, "SHOW lock_timeout", "SHOW statement_timeout") == ["1s", "30s"]
    engine.dispose()


@on_postgresql
def test_nul_can_be_looked_for_and_stored(session: Session) -> None:
    assert session.scalar(select(Tag).where(Tag.slug == "a\0b")) is None
    session.add(Tag(slug="a\0b"))
    session.commit()
    assert session.scalars(select(Tag.slug)).all() == ["a\ufffdb"]


@on_postgresql
@pytest.mark.parametrize("path", ["post/%00", "section/a%00/", "latest/?after=1-2147483647"])
def test_strange_address_is_no_fault(client: FlaskClient, path: str) -> None:
    assert client.get(f"/en/{path}").status_code < 500


@on_postgresql
def test_views_do_not_wait_for_editors(session: Session, engine: Engine) -> None:
    edition = make_edition(session)
    with Session(engine) as editor:
        take_write_lock(editor)
        reading = Reading(ENGLISH, edition.slug, "192.0.2.1", "a browser")
        assert count_views(engine, [reading], now()) == [1]


@on_postgresql
def test_closed_connection_is_noticed_before_it_is_used(
    client: FlaskClient, session: Session, postgresql: Server
) -> None:
    session.close()
    assert client.get("/en/").status_code == 200
    postgresql.disconnect()
    assert client.get("/en/").status_code == 200


def write(engine: Engine, *statements: str) -> None:
    with writing(engine) as transaction:
        for statement in statements:
            transaction.execute(statement, ())


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_writing_that_fails_leaves_nothing(session: Session, engine: Engine) -> None:
    session.close()
    insert = "INSERT INTO tag (slug) VALUES ('lost')"
    with pytest.raises(engine.dialect.loaded_dbapi.IntegrityError):
        write(engine, insert, insert)
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert session.scalars(select(Tag.slug)).all() == []


@on_postgresql
def test_connection_that_is_closed_while_writing_is_told_as_away(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(OperationalError) as told:
        write(engine, "SELECT pg_terminate_backend(pg_backend_pid())")
    assert is_busy(told.value)
    assert caplog.records == []
    write(engine, "SELECT 1")


def test_server_that_is_away_is_told_as_busy(tmp_path: Path) -> None:
    address = f"postgresql://caliber@/caliber?host={tmp_path}"
    client = create_app(make_settings(tmp_path, database_url=address)).test_client()
    answer = client.get("/en/")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("fault", "busy"),
    [
        (sqlite3.OperationalError("database is locked"), True),
        (sqlite3.OperationalError("no such table: edition"), False),
        (psycopg.errors.LockNotAvailable(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.QueryCanceled(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.errors.IndeterminateCollation(), False),
        (psycopg.OperationalError("connection refused"), True),
    ],
    ids=repr,
)
def test_only_what_may_pass_is_busy(fault: Exception, *, busy: bool) -> None:
    assert is_busy(OperationalError("SELECT 1", {}, fault)) is busy


def test_writer_that_did_not_wait_leaves_the_next_one_its_patience(session: Session) -> None:
    begin_write(session, wait=False)
    session.rollback()
    assert session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
