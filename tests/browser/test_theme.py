"""The night theme: three states, remembered, no flash, and never on paper."""

import pytest
from playwright.sync_api import Page, expect

from caliber_site.languages import Language
from tests.browser.reader import Readers, wait_until
from tests.browser.words import say
from tests.server import Site

STATES = ("Theme: system", "Theme: light", "Theme: night")
# How bright the paper is, from 0 to 1, as it is painted.
BRIGHTNESS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  for (const part of [document.documentElement, document.body]) {
    canvas.fillStyle = getComputedStyle(part).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
  }
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return alpha ? (red + green + blue) / 765 : 1;
}"""
NOTE_FRAMES = f"""
window.frames_seen = [];
requestAnimationFrame(function note() {{
  if (document.body) window.frames_seen.push(({BRIGHTNESS})());
  requestAnimationFrame(note);
}});
"""


def is_night(page: Page) -> bool:
    return float(page.evaluate(BRIGHTNESS)) < 0.5


def choose(page: Page, language: Language, state: str) -> None:
    button = page.locator("button.theme")
    for _ in STATES:
        if button.inner_text().strip() == say(language, state):
            return
        button.click()
    raise AssertionError(state)


def test_button_goes_round_system_light_and_night(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/")
    button = page.get_by_role("button", name=say(language, STATES[0]))
    for state in (*STATES[1:], STATES[0]):
        button.click()
        button = page.get_by_role("button", name=say(language, state))
        expect(button).to_be_visible()


@pytest.mark.parametrize("night", [False, True], ids=["light system", "dark system"])
def test_system_is_followed_until_one_chooses(
    readers: Readers, site: Site, language: Language, night: bool
) -> None:
    assert is_night(readers.open(site, f"/{language.label}/", night=night)) == night


@pytest.mark.parametrize("night", [False, True], ids=["light system", "dark system"])
@pytest.mark.parametrize("state", STATES[1:])
def test_choice_is_remembered_on_every_page(
    readers: Readers, site: Site, language: Language, state: str, night: bool
) -> None:
    page = readers.open(site, f"/{language.label}/", night=night)
    choose(page, language, state)
    assert is_night(page) == (state == "Theme: night")
    page.goto(f"/{language.label}/privacy")
    assert is_night(page) == (state == "Theme: night")
    expect(page.locator("button.theme")).to_have_text(say(language, state))


def test_system_can_be_chosen_again(readers: Readers, site: Site, language: Language) -> None:
    page = readers.open(site, f"/{language.label}/", night=True)
    choose(page, language, "Theme: light")
    choose(page, language, "Theme: system")
    assert is_night(page)
    page.reload()
    assert is_night(page)


@pytest.mark.parametrize("path", ["", "latest/", "privacy", "search", "post/none"])
def test_no_page_flashes_in_the_wrong_theme(
    readers: Readers, site: Site, language: Language, path: str
) -> None:
    page = readers.open(site, f"/{language.label}/", script=NOTE_FRAMES)
    choose(page, language, "Theme: night")
    page.goto(f"/{language.label}/{path}")
    wait_until(page, lambda: page.evaluate("window.frames_seen.length > 3"))
    assert max(page.evaluate("window.frames_seen")) < 0.5


def test_theme_is_set_before_styles_are_asked_for(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/")
    script = page.locator("head script[src*='theme.js']")
    assert script.get_attribute("defer") is None
    assert script.get_attribute("async") is None
    assert script.get_attribute("type") is None
    assert script.evaluate(
        "(script) => [...document.querySelectorAll('link[rel=stylesheet]')].every((link) => "
        "script.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING)"
    )


def test_printed_page_is_light(readers: Readers, site: Site, language: Language) -> None:
    page = readers.open(site, f"/{language.label}/", night=True)
    choose(page, language, "Theme: night")
    page.emulate_media(media="print")
    assert page.evaluate(BRIGHTNESS) > 0.95
