"""The site to be measured: a new one in a folder of its own, filled by `articles import`."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from flask import Flask
from sqlalchemy import select

from bench.sites import read_settings
from caliber_site import create_app
from caliber_site.extensions import db, load_migrations
from caliber_site.languages import Language
from caliber_site.models import Article, Edition, now
from caliber_site.search.answer import Answer, find
from caliber_site.search.query import Query

PAGE = 10
"""Results that are looked at, as on the first page."""


class Site:
    """A filled site, asked in the way that its search page and `search query` ask.

    Attributes:
        stories: The key of each edition's story, by the edition's id.
    """

    def __init__(self, app: Flask) -> None:
        self._engine = app.extensions["search"]
        self._now = now()
        rows = db.session.execute(select(Edition.id, Article.story).join(Edition.article))
        self.stories = {row.id: row.story for row in rows}

    def ask(self, text: str, language: Language, *, size: int = PAGE) -> Answer:
        """Return what a reader gets."""
        return find(self._engine, Query(text, language, self._now, size=size))

    def list_stories(self, answer: Answer) -> list[str]:
        """Return the stories that were found, best first."""
        return [self.stories[hit.edition_id] for hit in answer.results.hits]


@contextmanager
def open_site(files: list[Path]) -> Iterator[Site]:
    """Make a site of some files to import; it is deleted afterwards."""
    folder = Path(mkdtemp(prefix="caliber-relevance-"))
    app = create_app(read_settings(folder))
    try:
        with app.app_context():
            load_migrations().upgrade()
            result = app.test_cli_runner().invoke(args=["articles", "import", *map(str, files)])
            sys.stderr.write(result.output)
            app.extensions["search"].sync(db.session)
            yield Site(app)
            app.extensions["search"].close()
            db.engine.dispose()
    finally:
        shutil.rmtree(folder)
