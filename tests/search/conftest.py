"""What the tests of search share."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from caliber_site.languages import BY_TAG
from caliber_site.models import Edition, now
from caliber_site.search.engine import Engine
from caliber_site.search.queries import Document
from caliber_site.search.query import Query
from caliber_site.settings import Settings
from tests.search.documents import Index, make_index
from tests.search.tables import PostgresIndex, write_tables

Find = Callable[..., list[str]]
MakeIndex = Callable[..., Index]


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


@pytest.fixture
def make_any_index(settings: Settings, tmp_path: Path) -> Iterator[MakeIndex]:
    """Make an index of documents, tier by tier, of the engine whose turn it is."""
    numbers, made = count(), list[Index]()

    def make(*tiers: Sequence[Document], half_life: float = 90) -> Index:
        index: Index
        if settings.search_engine == "postgres":
            write_tables(settings.database, chain(*tiers))
            index = PostgresIndex(settings.database, half_life)
        else:
            index = make_index(tmp_path / f"index-{next(numbers)}", *tiers, half_life=half_life)
        made.append(index)
        return index

    yield make
    for index in made:
        index.close()
