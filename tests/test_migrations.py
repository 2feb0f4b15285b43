from flask import Flask
from sqlalchemy import Engine

from caliber_site.extensions import alembic


def test_upgraded_empty_database_equals_the_models(app: Flask) -> None:
    with app.app_context():
        assert alembic.compare_metadata() == []


def test_upgrading_twice_changes_nothing(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade()
        assert alembic.compare_metadata() == []


def test_sqlite_is_set_up_for_several_processes(engine: Engine) -> None:
    with engine.connect() as connection:
        answers = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert answers == ["wal", 1, 5000]
