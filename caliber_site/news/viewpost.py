"""Counts a view before Flask has any work with it: many arrive, and all are alike.

What cannot be counted goes on to Flask, which says why in the reader's language.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from flask import Flask, g, render_template
from flask_babel import get_translations
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request

from caliber_site import logs
from caliber_site.extensions import db
from caliber_site.i18n import format_number_in
from caliber_site.languages import BY_LABEL, Language
from caliber_site.models import now
from caliber_site.news.counting import Reading, count_views, load_views
from caliber_site.news.groupcommit import GroupCommit
from caliber_site.readers import is_reader
from caliber_site.security import HEADERS, is_same_origin

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = re.compile(rf"/({'|'.join(BY_LABEL)})/post/([^/]+)/views")
TROUBLE = "caliber.trouble"
"""Where Flask finds the exception that says why a view could not be counted."""

HEADERS_OF_ALL = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Vary", "Accept-Encoding"),
    *HEADERS.items(),
]


class ViewPost:
    """WSGI middleware that answers `POST /LANG/post/SLUG/views`; all else passes through."""

    def __init__(self, site: "WSGIApplication", app: Flask) -> None:
        """Make it.

        Args:
            site: What answers everything else.
            app: The site, whose database and words are used.
        """
        self._site = site
        self._words = _Words(app)
        with app.app_context():
            self._engine = db.engine
        self._group = GroupCommit(self._count)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        asked = environ["REQUEST_METHOD"] == "POST" and ADDRESS.fullmatch(environ["PATH_INFO"])
        if not asked:
            return self._site(environ, start_response)
        language, slug = BY_LABEL[asked[1]], asked[2].encode("latin-1").decode(errors="replace")
        try:
            number = self._answer(Request(environ), language, slug)
        except Exception as trouble:
            environ[TROUBLE] = trouble
            return self._site(environ, start_response)
        body = self._words.say(language, number).encode()
        own = [("Content-Length", str(len(body))), (logs.HEADER, logs.make_id())]
        start_response("200 OK", HEADERS_OF_ALL + own)
        return [body]

    def _answer(self, request: Request, language: Language, slug: str) -> int:
        """Count this view, if a person's browser sent it from our page, and return the count."""
        if is_same_origin(request) and is_reader(request.headers):
            agent = request.headers["User-Agent"]
            views = self._group.submit(Reading(language, slug, request.remote_addr or "", agent))
        else:
            with Session(self._engine) as session:
                views = load_views(session, language, slug, now())
        if views is None:
            raise NotFound
        return views

    def _count(self, readings: list[Reading]) -> list[int | None]:
        return count_views(self._engine, readings, now())


class _Words:
    """The fragment that tells the count; its template is rendered once a form of the plural."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._choose_form = cache(self._load_plural)
        self._frames: dict[tuple[Language, int], tuple[str, str]] = {}

    def say(self, language: Language, number: int) -> str:
        """Return the fragment in a language."""
        count = format_number_in(number, language.locale)
        form = language, self._choose_form(language)(number)
        if form not in self._frames:
            before, _, after = self._render(language, number).partition(count)
            self._frames[form] = before, after
        return count.join(self._frames[form])

    def _render(self, language: Language, number: int) -> str:
        with self._app.app_context():
            g.language = language
            return render_template("news/_views.html", views=number)

    def _load_plural(self, language: Language) -> Callable[[int], int]:
        with self._app.app_context():
            g.language = language
            plural: Callable[[int], int] = get_translations().plural
            return plural


def init_app(app: Flask) -> None:
    """Put it before the site."""
    app.wsgi_app = ViewPost(app.wsgi_app, app)  # type: ignore[method-assign]
