"""Ready pages in two processes of the production server: fresh at once, and made once each."""

import re
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import product

import brotli
import psutil
import pytest
from sqlalchemy import update

from caliber_site.models import Edition
from caliber_site.settings import Settings
from tests.conftest import BROWSER
from tests.factories import make_edition
from tests.server import Site, serve

PATH = "/en/post/a-quiet-day-on-the-lake"
WORKERS = 2
CORRECTIONS = 200
ASKED = [*product((PATH, "/en/"), ("identity", "br"))] * 2
"""By each reader: a page and how it is to be compressed; browsers are answered without a thread."""

CLIENTS = 1000
NUMBER = re.compile(r"<h[12][^>]*>(?:<a[^>]*>)?Correction (\d+)<")
"""On the story's page and on the front page."""


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    settings.data_dir.mkdir(exist_ok=True)
    with serve(settings.data_dir, workers=WORKERS, database=settings.database) as site:
        with site.session() as session:
            make_edition(session, title="Correction 0", slug="a-quiet-day-on-the-lake")
        yield site


def get(connection: HTTPConnection, path: str, coding: str) -> str:
    connection.request("GET", path, headers={"User-Agent": BROWSER, "Accept-Encoding": coding})
    answer = connection.getresponse()
    body = answer.read()
    assert (answer.status, answer.headers.get("Content-Encoding", "identity")) == (200, coding)
    return (brotli.decompress(body) if coding == "br" else body).decode()


def workers_of(site: Site) -> list[psutil.Process]:
    return [
        process
        for process in psutil.Process(site.process.pid).children()
        if process.net_connections("tcp")
    ]


class Reader(threading.Thread):
    """Reads the story again and again, and notes what it saw and since when it asked."""

    def __init__(self, site: Site, stopped: threading.Event, path: str, coding: str) -> None:
        super().__init__()
        self._asked = path, coding
        self._connection = site.connect()
        self._stopped = stopped
        self.seen = [(time.monotonic(), self._read())]

    def run(self) -> None:
        while not self._stopped.is_set():
            asked_at = time.monotonic()
            self.seen.append((asked_at, self._read()))
        self._connection.close()

    def _read(self) -> int:
        found = NUMBER.search(get(self._connection, *self._asked))
        assert found
        return int(found[1])


def test_no_process_ever_shows_what_was_corrected_before_the_reader_asked(site: Site) -> None:
    stopped = threading.Event()
    readers = [Reader(site, stopped, *asked) for asked in ASKED]
    served = [len(worker.net_connections("tcp")) > 1 for worker in workers_of(site)]
    assert served == [True] * WORKERS
    for reader in readers:
        reader.start()
    committed: list[float] = []
    with site.session() as session:
        for number in range(1, CORRECTIONS + 1):
            session.execute(update(Edition).values(title=f"Correction {number}"))
            session.commit()
            committed.append(time.monotonic())
            while any(r.is_alive() and r.seen[-1][0] <= committed[-1] for r in readers):
                time.sleep(0.001)
    stopped.set()
    for reader in readers:
        reader.join()
    seen = [each for reader in readers for each in reader.seen]
    assert len(seen) > CORRECTIONS * len(ASKED)
    assert [(at, n) for at, n in seen if n < bisect_right(committed, at)] == []


def test_page_that_a_thousand_ask_for_at_once_is_made_once_in_each_process(site: Site) -> None:
    connections = [site.connect() for _ in range(CLIENTS)]
    for connection in connections:
        connection.connect()
    for connection in connections:
        connection.request("GET", PATH, headers={"User-Agent": BROWSER})
    answers = [connection.getresponse() for connection in connections]
    for connection in connections:
        connection.close()
    assert {answer.status for answer in answers} == {200}
    assert 1 <= len({answer.headers["X-Request-Id"] for answer in answers}) <= WORKERS
