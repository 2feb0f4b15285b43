"""Views over two processes of the production server: exact, and kept when they are killed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from itertools import count

import pytest
from sqlalchemy import func, select

from caliber_site.models import View
from caliber_site.settings import Settings
from tests.conftest import BROWSER
from tests.factories import make_edition
from tests.server import Site, serve

READERS = 50
REPEATS = 10
THREADS = 20
MANY = 600
NOT_READERS = [
    {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
    {"User-Agent": "curl/8.5.0"},
    {"User-Agent": ""},
    {"User-Agent": BROWSER, "Sec-Purpose": "prefetch"},
    {"User-Agent": BROWSER, "Sec-Purpose": "prefetch;prerender"},
    {"User-Agent": BROWSER, "Purpose": "prefetch"},
    {"User-Agent": BROWSER, "X-Moz": "prefetch"},
    {"User-Agent": BROWSER, "Origin": "https://elsewhere.example"},
    {"User-Agent": BROWSER, "Sec-Fetch-Site": "cross-site"},
]
PATH = "/en/post/a-quiet-day-on-the-lake/views"


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    settings.data_dir.mkdir(exist_ok=True)
    with serve(settings.data_dir, database=settings.database) as site:
        with site.session() as session:
            make_edition(session, slug="a-quiet-day-on-the-lake")
        yield site


def send_view(site: Site, headers: dict[str, str]) -> int:
    connection: HTTPConnection = site.connect()
    try:
        connection.request("POST", PATH, headers={"Origin": site.url, **headers})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def send_all(site: Site, requests: list[dict[str, str]]) -> set[int]:
    """Send the requests from many threads and return the statuses of their answers."""
    with ThreadPoolExecutor(THREADS) as threads:
        return set(threads.map(lambda headers: send_view(site, headers), requests))


def readers() -> list[dict[str, str]]:
    # The readers share one address, as behind a router: their browsers tell them apart.
    agents = [f"{BROWSER} Build/{number}" for number in range(READERS)]
    return [{"User-Agent": agent} for _ in range(REPEATS) for agent in agents]


def new_readers(number: int) -> list[dict[str, str]]:
    return [{"User-Agent": f"{BROWSER} Build/{one}"} for one in range(number)]


def counted(site: Site) -> int:
    with site.session() as session:
        return session.scalar(select(func.coalesce(func.sum(View.count), 0))) or 0


def test_fifty_readers_ten_times_each_count_fifty(site: Site) -> None:
    assert send_all(site, readers()) == {200}
    assert counted(site) == READERS


def test_views_survive_kill_9_right_after_the_last_answer(site: Site) -> None:
    send_all(site, readers())
    site.kill()
    assert counted(site) == READERS


def test_hot_story_loses_no_reader_of_hundreds(site: Site) -> None:
    assert send_all(site, new_readers(MANY)) == {200}
    assert counted(site) == MANY


def test_views_survive_kill_9_in_between(site: Site) -> None:
    """Every acknowledged view is there afterwards, and none that was not sent."""
    sent, acknowledged = count(), count()

    def send(headers: dict[str, str]) -> None:
        next(sent)
        with suppress(OSError, HTTPException):  # killed
            if send_view(site, headers) == 200 and next(acknowledged) == MANY // 2:
                site.kill()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(send, new_readers(MANY)))
    assert MANY // 2 < next(acknowledged) <= counted(site) <= next(sent)
    assert counted(site) < MANY


def test_robots_prefetch_and_other_origins_count_nothing(site: Site) -> None:
    assert send_all(site, NOT_READERS * THREADS) == {200}
    assert counted(site) == 0
