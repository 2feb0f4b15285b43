"""A+ and A−: the whole article in steps, remembered, announced, never wider than the screen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from caliber_site.languages import Language
from tests.browser.kinds import STORY
from tests.browser.reader import Readers
from tests.browser.words import say
from tests.server import Site

PARTS = (".article h1", ".article .lead", ".article .body p", ".article .body h2")
SIZE = "(part) => parseFloat(getComputedStyle(part).fontSize)"
STEPS = 5


@pytest.fixture
def article(page: Page, site: Site, language: Language) -> Page:
    page.goto(site.article(STORY, language))
    return page


def button(page: Page, language: Language, name: str) -> Locator:
    return page.get_by_role("button", name=say(language, name))


def sizes(page: Page) -> list[float]:
    return [page.locator(part).first.evaluate(SIZE) for part in PARTS]


def enlarge(page: Page, language: Language) -> None:
    for _ in range(STEPS):
        button(page, language, "Larger text").press("Enter")


def test_every_part_of_the_article_grows_and_shrinks(article: Page, language: Language) -> None:
    before = sizes(article)
    button(article, language, "Larger text").click()
    larger = sizes(article)
    button(article, language, "Smaller text").click()
    button(article, language, "Smaller text").click()
    smaller = sizes(article)
    assert all(a > b > c for a, b, c in zip(larger, before, smaller, strict=True))


def test_menu_does_not_grow(article: Page, language: Language) -> None:
    before = article.locator(".sections a").first.evaluate(SIZE)
    enlarge(article, language)
    assert article.locator(".sections a").first.evaluate(SIZE) == before


def test_size_is_remembered_from_the_first_paint(article: Page, language: Language) -> None:
    button(article, language, "Larger text").click()
    chosen = sizes(article)
    article.reload(wait_until="commit")
    article.locator(".article h1").wait_for()
    assert article.locator(".article h1").evaluate(SIZE) == chosen[0]
    article.wait_for_load_state()
    assert sizes(article) == chosen


def test_size_is_announced(article: Page, language: Language) -> None:
    output = article.locator(".sizes output")
    expect(output).to_have_text("")
    button(article, language, "Larger text").click()
    expected = say(language, "Text size %(size)s of 5", size=3)
    expect(output).to_have_text(expected)
    expect(output).to_have_role("status")


@pytest.mark.parametrize("name", ["Larger text", "Smaller text"])
def test_end_of_the_steps_is_said(article: Page, language: Language, name: str) -> None:
    for _ in range(STEPS):
        button(article, language, name).press("Enter")
    expect(button(article, language, name)).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("story", ["three-scripts", "budget-vote", "tunnel-live"])
def test_largest_step_fits_a_width_of_320(
    readers: Readers, site: Site, language: Language, story: str
) -> None:
    page = readers.open(site, site.article(story, language), width=320)
    enlarge(page, language)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_buttons_are_large_enough_to_hit(article: Page, language: Language) -> None:
    for name in ("Larger text", "Smaller text"):
        box = button(article, language, name).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
