"""The page cache: a WSGI middleware that answers with ready pages and has missing ones made."""

import time
from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING, Any

from caliber_site.ready.answers import ASKED, Answer, Answers, HeaderList, Question
from caliber_site.ready.encoding import FIRST, HOT, STAYING
from caliber_site.ready.freshness import UNCHANGED, Freshness, Stamp
from caliber_site.ready.key import Key, key_of
from caliber_site.ready.page import ReadyPage
from caliber_site.ready.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STAMP = "caliber.stamp"
"""Where the app finds the stamp of the page that it makes, in WSGI's environment."""

ASKED_SO = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
"""What a browser says of the answer, which is none of the app's business."""


class PageCache:
    """Stands between the server and the app.

    A page that it gives is as fresh as one made now: each request asks for the stamp of what is to
    be seen, and a page of another stamp is made anew, by one thread while the others wait for it.

    Attributes:
        answers: Those given lately, for a server that can look there first.
    """

    def __init__(self, app: "WSGIApplication", freshness: Freshness, limit: int) -> None:
        """Make it.

        Args:
            app: Makes pages.
            freshness: Tells how fresh they are.
            limit: Bytes that the ready pages may take.
        """
        self._app = app
        self._freshness = freshness
        self.answers = Answers(freshness)
        self._shelf = Shelf(limit)
        self._making: dict[tuple[Key, Stamp], Future[ReadyPage]] = {}
        self._lock = Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "Iterable[bytes]":
        """Answer with a ready page, or leave it to the app."""
        question = tuple(map(environ.get, ASKED))
        given = self.answers.find(question)
        answer = given.answer if given else self._find(environ, question)
        if answer is None:
            return self._app(environ, start_response)
        start_response(answer.status, answer.headers)
        return answer.body

    def _find(self, environ: "WSGIEnvironment", question: Question) -> Answer | None:
        """Return the answer by a page, made if there is none; None if the app is to answer."""
        key = key_of(environ)
        if key is None:
            return None
        stamp = UNCHANGED if key.stays else self._freshness.ask()
        if stamp is None:
            return None
        entry = self._shelf.find(key, stamp)
        page = entry.page if entry else self._have_made(environ, key, stamp)
        size = page.size
        answer = page.answer(environ)
        if page.size > size:
            self._shelf.weigh_again(key)
        # What others have added to an address is seldom asked for twice.
        if entry and answer.lasts and environ.get("QUERY_STRING", "") == key.query:
            ends_at = min(entry.ends_at, time.monotonic() + answer.lasts)
            self.answers.put(question, answer, stamp, ends_at)
        return answer

    def _have_made(self, environ: "WSGIEnvironment", key: Key, stamp: Stamp) -> ReadyPage:
        """Make a page, or wait for the thread that does."""
        with self._lock:
            making = self._making.get((key, stamp))
            if making is None:
                mine = self._making[key, stamp] = Future[ReadyPage]()
        if making is not None:
            # What the app answered to that one only, this one has to hear from the app itself.
            old = self._shelf.find_old(key, stamp)
            page = old or making.result()
            return page if page.is_kept else self._make(environ, key, stamp)
        try:
            page = self._make(environ, key, stamp)
        except BaseException as fault:
            mine.set_exception(fault)
            raise
        else:
            if page.is_kept:
                page = self._shelf.put(key, stamp, page, time.monotonic() + key.lifetime)
            mine.set_result(page)
            return page
        finally:
            with self._lock:
                del self._making[key, stamp]

    def _make(self, environ: "WSGIEnvironment", key: Key, stamp: Stamp) -> ReadyPage:
        asked = {name: value for name, value in environ.items() if name not in ASKED_SO}
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key.query, STAMP: stamp}
        coders = (STAYING, STAYING) if key.stays else (FIRST, HOT)
        return ReadyPage(*_ask(self._app, asked), *coders)


def _ask(app: "WSGIApplication", environ: "WSGIEnvironment") -> tuple[str, HeaderList, bytes]:
    """Return what an application answers, all of it: status, headers and body (PEP 3333).

    Werkzeug's `run_wsgi_app`, made for tests, copies request and headers first.
    """
    said: list[Any] = []
    body: list[bytes] = []

    def start_response(status: str, headers: HeaderList, exc_info: Any = None) -> Any:
        if exc_info:
            raise exc_info[1].with_traceback(exc_info[2])
        said[:] = status, headers
        return body.append

    parts = app(environ, start_response)
    try:
        body.extend(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
    status, headers = said
    return status, headers, b"".join(body)
