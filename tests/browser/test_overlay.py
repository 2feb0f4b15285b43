"""The search overlay: by button and key, results while typing, focus kept and given back."""

import re
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from caliber_site.languages import Language
from tests.browser.kinds import SLIPS, WORDS
from tests.browser.reader import Readers
from tests.browser.test_accessibility import look_at_faces
from tests.browser.words import say
from tests.server import Site

FOCUS_IS_INSIDE = "(dialog) => dialog.contains(document.activeElement)"


@pytest.fixture
def opener(page: Page, language: Language) -> Locator:
    page.goto(f"/{language.label}/")
    return page.locator("a.search-link")


@pytest.fixture
def overlay(page: Page, opener: Locator) -> Locator:
    """The overlay, opened."""
    opener.click()
    dialog = page.locator("dialog#search")
    expect(dialog).to_be_visible()
    return dialog


@pytest.fixture
def field(overlay: Locator) -> Locator:
    field = overlay.get_by_role("searchbox")
    expect(field).to_be_focused()
    return field


def test_button_opens_it_with_the_field_in_focus(field: Locator, language: Language) -> None:
    asks = say(language, "What are you looking for?")
    assert field.get_attribute("placeholder") == asks
    expect(field).to_have_accessible_name(asks)


def test_slash_opens_it(page: Page, opener: Locator) -> None:
    page.keyboard.press("/")
    field = page.locator("dialog#search").get_by_role("searchbox")
    expect(field).to_be_focused()
    expect(field).to_have_value("")


