"""What the tests of search share."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from caliber_site.languages import BY_TAG
from caliber_site.models import Edition, now
from caliber_site.search.engine import Engine
from caliber_site.search.query import Query

Find = Callable[..., list[str]]


@pytest.fixture
def search_engine(app: Flask) -> Iterator[Engine]:
    engine: Engine = app.extensions["search"]
    yield engine
    engine.close()


@pytest.fixture
def find(session: Session, search_engine: Engine) -> Find:
    """Catch up with the database and return the titles that a query finds."""

    def find_titles(text: str, language: str = "en", **rest: object) -> list[str]:
        search_engine.sync(session)
        asked = Query(text, BY_TAG[language], now(), **rest)  # type: ignore[arg-type]
        titles = []
        for hit in search_engine.search(asked).hits:
            edition = session.get(Edition, hit.edition_id)
            assert edition is not None
            titles.append(edition.title)
        return titles

    return find_titles
