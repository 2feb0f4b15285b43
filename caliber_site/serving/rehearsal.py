"""A rehearsal: some pages are made before there are workers, who share what that leaves in memory.

Templates, statements, the words of a language and the search index are made ready by the first who
needs them. Each worker would do that for itself, while a reader waits.
"""

import gc
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Flask

from caliber_site.background import REHEARSAL
from caliber_site.extensions import db
from caliber_site.faults import explain
from caliber_site.languages import LANGUAGES, Language
from caliber_site.models import now
from caliber_site.news.listing import Scope, load_newest
from caliber_site.reading import reading
from caliber_site.ready.cache import STAMP
from caliber_site.ready.freshness import Stamp
from caliber_site.search.folder import Folder

LONGEST = 5
"""Seconds after which no other page is begun: readers can wait for a page, but not for the site."""

NEVER = Stamp(-1, 0)
"""A stamp that no page of a worker has: what was read now is not taken for fresh later."""


def rehearse(app: Flask) -> None:
    """Make pages of several kinds in each language; to be called when the database can be read.

    What hinders it is logged, in a line: it may be over when readers come.
    """
    ends_at = time.monotonic() + LONGEST
    try:
        with app.app_context():
            paths = [path for language in LANGUAGES for path in _list_paths(app, language)]
        for path in paths:
            if time.monotonic() < ends_at:
                _make(app, path)
    except Exception as error:
        app.logger.warning("no pages could be made before the start: %s", explain(error))
    with app.app_context():
        db.engine.dispose()  # a connection is for one process
    gc.collect()
    gc.freeze()  # as in preload.py


def _list_paths(app: Flask, language: Language) -> Iterator[str]:
    root = f"/{language.label}"
    yield f"{root}/"
    with reading(db.engine) as read:
        newest = load_newest(read, language, Scope.LATEST, None, 1, now())
    for card in newest:
        yield f"{root}/post/{card.slug}"
        yield f"{root}/section/{card.section_slug}/"
        if _has_index(app, language):
            for live in ({}, {"live": 1}):
                yield f"{root}/search?{urlencode({'q': card.title} | live)}"


def _has_index(app: Flask, language: Language) -> bool:
    """Return whether there is an index on disk; the other engine has connections of its own."""
    settings = app.config["CALIBER"]
    folder = Folder(settings.index_dir / language.tag)
    return settings.search_engine == "whoosh" and folder.find_current() is not None


def _make(app: Flask, path: str) -> None:
    """Make a page, as for somebody without a browser, who is not counted."""
    with app.test_request_context(path, environ_overrides={REHEARSAL: True, STAMP: NEVER}):
        response = app.full_dispatch_request()
        if response.status_code >= 500:
            message = f"{path} is answered {response.status}"
            raise RuntimeError(message)