def test_slash_typed_into_a_field_is_a_slash(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/search")
    page.locator("main").get_by_role("searchbox").press_sequentially("1/2")
    expect(page.locator("main").get_by_role("searchbox")).to_have_value("1/2")
    expect(page.locator("dialog#search")).to_be_hidden()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_focus_stays_inside(page: Page, overlay: Locator, field: Locator, key: str) -> None:
    for _ in range(8):
        page.keyboard.press(key)
        assert overlay.evaluate(FOCUS_IS_INSIDE)


def test_esc_closes_it_and_returns_focus(page: Page, opener: Locator, overlay: Locator) -> None:
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    expect(opener).to_be_focused()


def test_esc_closes_it_with_words_in_the_field(
    page: Page, opener: Locator, overlay: Locator, field: Locator
) -> None:
    field.press_sequentially("ab")
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    expect(opener).to_be_focused()


def test_close_button_closes_it_and_returns_focus(
    opener: Locator, overlay: Locator, language: Language
) -> None:
    overlay.get_by_role("button", name=say(language, "Close")).click()
    expect(overlay).to_be_hidden()
    expect(opener).to_be_focused()


def test_page_behind_does_not_scroll(page: Page, overlay: Locator) -> None:
    page.mouse.move(640, 700)
    page.mouse.wheel(0, 600)
    page.wait_for_timeout(200)
    assert page.evaluate("window.scrollY") == 0


def test_results_appear_while_typing(overlay: Locator, field: Locator, language: Language) -> None:
    field.press_sequentially(WORDS[language.tag])
    results = overlay.locator(".live-result")
    expect(results.first).to_be_visible()
    first = results.first
    expect(first.locator("mark").first).to_be_visible()
    expect(first.locator("time")).to_be_visible()
    assert first.get_by_role("link").count() == 1


def test_one_letter_asks_nothing(page: Page, field: Locator, language: Language) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field.press_sequentially(WORDS[language.tag][0])
    page.wait_for_timeout(500)
    assert asked == []


def test_count_is_announced(overlay: Locator, field: Locator, language: Language) -> None:
    field.press_sequentially(WORDS[language.tag])
    expect(overlay.locator(".live-result").first).to_be_visible()
    announced = overlay.get_by_role("status").inner_text()
    assert any(letter.isdigit() for letter in announced)


def test_finding_nothing_is_announced(overlay: Locator, field: Locator, language: Language) -> None:
    field.press_sequentially("qqqq")
    expect(overlay.get_by_role("status")).to_have_text(say(language, "Nothing was found"))


def test_typing_is_one_request_per_pause(page: Page, field: Locator, language: Language) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field.press_sequentially(WORDS[language.tag], delay=20)
    page.wait_for_timeout(700)
    assert len([url for url in asked if "/search" in url]) == 1


def test_answer_that_arrives_late_does_not_replace_a_newer_one(
    page: Page, overlay: Locator, field: Locator, language: Language
) -> None:
    late: list[Route] = []

    def hold(route: Route) -> None:
        if "q=qqqq" in route.request.url:
            late.append(route)
        else:
            route.continue_()

    page.route("**/search?*", hold)
    with page.expect_request("**/search?*q=qqqq*"):
        field.fill("qqqq")
    field.fill(WORDS[language.tag])
    expect(overlay.locator(".live-result").first).to_be_visible()
    for route in late:
        route.continue_()
    page.wait_for_timeout(300)
    expect(overlay.locator(".live-result").first).to_be_visible()


def test_what_others_look_for_is_offered_until_something_is_typed(
    page: Page, overlay: Locator, field: Locator, language: Language
) -> None:
    offered = overlay.get_by_role("list", name=say(language, "Popular searches"))
    expect(offered.get_by_role("link")).to_have_text([WORDS[language.tag]])
    field.press_sequentially("qqqq")
    expect(offered).to_be_hidden()
    field.fill("")
    expect(offered).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(offered.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    expect(page.locator("main mark").first).to_be_visible()


def test_tag_comes_before_the_titles(overlay: Locator, field: Locator, language: Language) -> None:
    field.press_sequentially(WORDS[language.tag])
    tag = overlay.locator("#found").get_by_role("link").first
    expect(tag).to_have_attribute("href", f"/{language.label}/tag/lake/")
    expect(overlay.get_by_text(say(language, "Tag"), exact=True)).to_be_visible()


def test_other_spelling_is_announced_and_can_be_undone(
    page: Page, overlay: Locator, field: Locator, language: Language
) -> None:
    slip, word = SLIPS[language.tag], WORDS[language.tag]
    field.press_sequentially(slip)
    expect(overlay.get_by_role("status")).to_contain_text(word)
    instead = say(language, "Search instead for %(text)s") % {"text": slip}
    overlay.get_by_role("link", name=instead).click()
    page.wait_for_url("**verbatim=1**")
    expect(page.locator("main [role=status]")).to_have_text(say(language, "Nothing was found"))


def test_no_barrier_is_found_in_it(
    page: Page, overlay: Locator, field: Locator, language: Language
) -> None:
    expect(overlay.locator(".live-queries a").first).to_be_visible()
    assert look_at_faces(page, language) == {}
    field.press_sequentially(SLIPS[language.tag])
    expect(overlay.locator(".live-result").first).to_be_visible()
    assert look_at_faces(page, language) == {}


def test_arrow_keys_walk_through_results_and_enter_opens_one(
    page: Page, overlay: Locator, field: Locator, language: Language
) -> None:
    field.press_sequentially(WORDS[language.tag])
    expect(overlay.locator(".live-result").nth(1)).to_be_visible()
    links = overlay.locator("#found").get_by_role("link")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    address = links.first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_enter_shows_the_full_page(page: Page, field: Locator, language: Language) -> None:
    word = WORDS[language.tag]
    field.fill(word)
    field.press("Enter")
    page.wait_for_url("**/search?**")
    assert f"q={word}" in unquote(page.url)
    expect(page.locator("main").get_by_role("searchbox")).to_have_value(word)
    expect(page.locator("main ol li").first).to_be_visible()


def test_search_page_marks_matches_and_counts(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/search?q={quote(WORDS[language.tag])}")
    expect(page.locator("main mark").first).to_be_visible()
    assert any(letter.isdigit() for letter in page.locator("main [role=status]").inner_text())


def test_other_words_are_those_of_title_and_switcher_too(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/search?q=1")
    field = page.locator("main").get_by_role("searchbox")
    field.fill(WORDS[language.tag])
    field.press("Enter")
    expect(page).to_have_title(re.compile(WORDS[language.tag]))
    for other in page.locator("header [data-language]").all():
        assert quote(WORDS[language.tag]) in (other.get_attribute("href") or "")


def test_results_are_narrowed_and_widened_again(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/search?q={quote(WORDS[language.tag])}")
    narrow = page.get_by_role("navigation", name=say(language, "Narrow the results"))
    count = page.locator("main ol li").count()
    section = narrow.locator("a[href*=section]").last
    left = section.locator(".narrow-count").inner_text()
    section.click()
    expect(page.locator("main ol li")).to_have_count(int(left))
    narrow.get_by_role("link", name=say(language, "All sections")).click()
    expect(page.locator("main ol li")).to_have_count(count)


def test_results_are_narrowed_on_a_telephone_too(
    readers: Readers, site: Site, language: Language
) -> None:
    page = readers.open(site, language=language, width=360)
    page.goto(f"/{language.label}/search?q={quote(WORDS[language.tag])}")
    narrow = page.get_by_role("navigation", name=say(language, "Narrow the results"))
    expect(narrow).to_be_hidden()
    page.locator("summary", has_text=say(language, "Narrow the results")).click()
    expect(narrow.get_by_role("link").first).to_be_visible()
