"""Header and footer: channels, section menu, terms, copyright."""

from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from caliber_site.languages import Language
from caliber_site.models import Section, SectionName
from tests.browser.reader import Readers
from tests.browser.words import say
from tests.conftest import make_settings
from tests.server import CHANNELS, Site

NAMES = ("X", "YouTube", "Instagram", "Facebook", "Telegram", "App Store", "Google Play")


@pytest.fixture
def front(page: Page, language: Language) -> Page:
    page.goto(f"/{language.label}/")
    return page


@pytest.mark.parametrize("part", ["header", "footer"])
def test_channels_are_links_with_names_and_icons(front: Page, part: str) -> None:
    for name in NAMES:
        link = front.locator(part).get_by_role("link", name=name, exact=True)
        expect(link).to_have_count(1)
        expect(link.locator("svg")).to_be_visible()


def test_channel_is_that_of_the_language(front: Page, language: Language) -> None:
    telegram = CHANNELS["telegram"]
    assert isinstance(telegram, dict)
    link = front.locator("footer").get_by_role("link", name="Telegram", exact=True)
    assert link.get_attribute("href") == telegram[language.label]


def test_channel_that_is_not_set_is_not_drawn(
    readers: Readers, long_site: Site, language: Language
) -> None:
    page = readers.open(long_site, f"/{language.label}/", language=language)
    for name in NAMES:
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)


def menu(page: Page) -> Locator:
    return page.locator(".sections a[href*='/section/']")


def test_section_menu_has_the_sections_in_the_editors_order(
    front: Page, site: Site, language: Language
) -> None:
    with site.session() as session:
        rows = session.execute(
            select(Section.slug, SectionName.name)
            .join(SectionName, SectionName.section_id == Section.id)
            .where(SectionName.language == language.tag)
            .order_by(SectionName.position)
        ).all()
    links = [(link.get_attribute("href"), link.inner_text()) for link in menu(front).all()]
    assert links == [(f"/{language.label}/section/{row.slug}/", row.name) for row in rows]


def test_section_of_the_page_is_marked_in_the_menu(page: Page, language: Language) -> None:
    page.goto(f"/{language.label}/section/science/")
    current = page.locator(".sections a[aria-current]")
    expect(current).to_have_attribute("href", f"/{language.label}/section/science/")


def test_terms_are_in_the_language_with_a_link(front: Page, site: Site, language: Language) -> None:
    terms = front.locator("footer .terms")
    host = site.url.split("://")[1]
    text = say(language, "Any use of materials is allowed only with a hyperlink to %(site)s.")
    expect(terms).to_have_text(text % {"site": host})
    expect(terms.get_by_role("link")).to_have_attribute("href", f"{site.url}/")


def test_copyright_has_the_name_and_the_year_and_no_empty_place(front: Page, site: Site) -> None:
    year = datetime.now(make_settings(site.data_dir).zone).year
    expect(front.locator("footer .copyright span").first).to_have_text(f"Caliber © {year}")


def test_skip_link_leads_to_the_content(front: Page, language: Language) -> None:
    front.keyboard.press("Tab")
    link = front.get_by_role("link", name=say(language, "Skip to the content"))
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    front.keyboard.press("Enter")
    expect(front.locator("main")).to_be_focused()


@pytest.mark.parametrize(
    ("path", "width"), [*(("", x) for x in (320, 360, 768, 1280, 1600)), ("search?q=1", 320)]
)
def test_page_does_not_scroll_sideways(
    readers: Readers, site: Site, language: Language, path: str, width: int
) -> None:
    page = readers.open(site, f"/{language.label}/{path}", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_of_a_banner_stand_beside_its_picture(
    readers: Readers, site: Site, language: Language
) -> None:
    # Banners of one slot take turns by the hour; in this section the article's has one only.
    page = readers.open(site, site.article("night-trams", language), width=800)
    banner = page.locator(".banner-article")
    picture = banner.locator("img").bounding_box()
    words = banner.locator(".banner-words").bounding_box()
    assert picture
    assert words
    assert picture["width"] < words["x"] - picture["x"] < 200
