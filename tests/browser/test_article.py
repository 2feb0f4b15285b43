"""The article page, element by element."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caliber_site.demo.load import STORY as DEMO
from caliber_site.languages import Language
from caliber_site.models import (
    Article,
    AuthorName,
    Edition,
    SectionName,
)
from tests.browser.kinds import STORY
from tests.browser.words import say
from tests.server import CHANNELS, Site

DATES = {
    "en": r"\d{1,2} [A-Z][a-z]+ \d{4} \d\d:\d\d",
    "ru": r"\d{1,2} [а-я]+ \d{4} г\., \d\d:\d\d",
    "hy": r"\d{1,2} [ա-և]+, \d{4} թ\., \d\d:\d\d",
}
# Stories of the demo with what a body may have.
PARTS = {
    "observatory": "h2",
    "bread-prices": "ul li, ol li",
    "budget-vote": "table td",
    "salt-road": "figure:has(img[alt]) > figcaption",
    "tunnel-live": "h2 time",
    "lake-level-interview": "p strong",
}


@pytest.fixture
def article(page: Page, site: Site, language: Language) -> Page:
    page.goto(site.article(STORY, language))
    return page


@pytest.fixture
def edition(site: Site, language: Language) -> Edition:
    with site.session() as session:
        return (
            session.scalars(
                select(Edition)
                .join(Article)
                .options(joinedload(Edition.tags), joinedload(Edition.article))
                .where(Article.story == DEMO + STORY, Edition.language == language.tag)
            )
            .unique()
            .one()
        )


def section_name(site: Site, edition: Edition) -> SectionName:
    with site.session() as session:
        return session.get_one(SectionName, (edition.section_id, edition.language))


def test_section_label_links_to_the_section(
    article: Page, site: Site, edition: Edition, language: Language
) -> None:
    label = article.locator("main .article > .label a")
    expect(label).to_have_text(section_name(site, edition).name)
    expect(label).to_have_attribute("href", re.compile(f"^/{language.label}/section/[a-z]+/$"))


def test_headline_is_the_one_heading_of_the_first_level(article: Page, edition: Edition) -> None:
    expect(article.locator("h1")).to_have_count(1)
    expect(article.locator("h1")).to_have_text(edition.title)


def test_lead_is_set_apart(article: Page, edition: Edition) -> None:
    expect(article.locator(".article > .lead")).to_have_text(edition.lead)


def test_time_is_in_the_form_of_the_language_and_in_the_papers_zone(
    article: Page, edition: Edition, language: Language
) -> None:
    time = article.locator(".facts time")
    assert re.fullmatch(DATES[language.tag], time.inner_text())
    machine_readable = datetime.fromisoformat(str(time.get_attribute("datetime")))
    assert edition.published_at
    assert machine_readable == edition.published_at.replace(microsecond=0)
    assert str(machine_readable.tzinfo) == "UTC+04:00"
    assert time.inner_text().endswith(f"{machine_readable:%H:%M}")


@pytest.mark.parametrize("story", PARTS)
def test_body_has_its_parts(page: Page, site: Site, language: Language, story: str) -> None:
    page.goto(site.article(story, language))
    expect(page.locator(".body").locator(PARTS[story]).first).to_be_visible()


def test_pictures_have_words_and_come_in_sizes(article: Page) -> None:
    picture = article.locator("figure.picture img")
    assert picture.get_attribute("alt")
    assert picture.get_attribute("width")
    assert picture.get_attribute("height")
    assert str(picture.get_attribute("srcset")).count("w,") == 2
    assert article.locator("figure.picture figcaption").inner_text()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth > 0)")


def test_byline_links_to_the_author(
    article: Page, site: Site, edition: Edition, language: Language
) -> None:
    with site.session() as session:
        name = session.get_one(AuthorName, (edition.author_id, language.tag)).name
    byline = article.locator(".byline a[rel=author]")
    expect(byline).to_have_text(name)
    byline.click()
    expect(article.locator("h1")).to_have_text(name)


def test_tags_link_to_their_lists(article: Page, edition: Edition) -> None:
    links = article.locator(".tags a[rel=tag]")
    expect(links).to_have_count(len(edition.tags))
    name = links.first.inner_text()
    links.first.click()
    expect(article.locator("h1")).to_contain_text(name)


def test_advertisements_are_labelled(article: Page, language: Language) -> None:
    label = say(language, "Advertisement")
    for slot in ("top", "article", "side"):
        banner = article.locator(f"aside.banner-{slot}")
        expect(banner).to_have_accessible_name(re.compile(f"^{label}"))
        expect(banner.get_by_text(label, exact=True)).to_be_visible()
        expect(banner.get_by_role("link")).to_have_attribute("rel", re.compile("sponsored"))


def test_follow_block_is_there_once_with_the_channel_of_the_language(
    article: Page, language: Language
) -> None:
    telegram = CHANNELS["telegram"]
    assert isinstance(telegram, dict)
    words = say(language, "Follow us on %(channel)s", channel="Telegram")
    follow = article.get_by_role("link", name=words)
    expect(follow).to_have_count(1)
    expect(follow).to_have_attribute("href", telegram[language.label])


def test_related_block_has_the_section_and_not_the_story_being_read(
    page: Page, site: Site, language: Language
) -> None:
    path = site.article("budget-vote", language)
    page.goto(path)
    name = page.locator("main .article > .label a").inner_text()
    with site.session() as session:
        section = session.scalars(select(SectionName).where(SectionName.name == name)).one()
    related = page.get_by_role("region", name=name)
    expect(related.get_by_text(section.description)).to_be_visible()
    addresses = [link.get_attribute("href") for link in related.locator(".card-title a").all()]
    assert addresses
    assert path not in addresses
    newest_first = [str(time.get_attribute("datetime")) for time in related.locator("time").all()]
    assert newest_first == sorted(newest_first, reverse=True)


def test_related_stories_are_of_the_section(page: Page, site: Site, language: Language) -> None:
    page.goto(site.article("budget-vote", language))
    section = page.locator("main .article > .label a").inner_text()
    page.get_by_role("region", name=section).locator(".card-title a").first.click()
    expect(page.locator("main .article > .label a")).to_have_text(section)


def test_withdrawn_story_is_gone_with_a_way_on(page: Page, language: Language) -> None:
    answer = page.goto(f"/{language.label}/post/withdrawn-story")
    assert answer
    assert answer.status == 410
    expect(page.locator("h1")).to_have_text(say(language, "This story has been withdrawn"))
    expect(page.locator("main a").first).to_be_visible()
