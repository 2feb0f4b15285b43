from flask import Flask
from sqlalchemy import inspect

from caliber_site import create_app
from caliber_site.extensions import alembic, db
from caliber_site.settings import Settings


def test_upgraded_empty_database_equals_the_models(app: Flask) -> None:
    with app.app_context():
        assert alembic.compare_metadata() == []


def test_downgrading_leaves_nothing(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        alembic.downgrade("base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        alembic.upgrade()
        db.engine.dispose()


def test_upgrading_twice_changes_nothing(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade()
        assert alembic.compare_metadata() == []
