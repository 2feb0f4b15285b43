"""What all tests share: an app with its own folder, a session, a client, counted SQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from caliber_site import create_app, readers
from caliber_site.demo.load import load
from caliber_site.extensions import alembic, db
from caliber_site.settings import Settings

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SECRET = "not-a-secret-but-long-enough"

CountSql = Callable[[], AbstractContextManager[list[str]]]


def make_settings(data_dir: Path, **changes: object) -> Settings:
    values: dict[str, object] = {
        "secret_key": SECRET,
        "site_url": "http://localhost",
        "data_dir": data_dir,
    }
    return Settings.model_validate(values | changes)


@pytest.fixture(autouse=True)
def _forget_salts() -> None:
    # Each test has its own database and so its own salt of the day.
    readers.salts.clear()


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated, empty database, to be copied."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    app = create_app(make_settings(folder))
    with app.app_context():
        alembic.upgrade()
        db.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, empty_data: Path) -> Path:
    """A data folder with the demo paper, not indexed, to be copied: drawing it takes a while."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(empty_data, folder)
    app = create_app(make_settings(folder))
    with app.app_context():
        load(db.session, app.config["CALIBER"].uploads_dir)
        db.engine.dispose()
    return folder


@pytest.fixture
def settings(tmp_path: Path, empty_data: Path) -> Settings:
    shutil.copytree(empty_data, tmp_path / "data")
    return make_settings(tmp_path / "data")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = True
    yield app
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
def count_sql(engine: Engine) -> CountSql:
    """A context manager that lists the statements sent to the database inside it."""

    @contextmanager
    def counting_sql() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith("BEGIN"):
                statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting_sql
