"""Sharing: plain links, the device's own sheet, copy link with its toast, print."""

import json
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from caliber_site.languages import Language
from caliber_site.models import Edition
from tests.browser.kinds import STORY
from tests.browser.reader import Readers
from tests.browser.words import say
from tests.factories import make_edition
from tests.server import Site

NETWORKS = {
    "Telegram": "t.me",
    "X": "x.com",
    "Facebook": "www.facebook.com",
    "WhatsApp": "wa.me",
    "VK": "vk.com",
}
SHARE = """
window.shared = [];
navigator.share = (what) => { window.shared.push(what); return Promise.resolve(); };
"""
NO_SHARE = "Object.defineProperty(navigator, 'share', {value: undefined});"
HIDDEN_ON_PAPER = (
    "header",
    ".sections",
    ".footer",
    ".banner",
    ".share",
    ".follow",
    ".aside",
    ".endless",
    ".sizes",
)


@pytest.fixture
def path(site: Site, language: Language) -> str:
    return site.article(STORY, language)


@pytest.fixture
def article(page: Page, path: str) -> Page:
    page.goto(path)
    return page


def title(site: Site, path: str) -> str:
    with site.session() as session:
        slug = path.rsplit("/", 1)[1]
        return session.scalars(select(Edition.title).where(Edition.slug == slug)).one()


@pytest.mark.parametrize("network", NETWORKS)
def test_share_link_carries_the_address(article: Page, site: Site, path: str, network: str) -> None:
    link = article.locator("main .share").get_by_role("link", name=network, exact=True)
    target = urlsplit(str(link.get_attribute("href")))
    assert target.hostname == NETWORKS[network]
    values = "".join(value for values in parse_qs(target.query).values() for value in values)
    assert site.url + path in unquote(values)
    if network != "Facebook":
        assert title(site, path) in values


def test_device_sheet_gets_the_title_and_the_address(
    readers: Readers, site: Site, language: Language, path: str
) -> None:
    page = readers.open(site, path, script=SHARE)
    page.get_by_role("button", name=say(language, "Share by another app")).click()
    assert page.evaluate("window.shared") == [{"url": site.url + path, "title": title(site, path)}]


def test_device_sheet_is_not_offered_where_there_is_none(
    readers: Readers, site: Site, language: Language, path: str
) -> None:
    page = readers.open(site, path, script=NO_SHARE)
    expect(page.get_by_role("button", name=say(language, "Share by another app"))).to_be_hidden()


def test_copy_link_copies_and_says_so_in_the_language_of_the_page(
    readers: Readers, site: Site, language: Language, path: str
) -> None:
    page = readers.open(site, path, permissions=["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name=say(language, "Copy link"))
    button.click()
    toast = page.locator(".toast")
    expect(toast).to_have_text(say(language, "Link copied"))
    expect(toast).to_have_role("status")
    expect(toast).to_be_in_viewport()
    assert page.evaluate("navigator.clipboard.readText()") == site.url + path
    expect(button).to_be_focused()
    expect(toast).to_have_text("", timeout=8000)


def test_copy_link_is_not_offered_where_browsers_have_no_clipboard(
    readers: Readers, site: Site, language: Language, path: str
) -> None:
    script = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
    page = readers.open(site, path, script=script)
    expect(page.get_by_role("button", name=say(language, "Copy link"))).to_be_hidden()


def test_print_button_prints(readers: Readers, site: Site, language: Language, path: str) -> None:
    page = readers.open(site, path, script="window.prints = 0; window.print = () => prints++;")
    page.get_by_role("button", name=say(language, "Print"), exact=True).click()
    assert page.evaluate("window.prints") == 1


@pytest.mark.parametrize("part", HIDDEN_ON_PAPER)
def test_part_of_the_screen_is_not_printed(article: Page, part: str) -> None:
    article.emulate_media(media="print")
    for found in article.locator(part).all():
        expect(found).to_be_hidden()


def test_printed_article_has_its_text_address_and_date(
    article: Page, site: Site, path: str
) -> None:
    article.emulate_media(media="print")
    for part in ("h1", ".lead", ".body", ".byline", ".facts time"):
        expect(article.locator(f"main .article {part}").first).to_be_visible()
    source = article.locator(".source")
    expect(source).to_contain_text(site.url + path)
    expect(source.locator("time")).to_be_visible()


def test_printed_links_show_their_whole_addresses(
    page: Page, site: Site, language: Language
) -> None:
    page.goto(site.article("night-trams", language))
    page.emulate_media(media="print")
    link = page.locator(".body a[href^='/']").first
    address = site.url + str(link.get_attribute("href"))
    assert printed(link) == f" ({address})"


@pytest.mark.parametrize("address", ["https://elsewhere.example/x?y=1", "mailto:a@b.example"])
def test_printed_link_to_elsewhere_shows_its_address(
    readers: Readers, long_site: Site, address: str
) -> None:
    with long_site.session() as session:
        slug = make_edition(session, body=f'<p><a href="{address}">There</a></p>').slug
    page = readers.open(long_site, f"/en/post/{slug}")
    page.emulate_media(media="print")
    assert printed(page.locator(".body a")) == f" ({address})"


def printed(link: Locator) -> str:
    """Return what is printed behind a link."""
    content = link.evaluate("(link) => getComputedStyle(link, '::after').content")
    return "".join(json.loads(part) for part in re.findall(r'"(?:[^"\\]|\\.)*"', content))


def test_article_prints_as_a_document_of_few_pages(article: Page) -> None:
    assert article.pdf(format="A4").startswith(b"%PDF")


def test_code_of_the_address_is_fetched_when_it_is_printed(
    readers: Readers, site: Site, language: Language, path: str
) -> None:
    page = readers.open(site, language=language)
    fetched: list[str] = []
    code = f"{path.replace('/post/', '/qr/')}.svg"
    page.on("requestfinished", lambda request: fetched.append(urlsplit(request.url).path))
    page.goto(path)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert code not in fetched
    page.pdf()
    assert code in fetched
    page.emulate_media(media="print")
    drawn = page.locator(".source img").evaluate("image => image.complete && image.naturalWidth")
    assert drawn > 0
