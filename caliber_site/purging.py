"""A cache in front, such as a CDN, is told when pages have changed.

It may keep them (`Surrogate-Control`, Edge Architecture Specification) under one key, for most
changes are seen on most pages: for a day, or for as long as what was read may be counted late.
Browsers go on asking each time.
"""

import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from urllib.request import Request, urlopen

from flask import Flask, Response, request

from caliber_site.background import start_at_first_request
from caliber_site.ready.cache import STAMP
from caliber_site.ready.freshness import Freshness, Stamp
from caliber_site.ready.key import key_of

KEY = "pages"
LONGEST = 86_400
"""Seconds for which the cache may keep a page."""

LOOK_SECONDS = 1.0
TIMEOUT_SECONDS = 10


class Purger:
    """Looks for changes, whoever made them, and tells of each until that has worked twice.

    Twice, because an answer of before the change may have been under way to the cache at first.
    """

    def __init__(self, freshness: Freshness, tell: Callable[[], None]) -> None:
        """Make it; nothing counts as told, for new code may show the same otherwise."""
        self._freshness, self._tell = freshness, tell
        self._told: Stamp | None = None
        self._times = 0

    def look(self) -> None:
        """Tell of a change, if there was one.

        Raises:
            OSError: The cache could not be told; the next look tries again.
        """
        stamp = self._freshness.ask()
        if stamp is not None and stamp != self._told:
            self._told, self._times = stamp, 2
        if self._times:
            self._tell()
            self._times -= 1


def purge(address: str) -> None:
    """Ask a cache to forget the pages: a POST with the key in its `Surrogate-Key`.

    Raises:
        OSError: It could not be reached or did not agree.
    """
    headers = {"Surrogate-Key": KEY}
    with urlopen(Request(address, b"", headers), timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - settings.py lets only http through
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            message = f"answered {answer.status}"
            raise OSError(message)


def _watch(app: Flask, address: str) -> None:
    purger = Purger(app.extensions["freshness"], lambda: purge(address))
    while True:
        try:
            purger.look()
        except OSError:
            app.logger.exception("the cache in front could not be told of a change")
        time.sleep(LOOK_SECONDS)


def init_app(app: Flask) -> None:
    """Let the first request start the watch, where a cache is set and pages are kept."""
    address = app.config["CALIBER"].purge_url
    if not address or "freshness" not in app.extensions:
        return
    start_at_first_request(app, "purging", partial(_watch, app, address))

    @app.after_request
    def name_key(response: Response) -> Response:
        key = key_of(request.environ) if STAMP in request.environ else None
        if key and response.status_code == HTTPStatus.OK:
            seconds = int(min(LONGEST, key.lifetime))
            response.headers["Surrogate-Control"] = f"max-age={seconds}"
            response.headers["Surrogate-Key"] = KEY
        return response
