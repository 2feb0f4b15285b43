"""A browser makes a story ready before it is opened: that is no reading of it yet."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from caliber_site.models import Edition, View
from tests.browser.pipe import Pipe, start_chromium
from tests.browser.reader import WAIT_SECONDS
from tests.conftest import BROWSER
from tests.factories import make_edition
from tests.server import Site

LINK = '.card-title a[href$="/ready-story"]'


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[Pipe]:
    """A browser that may prerender."""
    with start_chromium(tmp_path, BROWSER) as pipe:
        yield pipe


@pytest.fixture
def edition(long_site: Site) -> Edition:
    """An edition that the front page links to."""
    with long_site.session() as session:
        session.expire_on_commit = False
        return make_edition(session, "en", "Ready", slug="ready-story", minutes_ago=1)


def counted(site: Site, edition: Edition) -> int:
    with site.session() as session:
        readings = select(func.sum(View.count)).where(View.edition_id == edition.id)
        return session.scalar(readings) or 0


def test_prerendered_story_counts_once_and_only_when_it_is_opened(
    long_site: Site, edition: Edition, chromium: Pipe
) -> None:
    front = chromium.open(f"{long_site.url}/en/")
    chromium.wait_until(
        front, f"document.readyState === 'complete' && !!document.querySelector({json.dumps(LINK)})"
    )
    place = chromium.move_to(front, LINK)
    story = wait_for_story(chromium)
    chromium.wait_until(story, "document.readyState === 'complete' && document.prerendering")
    time.sleep(1)  # it would have counted by now
    assert counted(long_site, edition) == 0
    chromium.click(front, *place)
    chromium.wait_until(story, "!document.prerendering")
    deadline = time.monotonic() + WAIT_SECONDS
    while not counted(long_site, edition):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(1)
    assert counted(long_site, edition) == 1


def wait_for_story(chromium: Pipe) -> str:
    """Return the session with the page that the browser makes ready."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (story := chromium.prerendered) is None:
        assert time.monotonic() < deadline, "nothing was prerendered"
        time.sleep(0.05)
    return story
