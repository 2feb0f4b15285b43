"""How the database is asked for its generation, and when it need not be."""

import gc
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from caliber_site.ready.generation import Generation
from caliber_site.settings import Settings

COMMITS = 300
TRY = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"


@pytest.fixture
def other(settings: Settings) -> Iterator[sqlite3.Connection]:
    """A connection as another process has it."""
    with closing(sqlite3.connect(settings.data_dir / "caliber.sqlite")) as connection:
        yield connection


@pytest.fixture
def generation(settings: Settings) -> Generation:
    asked = Generation(create_engine(settings.database, poolclass=NullPool))
    asked.ask()
    asked.ask()  # the second one has learned what belongs to it
    return asked


@pytest.fixture
def questions(generation: Generation, monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """The answers that the database gives."""
    answers: list[int | None] = []
    ask = generation.use

    def asking(work: Callable[[Any], Any]) -> Any:
        answers.append(ask(work))
        return answers[-1]

    monkeypatch.setattr(generation, "use", asking)
    return answers


def raise_it(connection: sqlite3.Connection) -> None:
    with connection:
        connection.execute("UPDATE generation SET value = value + 1")


def test_database_without_a_commit_is_not_asked(
    generation: Generation, questions: list[int | None]
) -> None:
    assert generation.ask() == generation.ask()
    assert questions == []


def test_each_commit_of_others_is_seen_at_once(
    generation: Generation, other: sqlite3.Connection
) -> None:
    (first,) = other.execute("SELECT value FROM generation").fetchone()
    seen = []
    for _ in range(COMMITS):
        raise_it(other)
        seen.append(generation.ask())
    assert seen == list(range(first + 1, first + 1 + COMMITS))


def test_commit_that_changes_nothing_to_be_seen_has_it_asked_once(
    generation: Generation, other: sqlite3.Connection, questions: list[int | None]
) -> None:
    before = generation.ask()
    other.execute("PRAGMA user_version = 7")
    assert [generation.ask(), generation.ask()] == [before, before]
    assert questions == [before]


def test_what_is_not_committed_is_not_seen(
    generation: Generation, other: sqlite3.Connection
) -> None:
    before = generation.ask()
    other.execute("UPDATE generation SET value = value + 1")
    assert generation.ask() == before
    other.rollback()
    assert generation.ask() == before


def test_commit_is_seen_after_the_log_was_emptied(
    generation: Generation, other: sqlite3.Connection
) -> None:
    before = generation.ask()
    other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    emptied = generation.ask()
    raise_it(other)
    assert before is not None
    assert [emptied, generation.ask()] == [before, before + 1]


def test_other_connections_that_come_and_go_hide_no_commit(
    generation: Generation, settings: Settings
) -> None:
    seen = []
    for _ in range(9):
        with closing(sqlite3.connect(settings.data_dir / "caliber.sqlite")) as one:
            raise_it(one)
        seen.append(generation.ask())
    assert seen == [seen[0] + step for step in range(9) if seen[0] is not None]


def test_asking_costs_this_process_none_of_its_locks(settings: Settings) -> None:
    """Closing a file would end all the locks that the process has on it (POSIX, fcntl)."""
    database = settings.data_dir / "caliber.sqlite"
    with closing(sqlite3.connect(database)) as mine:
        mine.execute("BEGIN IMMEDIATE")
        asked = Generation(create_engine(settings.database, poolclass=NullPool))
        asked.ask()
        del asked
        gc.collect()
        tried = subprocess.run(
            [sys.executable, "-c", TRY, str(database)], check=False, capture_output=True, text=True
        )
    assert "database is locked" in tried.stderr
