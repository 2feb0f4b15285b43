"""What all tests share: an app with its own folder and database, a session, counted SQL."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from caliber_site import create_app, readers
from caliber_site.database import (
    PRAGMAS,
    SERVER_OPTIONS,
    Transaction,
    is_postgresql,
    take_write_lock,
)
from caliber_site.demo.load import load
from caliber_site.extensions import db, load_migrations
from caliber_site.settings import Settings
from tests.once import make_once
from tests.postgres import Server, start_server

DATABASES = ("sqlite", "postgresql")
ON_BOTH = (
    "desk/test_conflict.py",
    "desk/test_editions.py",
    "desk/test_revisions.py",
    "desk/test_staff.py",
    "exchange/test_export.py",
    "exchange/test_import.py",
    "models",
    "news",
    "ready/test_cache.py",
    "ready/test_freshness.py",
    "ready/test_processes.py",
    "search/test_catchup.py",
    "search/test_engine.py",
    "search/test_excerpts.py",
    "search/test_facets.py",
    "search/test_feed.py",
    "search/test_following.py",
    "search/test_listing.py",
    "search/test_names.py",
    "search/test_popular.py",
    "search/test_ranking.py",
    "search/test_vocabulary.py",
    "test_errors.py",
    "test_migrations.py",
    "test_readers.py",
)
"""Tests that are run on both databases, by their paths from here.

With PostgreSQL goes its own search engine in the tests of search.
"""

LONGEST = (
    "browser/test_payloads.py",
    "exchange/test_import.py",
    "exchange/test_readers.py",
    "ready/test_processes.py",
    "search/test_killed.py",
    "search/test_parts.py",
    "serving",
)
"""Tests of which one may take half a minute, by their paths from here."""

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SECRET = "not-a-secret-but-long-enough"

KeepBusy = Callable[[], AbstractContextManager[None]]
CountSql = Callable[[], AbstractContextManager[list[str]]]


def make_settings(data_dir: Path, **changes: object) -> Settings:
    values: dict[str, object] = {
        "secret_key": SECRET,
        "site_url": "http://localhost",
        "data_dir": data_dir,
        "page_cache": 0,
    }
    return Settings.model_validate(values | changes)


def pytest_configure() -> None:
    """Forget the settings of the site that this shell may be about: tests have their own."""
    for name in [name for name in os.environ if name.startswith("CALIBER_")]:
        del os.environ[name]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, whatever the order: at the end others would only wait for one."""
    items.sort(key=lambda item: not _is_in(item.path, LONGEST))


def _is_in(path: Path, places: tuple[str, ...]) -> bool:
    return any(map(path.relative_to(Path(__file__).parent).is_relative_to, places))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests that need a database on both, where both are of interest."""
    of_one = any(
        mark.args[0] == "database" for mark in metafunc.definition.iter_markers("parametrize")
    )
    on_both = _is_in(metafunc.definition.path, ON_BOTH) and not of_one
    if "database" in metafunc.fixturenames and on_both:
        metafunc.parametrize("database", DATABASES)


@pytest.fixture(autouse=True)
def _forget_salts() -> None:
    # Each test has its own database and so its own salt of the day.
    readers.salts.clear()


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated, empty database, to be copied."""
    return make_once(tmp_path_factory, "empty", _migrate)


def _migrate(folder: Path) -> None:
    app = create_app(make_settings(folder))
    with app.app_context():
        load_migrations().upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a migrated database, made when the first test asks for it."""
    with start_server() as server:
        folder = tmp_path_factory.mktemp("postgresql")
        app = create_app(make_settings(folder, database_url=server.url))
        with app.app_context():
            load_migrations().upgrade()
            db.engine.dispose()
        yield server


@pytest.fixture
def database() -> str:
    """The kind of database, where it is not one after the other."""
    return DATABASES[0]


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo paper, not indexed, to be copied: drawing it takes a while."""
    return make_once(tmp_path_factory, "paper", load_paper)


def load_paper(folder: Path) -> None:
    _migrate(folder)
    app = create_app(make_settings(folder))
    with app.app_context():
        load(db.session, app.config["CALIBER"].uploads_dir)
        db.engine.dispose()


@pytest.fixture
def settings(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[Settings]:
    if database == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        engine = "postgres" if request.path.parent.name == "search" else "whoosh"
        yield make_settings(tmp_path / "data", database_url=server.url, search_engine=engine)
        server.empty()
    else:
        empty_data: Path = request.getfixturevalue("empty_data")
        shutil.copytree(empty_data, tmp_path / "data")
        yield make_settings(tmp_path / "data")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = True
    yield app
    for thread in threading.enumerate():
        if thread.name in {"search-sync", "search-merge"}:  # they go on in the folder
            thread.join()
    app.extensions["search"].close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(tmp_path: Path, demo_data: Path) -> Iterator[Flask]:
    """The demo paper's site."""
    shutil.copytree(demo_data, tmp_path / "demo")
    app = create_app(make_settings(tmp_path / "demo"))
    app.testing = True
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def engine(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


@pytest.fixture
def keep_busy(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> KeepBusy:
    """A context manager inside which somebody else keeps writers waiting, who wait for 50 ms."""
    hasty = (*PRAGMAS, "PRAGMA busy_timeout = 50"), (*SERVER_OPTIONS, "-c lock_timeout=50")
    for name, values in zip(("PRAGMAS", "SERVER_OPTIONS"), hasty, strict=True):
        monkeypatch.setattr(f"caliber_site.database.{name}", values)

    monkeypatch.setattr("caliber_site.database.BUSY_SECONDS", 0.05)

    @contextmanager
    def keeping_busy() -> Iterator[None]:
        engine.dispose()
        with Session(engine) as writer:
            take_write_lock(writer)
            if is_postgresql(engine):
                writer.execute(text("LOCK TABLE seen_by"))
            yield

    return keeping_busy


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session of its own, outside any request (a pushed context would keep one locale)."""
    # Rows stay loaded after a commit, so that naming one later sends no statement.
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = BROWSER
    return client


@pytest.fixture
def count_sql(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> CountSql:
    """A context manager that lists the statements sent to the database inside it."""
    execute = Transaction.execute

    @contextmanager
    def counting_sql() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith("BEGIN"):
                statements.append(statement)

        def note_and_execute(self: Transaction, statement: str, values: Any) -> Any:
            statements.append(statement)
            return execute(self, statement, values)

        event.listen(engine, "before_cursor_execute", note)
        try:
            # What goes past SQLAlchemy is not seen by its events.
            with monkeypatch.context() as patch:
                patch.setattr(Transaction, "execute", note_and_execute)
                yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting_sql
