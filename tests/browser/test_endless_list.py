"""The endless list: nearer the end, the next page; a pause; addresses; the way back; no doubles."""

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from caliber_site.languages import Language
from caliber_site.models import Edition, now
from caliber_site.news.article import FIRST_SIZE
from caliber_site.news.listing import PAGE_SIZE
from tests.browser.kinds import STORY
from tests.browser.reader import Readers, wait_until
from tests.browser.shifts import LEAST_SHIFT, NOTE_SHIFTS
from tests.browser.words import say
from tests.factories import make_edition
from tests.server import Site

STORY_LINKS = ".stories .card-title a"


@pytest.fixture(params=["latest", "article"])
def start(request: pytest.FixtureRequest, long_site: Site, language: Language) -> str:
    """Where an endless list is: a page of a list, or after an article."""
    if request.param == "latest":
        return f"/{language.label}/latest/"
    return long_site.article(STORY, language)


@pytest.fixture
def reader(readers: Readers, long_site: Site, language: Language, start: str) -> Page:
    return readers.open(long_site, start, language=language)


def read_to_the_end(page: Page) -> None:
    """Scroll down until nothing more comes by itself."""
    heights: list[int] = []
    while len(heights) < 5 or len(set(heights[-5:])) > 1:
        assert len(heights) < 80, "the list has no end"
        page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(80)
        expect(page.locator(".htmx-request")).to_have_count(0)
        heights.append(page.evaluate("document.documentElement.scrollHeight"))


def stories(page: Page) -> list[str]:
    links = page.locator(STORY_LINKS)
    return [str(link.get_attribute("href")) for link in links.all()]


def published(site: Site, language: Language) -> list[str]:
    """Return the paths of all editions of a language, newest first."""
    slugs = (
        select(Edition.slug)
        .where(Edition.language == language.tag, Edition.is_public(now()))
        .order_by(Edition.published_at.desc(), Edition.id.desc())
    )
    with site.session() as session:
        return [f"/{language.label}/post/{slug}" for slug in session.scalars(slugs)]


def test_next_page_comes_as_the_reader_nears_the_end(reader: Page) -> None:
    expect(reader.locator("#page-1")).to_be_attached()
    expect(reader.locator("#page-2")).to_have_count(0)
    reader.locator("#page-1 .card").last.scroll_into_view_if_needed()
    expect(reader.locator("#page-2")).to_be_attached()


def test_nothing_moves_as_the_next_page_comes(
    readers: Readers, long_site: Site, language: Language, start: str
) -> None:
    reader = readers.open(long_site, language=language, script=NOTE_SHIFTS)
    held: list[Route] = []
    reader.route("**/*page=2*", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    reader.goto(start)
    reader.locator(".more-link").evaluate("link => link.scrollIntoView({block: 'center'})")
    wait_until(reader, lambda: bool(held))
    reader.evaluate("window.shifts = []")  # of the fonts
    held[0].continue_()
    expect(reader.locator("#page-2")).to_be_attached()
    reader.wait_for_timeout(300)  # shifts are told late
    shifts = reader.evaluate("window.shifts")
    assert sum(value for value, *_ in shifts) < LEAST_SHIFT, shifts


def test_footer_comes_up_where_the_next_page_cannot_be_had(
    readers: Readers, long_site: Site, language: Language, start: str
) -> None:
    reader = readers.open(long_site, language=language)
    reader.route("**/*page=2*", lambda route: route.abort("aborted"))
    reader.goto(start)
    reader.locator(".more-link").evaluate("link => link.scrollIntoView({block: 'center'})")
    expect(reader.locator(".coming")).to_have_count(0)
    readers.faults.clear()  # htmx tells the console


def test_three_pages_come_by_themselves_and_the_footer_can_be_reached(reader: Page) -> None:
    read_to_the_end(reader)
    expect(reader.locator(".stories")).to_have_count(3)
    expect(reader.locator(".footer .copyright")).to_be_in_viewport()


def test_button_loads_three_more(reader: Page, language: Language) -> None:
    read_to_the_end(reader)
    reader.get_by_role("link", name=say(language, "More stories")).click()
    expect(reader.locator("#page-4")).to_be_attached()
    read_to_the_end(reader)
    expect(reader.locator(".stories")).to_have_count(6)
    expect(reader.locator(".footer .copyright")).to_be_in_viewport()


def test_focus_goes_to_the_page_that_the_button_loaded(reader: Page, language: Language) -> None:
    read_to_the_end(reader)
    reader.get_by_role("link", name=say(language, "More stories")).press("Enter")
    expect(reader.locator("#page-4")).to_be_attached()
    assert reader.evaluate("document.querySelector('#page-4').contains(document.activeElement)")


def test_address_follows_and_is_a_real_page(reader: Page, start: str) -> None:
    read_to_the_end(reader)
    reader.locator("#page-2 .card").nth(8).scroll_into_view_if_needed()
    wait_until(reader, lambda: "page=2" in reader.url)
    first = reader.locator("#page-2 .card-title a").first.get_attribute("href")
    reader.reload()
    expect(reader.locator("#page-2 .card-title a").first).to_have_attribute("href", str(first))
    reader.evaluate("window.scrollTo(0, 0)")
    reader.goto(start)
    assert "page=" not in reader.url


def test_back_returns_to_the_place(reader: Page) -> None:
    read_to_the_end(reader)
    link = reader.locator("#page-3 .card-title a").nth(5)
    link.scroll_into_view_if_needed()
    wait_until(reader, lambda: "page=3" in reader.url)
    address = str(link.get_attribute("href"))
    link.click()
    reader.wait_for_url(f"**{address}")
    reader.go_back()
    again = reader.locator(f"{STORY_LINKS}[href='{address}']")
    expect(again).to_be_in_viewport()


def test_nothing_is_shown_twice_or_left_out_when_something_is_published_meanwhile(
    reader: Page, long_site: Site, language: Language, start: str
) -> None:
    first = FIRST_SIZE if "/post/" in start else PAGE_SIZE
    expected = [path for path in published(long_site, language) if path != start]
    with long_site.session() as session:
        make_edition(session, language.tag, "Published meanwhile", minutes_ago=0)
    read_to_the_end(reader)
    assert stories(reader) == expected[: first + 2 * PAGE_SIZE]


def test_loading_is_announced(reader: Page, long_site: Site, language: Language) -> None:
    reader.route("**/*page=2*", lambda _route: None)
    reader.locator("#page-1 .card").last.scroll_into_view_if_needed()
    busy = reader.get_by_role("status").get_by_text(say(language, "Loading more stories"))
    expect(busy).to_be_attached()
    reader.unroute_all(behavior="ignoreErrors")


def test_whole_list_can_be_walked_without_javascript(
    readers: Readers, long_site: Site, language: Language
) -> None:
    page = readers.open(long_site, f"/{language.label}/latest/", javascript=False)
    expected, seen = published(long_site, language), stories(page)
    while page.locator("a[rel=next]").count():
        address = page.locator("a[rel=next]").get_attribute("href") or ""
        page.goto(address)
        seen += stories(page)
    assert seen == expected
