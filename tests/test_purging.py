"""A cache in front is told of changes, whoever makes them."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site import create_app
from caliber_site.purging import Purger, purge
from caliber_site.ready.freshness import Freshness
from caliber_site.settings import Settings
from tests.factories import make_edition
from tests.server import serve

WAIT = 20


class Cache:
    """A cache that notes what it is told, and may refuse."""

    def __init__(self) -> None:
        self.told: SimpleQueue[str] = SimpleQueue()
        self.status = 200
        cache = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                cache.told.put(self.headers["Surrogate-Key"])
                self.send_response(cache.status)
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/purge"
        threading.Thread(target=self._server.serve_forever).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def cache() -> Iterator[Cache]:
    cache = Cache()
    yield cache
    cache.close()


@pytest.fixture
def settings(settings: Settings, cache: Cache) -> Settings:
    return settings.model_copy(update={"page_cache": 1, "purge_url": cache.url})


def count_told(cache: Cache) -> int:
    told = 0
    while not cache.told.empty():
        told += cache.told.get() == "pages"
    return told


@pytest.fixture
def purger(settings: Settings, cache: Cache) -> Purger:
    purger = Purger(Freshness(settings.database), lambda: purge(cache.url))
    for _ in range(3):
        purger.look()
    assert count_told(cache) == 2  # for whoever starts may show the same otherwise
    return purger


def test_change_is_told_twice(purger: Purger, cache: Cache, session: Session) -> None:
    purger.look()
    assert count_told(cache) == 0
    make_edition(session)
    for _ in range(4):
        purger.look()
    assert count_told(cache) == 2


def test_change_that_could_not_be_told_is_told_later(
    purger: Purger, cache: Cache, session: Session
) -> None:
    make_edition(session)
    cache.status = 503
    with pytest.raises(OSError, match="503"):
        purger.look()
    cache.status = 200
    count_told(cache)
    purger.look()
    assert count_told(cache) == 1


@pytest.mark.parametrize(
    ("path", "seconds"),
    [("/en/latest/", 86_400), ("/en/", 30), ("/en/post/a-quiet-day-on-the-lake", 30)],
    ids=["list", "counting-front", "counting-article"],
)
def test_pages_may_be_kept_by_the_cache_and_not_by_browsers(
    client: FlaskClient, session: Session, path: str, seconds: int
) -> None:
    make_edition(session)
    headers = client.get(path).headers
    assert headers["Surrogate-Control"] == f"max-age={seconds}"
    assert headers["Surrogate-Key"] == "pages"
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/en/search?q=lake", "/en/post/nothing", "/desk/"])
def test_what_changes_otherwise_is_not_kept_by_the_cache(client: FlaskClient, path: str) -> None:
    assert "Surrogate-Control" not in client.get(path).headers


def test_without_a_cache_nothing_is_kept_by_one(app: Flask, settings: Settings) -> None:

    plain = create_app(settings.model_copy(update={"purge_url": ""}))
    assert "Surrogate-Control" not in plain.test_client().get("/en/privacy").headers


def test_running_site_tells_of_what_another_process_published(
    settings: Settings, cache: Cache
) -> None:
    with serve(settings.data_dir, workers=1, CALIBER_PURGE_URL=cache.url) as site:
        try:
            for _ in range(2):  # at its start
                assert cache.told.get(timeout=WAIT) == "pages"
            with site.session() as session:
                make_edition(session)
            assert cache.told.get(timeout=WAIT) == "pages"
        except Empty:
            pytest.fail(site.log())
