"""Counts a view before Flask has any work with it: many arrive, and all are alike.

What cannot be counted goes on to Flask, which says why in the reader's language.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request

from caliber_site import logs
from caliber_site.extensions import db
from caliber_site.htmx import HTML
from caliber_site.languages import BY_LABEL, Language
from caliber_site.models import now
from caliber_site.news.counting import Reading, count_views, load_views
from caliber_site.news.groupcommit import GroupCommit
from caliber_site.news.viewcount import ViewCount
from caliber_site.readers import is_reader
from caliber_site.ready.answers import HeaderList
from caliber_site.security import HEADERS, is_same_origin, read_proxies

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = re.compile(rf"/({'|'.join(BY_LABEL)})/post/([^/]+)/views")
TROUBLE = "caliber.trouble"
"""Where Flask finds the exception that says why a view could not be counted."""

HEADERS_OF_ALL = [
    ("Content-Type", HTML),
    ("Cache-Control", "no-store"),
    ("Vary", "Accept-Encoding"),
    *HEADERS.items(),
]


def find_place(environ: "WSGIEnvironment") -> tuple[Language, str] | None:
    """Return language and slug of the edition that a request counts a view of, if it does."""
    asked = environ["REQUEST_METHOD"] == "POST" and ADDRESS.fullmatch(environ["PATH_INFO"])
    if not asked:
        return None
    return BY_LABEL[asked[1]], asked[2].encode("latin-1").decode(errors="replace")


def find_reading(environ: "WSGIEnvironment", language: Language, slug: str) -> Reading | None:
    """Return who reads, if a person's browser sent the request from our page."""
    request = Request(environ)
    if not is_same_origin(request) or not is_reader(request.headers):
        return None
    return Reading(language, slug, request.remote_addr or "", request.headers["User-Agent"])


class ViewPost:
    """WSGI middleware that answers `POST /LANG/post/SLUG/views`; all else passes through."""

    def __init__(self, site: "WSGIApplication", app: Flask, count: ViewCount) -> None:
        """Make it.

        Args:
            site: What answers everything else.
            app: The site, whose database is used.
            count: Says the answers.
        """
        self._site = site
        self._say_count = count.say
        self._proxies = app.config["CALIBER"].proxies
        with app.app_context():
            self._engine = db.engine
        self._group = GroupCommit(self._count)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        place = None if TROUBLE in environ else find_place(environ)
        if place is None:
            return self._site(environ, start_response)
        try:
            reading = find_reading(environ, *place)
            views = self._count([reading])[0] if reading else self._load(*place)
            headers, body = self._say(place[0], views)
        except Exception as trouble:
            environ[TROUBLE] = trouble
            return self._site(environ, start_response)
        start_response("200 OK", headers)
        return [body]

    async def answer(self, environ: "WSGIEnvironment") -> tuple[HeaderList, bytes] | None:
        """Answer a request on an event loop, before proxies' headers were read.

        Returns:
            Headers and body; None if it is for the site.
        """
        place = find_place(environ)
        if place is None:
            return None
        try:
            read_proxies(environ, self._proxies)
            reading = find_reading(environ, *place)
            if reading is None:
                return None
            return self._say(place[0], await self._group.submit(reading))
        except Exception as trouble:
            environ[TROUBLE] = trouble
            return None

    def _say(self, language: Language, views: int | None) -> tuple[HeaderList, bytes]:
        if views is None:
            raise NotFound
        body = self._say_count(language, views).encode()
        own = [("Content-Length", str(len(body))), (logs.HEADER, logs.make_id())]
        return HEADERS_OF_ALL + own, body

    def _load(self, language: Language, slug: str) -> int | None:
        with Session(self._engine) as session:
            return load_views(session, language, slug, now())

    def _count(self, readings: list[Reading]) -> list[int | None]:
        return count_views(self._engine, readings, now())


def init_app(app: Flask) -> None:
    """Put it before the site, and let templates say counts in the same way."""
    count = ViewCount(app)
    app.add_template_global(count.say, "say_views")
    app.wsgi_app = app.extensions["views"] = ViewPost(app.wsgi_app, app, count)  # type: ignore[method-assign]
