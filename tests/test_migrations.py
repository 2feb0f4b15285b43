from flask import Flask

from caliber_site.extensions import alembic


def test_upgraded_empty_database_equals_the_models(app: Flask) -> None:
    with app.app_context():
        assert alembic.compare_metadata() == []


def test_upgrading_twice_changes_nothing(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade()
        assert alembic.compare_metadata() == []
