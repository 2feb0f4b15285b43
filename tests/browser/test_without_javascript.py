"""What a reader and an editor need works without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from caliber_site.languages import LANGUAGES, Language
from tests.browser.kinds import ALONE, PASSWORD, STORY, WORDS, editor_email
from tests.browser.reader import Readers
from tests.server import Site


@pytest.fixture
def page(readers: Readers, site: Site, language: Language) -> Page:
    """The page of a reader whose browser runs no scripts."""
    return readers.open(site, language=language, javascript=False)


def test_story_is_read_from_the_front_page(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/")
    link = page.locator("main .card-title a").first
    title = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".body p").first).to_be_visible()
    expect(page.locator(".facts .views")).to_be_visible()


def test_section_is_reached_from_the_menu(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/")
    link = page.locator("nav.sections a").nth(3)
    name = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(name)


def test_search_is_a_plain_form(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/")
    page.locator("a.search-link").click()
    form = page.locator("main form")
    form.get_by_role("searchbox").fill(WORDS[language.tag])
    form.get_by_role("button").first.click()
    expect(page.locator("main mark").first).to_be_visible()
    page.locator("main ol li a").first.click()
    expect(page.locator(".body p").first).to_be_visible()


def test_language_is_switched(page: Page, site: Site, language: Language) -> None:
    page.goto(site.article(STORY, language))
    for target in LANGUAGES:
        page.locator("header").get_by_role("link", name=target.name, exact=True).click()
        expect(page).to_have_url(site.url + site.article(STORY, target))


def test_language_without_the_story_is_told_so(page: Page, site: Site, language: Language) -> None:
    target = LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]
    page.goto(site.article(ALONE[language.tag], language))
    page.locator("header").get_by_role("link", name=target.name, exact=True).click()
    expect(page.locator("main .notice")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == target.tag


def test_share_links_are_there_and_idle_controls_are_not(
    page: Page, site: Site, language: Language
) -> None:
    page.goto(site.article(STORY, language))
    expect(page.locator(".share").get_by_role("link", name="Telegram", exact=True)).to_be_visible()
    for control in page.get_by_role("button").all():
        expect(control).to_be_hidden()


def test_article_is_printed_clean(page: Page, site: Site, language: Language) -> None:
    page.goto(site.article(STORY, language))
    page.emulate_media(media="print")
    expect(page.locator(".share")).to_be_hidden()
    expect(page.locator(".body p").first).to_be_visible()


@pytest.fixture
def desk(page: Page, language: Language) -> Page:
    """The desk of the language's editor, signed in by hand."""
    page.goto("/desk/signin")
    page.locator("input[name=email]").fill(editor_email(language))
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").click()
    return page


def test_editor_signs_in_to_a_desk_in_the_editors_language(
    desk: Page, site: Site, language: Language
) -> None:
    expect(desk).to_have_url(f"{site.url}/desk/")
    assert desk.locator("html").get_attribute("lang") == language.tag


def test_wrong_password_is_refused_on_the_form(page: Page, language: Language) -> None:
    page.goto("/desk/signin")
    page.locator("input[name=email]").fill("nobody@paper.example")
    page.locator("input[type=password]").fill("guessed wrongly")
    page.locator("main form [type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("input[name=email]")).to_have_value("nobody@paper.example")


def test_story_is_written_in_a_plain_text_field_and_found_in_the_list(
    desk: Page, language: Language
) -> None:
    desk.goto(f"/desk/edit/new?language={language.label}")
    desk.locator("[name=title]").fill(f"Plain {language.label}")
    desk.locator("textarea[name=body]").fill("## A heading\n\nSome *words*.")
    desk.locator("button[value=save]").click()
    expect(desk.locator("[name=title]")).to_have_value(f"Plain {language.label}")
    body = desk.locator("textarea[name=body]").input_value()
    assert "<h2>A heading</h2>" in body
    assert "<em>words</em>" in body
    desk.goto("/desk/")
    expect(desk.get_by_role("link", name=f"Plain {language.label}")).to_be_visible()
