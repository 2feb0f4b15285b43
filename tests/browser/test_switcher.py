"""The language switch: the same story, or the nearest useful page that says so; never a 404."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from caliber_site.languages import BY_LABEL, LANGUAGES, Language
from caliber_site.models import Edition, Section, SectionName
from tests.browser.kinds import ALONE, STORY
from tests.browser.words import say
from tests.server import Site

NOTICE = "That page is not available in this language. Here is what comes nearest."
NAMES = [language.name for language in LANGUAGES]

other = pytest.mark.parametrize("label", list(BY_LABEL))


def switch(page: Page, language: Language) -> None:
    page.locator("header").get_by_role("link", name=language.name, exact=True).click()
    page.wait_for_url(f"**/{language.label}/**")


def test_languages_go_by_their_own_names(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/")
    links = page.locator("header nav a[hreflang]")
    assert links.all_inner_texts() == NAMES
    assert [link.get_attribute("lang") for link in links.all()] == ["en", "ru", "hy"]


def test_own_language_is_marked(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/")
    expect(page.locator("header a[aria-current][hreflang]")).to_have_text(language.name)


@other
def test_switch_leads_to_the_same_story(
    page: Page, site: Site, language: Language, label: str
) -> None:
    target = BY_LABEL[label]
    page.goto(site.article(STORY, language))
    switch(page, target)
    slug = site.slug(STORY, target)
    with site.session() as session:
        title = session.scalar(
            select(Edition.title).where(Edition.language == target.tag, Edition.slug == slug)
        )
    expect(page).to_have_url(f"{site.url}/{label}/post/{slug}")
    expect(page.locator("h1")).to_have_text(str(title))
    expect(page.get_by_text(say(target, NOTICE))).to_have_count(0)


@pytest.mark.parametrize("step", [1, 2])
def test_switch_leads_to_the_section_and_says_so_where_the_story_is_missing(
    page: Page, site: Site, language: Language, step: int
) -> None:
    target = LANGUAGES[(LANGUAGES.index(language) + step) % len(LANGUAGES)]
    page.goto(site.article(ALONE[language.tag], language))
    switch(page, target)
    slug = page.url.split("/section/")[1].split("/")[0]
    with site.session() as session:
        name = session.scalar(
            select(SectionName.name)
            .join(Section)
            .where(SectionName.language == target.tag)
            .where(Section.slug == slug)
        )
    expect(page.locator("h1")).to_have_text(str(name))
    expect(page.locator("main").get_by_text(say(target, NOTICE))).to_be_visible()
    assert page.locator("html").get_attribute("lang") == target.tag


def test_choice_is_remembered(page: Page, site: Site, language: Language) -> None:
    page.goto("/en/" if language.label != "en" else "/ru/")
    switch(page, language)
    page.goto("/")
    expect(page).to_have_url(f"{site.url}/{language.label}/")


def test_root_follows_the_browser_until_one_chooses(
    page: Page, site: Site, language: Language
) -> None:
    page.goto("/")
    expect(page).to_have_url(f"{site.url}/{language.label}/")


def test_missing_page_is_explained_in_the_language_of_its_address(
    page: Page, language: Language
) -> None:
    answer = page.goto(f"/{language.label}/post/no-such-story")
    assert answer
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text(say(language, "There is no such page"))
