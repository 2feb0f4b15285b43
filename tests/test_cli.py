import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from caliber_site import create_app
from caliber_site.extensions import db
from caliber_site.settings import Settings
from tests.conftest import make_settings

NO_TABLES = "Error: the database has no tables yet; run: flask --app caliber_site db upgrade\n"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Flask]:
    """A site whose database was never migrated."""
    app = create_app(make_settings(tmp_path / "bare"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    "command",
    [
        "articles export out.jsonl",
        "articles import in.jsonl",
        "demo load --editions 1",
        "editors add chief@paper.example --role chief --password-stdin",
        "search sync",
        "search rebuild",
    ],
)
def test_command_before_the_first_migration_says_what_to_run(
    bare: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.jsonl").write_text(
        '{"story": "a", "language": "en", "title": "A", "body": "b"}'
    )
    monkeypatch.setattr("caliber_site.demo.load.write_pictures", lambda _folder: {})
    result = bare.test_cli_runner().invoke(args=command.split(), input="a long password\n")
    assert result.exit_code == 1
    assert result.stderr.endswith(NO_TABLES)
    assert "SELECT" not in result.output


def test_locked_database_is_one_line(app: Flask, settings: Settings) -> None:
    lock = sqlite3.connect(settings.data_dir / "caliber.sqlite", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    with app.app_context():
        db.session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
        db.session.rollback()
    result = app.test_cli_runner().invoke(
        args="editors add chief@paper.example --role chief --password-stdin".split(),
        input="a long password\n",
    )
    lock.execute("ROLLBACK")
    lock.close()
    assert result.exit_code == 1
    assert result.stderr == "Error: the database is busy; try again in a moment\n"


def test_database_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    app = create_app(make_settings(tmp_path, database_url=f"sqlite:///{tmp_path}/none/x.sqlite"))
    result = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert result.exit_code == 1
    assert result.stderr == "Error: the database: unable to open database file\n"


def test_query_without_an_index_is_one_line(app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    result = app.test_cli_runner().invoke(
        args=["search", "query", "--language", "en"], input="harbour\n"
    )
    assert result.exit_code == 1
    assert result.output == ("Error: the search index is missing or damaged; run: search rebuild\n")
    assert capfd.readouterr().err == ""
    assert logging.getLogger("caliber_site.search").level == logging.NOTSET


def test_fault_of_the_database_does_not_tell_what_was_written(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match="hidden") as fault:
        db.session.connection().exec_driver_sql("SELECT * FROM none WHERE a = ?", ("secret",))
    assert "secret" not in str(fault.value)
