"""The view count: readers who really see the page, once, in the language's form."""

import pytest
from babel.numbers import format_decimal
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from caliber_site.languages import Language
from caliber_site.models import Edition, View
from tests.browser.reader import Readers, wait_until
from tests.factories import make_edition
from tests.server import Site

BEFORE = 12_344
HIDE = """
let state = "hidden";
Object.defineProperty(document, "visibilityState", {get: () => state});
Object.defineProperty(document, "hidden", {get: () => state === "hidden"});
window.show = () => { state = "visible"; document.dispatchEvent(new Event("visibilitychange")); };
"""
PRERENDER = """
let prerendering = true;
Object.defineProperty(document, "prerendering", {get: () => prerendering});
window.show = () => {
  prerendering = false;
  document.dispatchEvent(new Event("prerenderingchange"));
};
"""


@pytest.fixture
def edition(long_site: Site, language: Language) -> Edition:
    """An edition of its own, read often elsewhere."""
    with long_site.session() as session:
        session.expire_on_commit = False
        return make_edition(
            session, language.tag, "Read often", views=BEFORE, minutes_ago=200 * 24 * 60
        )


@pytest.fixture
def path(edition: Edition, language: Language) -> str:
    return f"/{language.label}/post/{edition.slug}"


def counted(site: Site, edition: Edition) -> int:
    with site.session() as session:
        readings = select(func.sum(View.count)).where(View.edition_id == edition.id)
        return session.scalar(readings) or 0


def wait_until_counted(page: Page, site: Site, edition: Edition, number: int) -> None:
    wait_until(page, lambda: counted(site, edition) >= number)
    assert counted(site, edition) == number


def expect_shown(page: Page, number: int, language: Language) -> None:
    views = page.locator(".article .views")
    expect(views).to_contain_text(format_decimal(number, locale=language.locale))


def test_reading_is_counted_and_shown_in_the_form_of_the_language(
    readers: Readers, long_site: Site, language: Language, edition: Edition, path: str
) -> None:
    page = readers.open(long_site, path, language=language)
    expect_shown(page, BEFORE + 1, language)
    assert counted(long_site, edition) == 1


def test_reloading_and_going_back_count_nothing(
    readers: Readers, long_site: Site, language: Language, edition: Edition, path: str
) -> None:
    page = readers.open(long_site, path, language=language)
    wait_until_counted(page, long_site, edition, 1)
    page.reload()
    page.goto(f"/{language.label}/")
    page.go_back()
    expect_shown(page, BEFORE + 1, language)
    page.wait_for_load_state("networkidle")
    assert counted(long_site, edition) == 1


def test_two_readers_count_two(
    readers: Readers, long_site: Site, edition: Edition, path: str
) -> None:
    for number in (1, 2):
        page = readers.open(long_site, path)
        wait_until_counted(page, long_site, edition, number)


@pytest.mark.parametrize("unseen", [HIDE, PRERENDER], ids=["hidden", "prerendered"])
def test_page_counts_only_once_it_is_seen(
    readers: Readers, long_site: Site, edition: Edition, path: str, unseen: str
) -> None:
    page = readers.open(long_site, path, script=unseen)
    page.wait_for_timeout(1500)
    assert counted(long_site, edition) == 0
    page.evaluate("window.show()")
    wait_until_counted(page, long_site, edition, 1)


def test_endless_list_counts_nothing_more(
    readers: Readers, long_site: Site, edition: Edition, path: str
) -> None:
    page = readers.open(long_site, path)
    wait_until_counted(page, long_site, edition, 1)
    page.wait_for_load_state("networkidle")  # the first POST has been heard of
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.method))
    page.get_by_role("contentinfo").scroll_into_view_if_needed()
    expect(page.locator("#page-2")).to_be_attached()
    assert "POST" not in posted
