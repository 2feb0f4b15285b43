"""A walk through the whole demo site, as a search engine would take it."""

import json
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from caliber_site.languages import BY_TAG, LANGUAGES, Language
from tests.browser.crawl import Answer, Walk, walk
from tests.browser.document import Document, Element
from tests.server import Site

QUOTATION_MARKS = frozenset('«»“”„"')
TAGS = frozenset(BY_TAG)
NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+")
CARRIES_SITE_NAME = frozenset(("title", "meta"))  # which cannot say that it is English
IN_HEAD = frozenset(("title", "meta", "link"))  # nor of which language a reader's words are


@pytest.fixture(scope="session")
def walked(site: Site) -> Walk:
    return walk(site, [f"/{language.label}/" for language in LANGUAGES])


@pytest.fixture
def pages(walked: Walk, language: Language) -> dict[str, Document]:
    """The pages of a language by their path."""
    found = {
        path: answer.document
        for path, answer in walked.answers.items()
        if path.startswith(f"/{language.label}/") and answer.document
    }
    assert len(found) > 30
    return found


def test_no_link_is_broken(walked: Walk) -> None:
    broken = {path: answer for path, answer in walked.answers.items() if answer.status != 200}
    assert {path: (x.status, walked.found_on[path]) for path, x in broken.items()} == {}


def test_every_fragment_of_a_link_exists(walked: Walk) -> None:
    missing = []
    for path, answer in walked.answers.items():
        for address in answer.document.addresses() if answer.document else ():
            target, fragment = urldefrag(urljoin(path, address))
            leads_to = walked.answers.get(target or path)
            if fragment and leads_to and leads_to.document:
                ids = {element.get("id") for element in leads_to.document.elements}
                missing += [(path, address)] if fragment not in ids else []
    assert missing == []


def test_every_edition_is_reached(walked: Walk, site: Site, language: Language) -> None:
    reached = {path for path in walked.answers if f"/{language.label}/post/" in path}
    assert {urlsplit(path).path for path in reached} == set(site.articles(language))


def test_no_cookie_is_set_for_a_reader_who_chooses_nothing(walked: Walk) -> None:
    assert [
        path for path, x in walked.answers.items() if x.cookie and "language=" not in path
    ] == []


def test_page_says_its_language(pages: dict[str, Document], language: Language) -> None:
    wrong = [path for path, page in pages.items() if page.all("html")[0].lang != language.tag]
    assert wrong == []


def test_no_string_is_in_another_script(pages: dict[str, Document], site: Site) -> None:
    strange = {
        (element.name, text): path
        for path, page in pages.items()
        for element, text in page.texts()
        if is_strange(element, text) and not ("/search?q=" in path and element.name in IN_HEAD)
    }
    assert strange == {}


def test_quotation_marks_are_those_of_the_language(
    pages: dict[str, Document], language: Language
) -> None:
    foreign = QUOTATION_MARKS - set(language.quotes)
    strange = {
        (element.name, text): path
        for path, page in pages.items()
        for element, text in page.texts()
        if element.lang == language.tag and foreign & set(text)
    }
    assert strange == {}


def is_strange(element: Element, text: str) -> bool:
    script = BY_TAG[element.lang].script if element.lang in BY_TAG else "LATIN"
    text = NOT_WORDS.sub("", text)
    if element.name in CARRIES_SITE_NAME:
        text = text.replace("Caliber", "")
    return any(
        unicodedata.category(letter).startswith("L")
        and not unicodedata.name(letter, "").startswith(script)
        for letter in text
    )


def test_arm_is_never_a_language_tag(pages: dict[str, Document]) -> None:
    used = {tag for page in pages.values() for tag in language_tags(page)}
    assert used <= TAGS | {"x-default"}


def language_tags(page: Document) -> Iterator[str]:
    for element in page.elements:
        for name in ("lang", "hreflang", "xml:lang"):
            if name in element.attributes:
                yield element.attributes[name]
        if element.get("type") == "application/ld+json":
            yield from in_language(json.loads("".join(element.text)))


def in_language(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (value for key, value in data.items() if key == "inLanguage")
        data = list(data.values())
    if isinstance(data, list):
        for value in data:
            yield from in_language(value)


def test_og_locale_names_language_and_country(
    pages: dict[str, Document], language: Language
) -> None:
    locales = {page.meta().get("og:locale", language.locale) for page in pages.values()}
    assert locales == {language.locale}


def test_hreflang_is_reciprocal(walked: Walk, pages: dict[str, Document], site: Site) -> None:
    wrong = []
    for path, page in pages.items():
        links = hreflang(page)
        if not links:
            continue
        assert links.pop("x-default", "") == f"{site.url}/", path
        others = [answer_at(walked, site, address) for address in links.values()]
        if any(hreflang(x.document) != hreflang(page) for x in others if x.document):
            wrong.append(path)
    assert wrong == []


def answer_at(walked: Walk, site: Site, address: str) -> Answer:
    return walked.answers[address.removeprefix(site.url)]


def hreflang(page: Document) -> dict[str, str]:
    links = [link for link in page.all("link") if link.get("hreflang")]
    return {link.get("hreflang"): link.get("href") for link in links}


def test_hreflang_lists_the_page_itself_by_its_canonical_address(
    pages: dict[str, Document], site: Site, language: Language
) -> None:
    wrong = {}
    for path, page in pages.items():
        if "/post/" in path or path.endswith("/"):
            canonical = [e.get("href") for e in page.all("link") if e.get("rel") == "canonical"]
            own = site.url + path.partition("?")[0]  # an article is the same above any list page
            if canonical != [own] or hreflang(page).get(language.tag) != canonical[0]:
                wrong[path] = canonical
    assert wrong == {}
