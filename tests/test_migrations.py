import pytest
from flask import Flask
from sqlalchemy import inspect

from caliber_site import create_app
from caliber_site.extensions import db, load_migrations
from caliber_site.settings import Settings
from tests.postgres import Server


def test_upgraded_empty_database_equals_the_models(app: Flask) -> None:
    with app.app_context():
        assert load_migrations().compare_metadata() == []


def test_table_that_no_model_has_is_told(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE leftover (id INTEGER)")
    with app.app_context():
        ((change, table),) = load_migrations().compare_metadata()
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE leftover")  # PostgreSQL's is for the next test too
    assert (change, table.name) == ("remove_table", "leftover")


def test_downgrading_leaves_nothing(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        load_migrations().downgrade("base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        load_migrations().upgrade()
        db.engine.dispose()


def test_upgrading_twice_changes_nothing(app: Flask) -> None:
    with app.app_context():
        load_migrations().upgrade()
        assert load_migrations().compare_metadata() == []


@pytest.mark.parametrize("database", ["postgresql"])
def test_missing_extension_is_one_line(settings: Settings, postgresql: Server) -> None:
    others = settings.model_copy(update={"database_url": postgresql.add_database_of_others()})
    app = create_app(others)
    result = app.test_cli_runner().invoke(args=["db", "upgrade"])
    with app.app_context():
        db.engine.dispose()
    postgresql.drop_database_of_others()
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: the database needs the extension pg_trgm")
    assert result.stderr.count("\n") == 1
