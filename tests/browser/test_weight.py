"""Visits to articles: how much comes over the wire, and that nothing moves or is kept."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from caliber_site.languages import ENGLISH, Language
from tests.browser.kinds import ALONE, STORY, WORDS
from tests.browser.reader import Readers
from tests.browser.shifts import LEAST_SHIFT, NOTE_SHIFTS
from tests.server import Site

KILOBYTE = 1000
MOST_CODE = 50 * KILOBYTE
MOST_OF_A_SECOND = 15 * KILOBYTE
MOST_OF_A_LIST = 10 * KILOBYTE
NEXT_PAGE = "?page="
"""In addresses of what a reader is given who has read an article to its end, and goes on."""

MOST_FONTS = 50 * KILOBYTE
MOST_FONT_FILES = 2
CODES = {"br", "zstd", "gzip"}

# Fonts and pictures come late, as they do to a reader on a telephone far away.
FAR_AWAY = {
    "offline": False,
    "latency": 100,
    "downloadThroughput": 200 * KILOBYTE,
    "uploadThroughput": 100 * KILOBYTE,
}
PATIENCE = 60_000
"""Milliseconds for a page from there, on a machine that runs other tests at the same time."""

PICTURES = """() => [...document.querySelectorAll("picture img")].map((img) => ({
  file: img.currentSrc,
  offered: img.parentNode.querySelector("source").srcset,
  need: img.clientWidth * devicePixelRatio,
}))"""
SCROLL_TO_THE_END = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 400) {
    window.scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 30));
  }
}"""


@dataclass(frozen=True)
class Transfer:
    """A file that came over the wire, with its size there in bytes."""

    url: str
    kind: str
    encoding: str
    size: int


@pytest.fixture(scope="module")
def first_visits() -> dict[str, list[Transfer]]:
    """What was seen of first visits so far, by language tag."""
    return {}


@pytest.fixture
def first_visit(
    readers: Readers, site: Site, language: Language, first_visits: dict[str, list[Transfer]]
) -> list[Transfer]:
    """All that the first visit to an article brings, the pictures further down too."""
    if language.tag not in first_visits:
        page = readers.open(site, language=language)
        path = site.article(STORY, language)
        first_visits[language.tag] = list_transfers(page, path)
    return first_visits[language.tag]


def list_transfers(page: Page, path: str) -> list[Transfer]:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    seen: dict[str, tuple[str, str, str]] = {}
    sizes: dict[str, int] = {}

    def note_answer(event: dict[str, Any]) -> None:
        answer = event["response"]
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        encoding = headers.get("content-encoding", "")
        seen[event["requestId"]] = (answer["url"], event["type"], encoding)

    network.on("Network.responseReceived", note_answer)
    network.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(path)
    page.evaluate(SCROLL_TO_THE_END)
    page.wait_for_load_state("networkidle")
    return [Transfer(*seen[key], int(size)) for key, size in sizes.items() if key in seen]


@pytest.fixture
def second_visit(readers: Readers, site: Site, language: Language) -> list[Transfer]:
    """All that another article brings to a reader who comes from one."""
    page = readers.open(site, site.article(STORY, language), language=language)
    page.wait_for_load_state("networkidle")
    return list_transfers(page, site.article(ALONE[language.tag], language))


def weigh(transfers: list[Transfer], *kinds: str) -> int:
    return sum(transfer.size for transfer in transfers if transfer.kind in kinds)


def test_html_css_and_js_are_light(first_visit: list[Transfer]) -> None:
    assert weigh(first_visit, "Document", "Stylesheet", "Script", "XHR", "Fetch") <= MOST_CODE


def test_second_article_is_lighter_still(second_visit: list[Transfer]) -> None:
    article = [transfer for transfer in second_visit if NEXT_PAGE not in transfer.url]
    assert weigh(article, "Document", "Stylesheet", "Script", "XHR", "Fetch") <= MOST_OF_A_SECOND


def test_next_page_of_the_list_below_is_light(second_visit: list[Transfer]) -> None:
    pages = [transfer for transfer in second_visit if NEXT_PAGE in transfer.url]
    assert 0 < weigh(pages, "Fetch") <= MOST_OF_A_LIST


def test_few_files_hold_the_page_up(first_visit: list[Transfer]) -> None:
    kinds = [transfer.kind for transfer in first_visit]
    assert kinds.count("Stylesheet") == 2
    assert kinds.count("Script") <= 4


@pytest.mark.parametrize("kind", ["front", "article", "section"])
@pytest.mark.parametrize("width", [360, 800, 1280])
@pytest.mark.parametrize("density", [1, 2])
def test_pictures_are_avif_and_no_larger_than_the_screen_needs(
    readers: Readers, site: Site, kind: str, width: int, density: int
) -> None:
    page = readers.open(site, width=width, device_scale_factor=density)
    paths = {
        "front": "/en/",
        "article": site.article(STORY, ENGLISH),
        "section": "/en/section/society/",
    }
    page.goto(paths[kind])
    page.evaluate(SCROLL_TO_THE_END)
    page.wait_for_load_state("networkidle")
    pictures = {picture["file"]: picture for picture in reversed(page.evaluate(PICTURES))}
    pictures.pop("", None)  # far below, still waiting
    assert pictures
    for picture in pictures.values():  # one that is shown twice is loaded once, as first needed
        offered = [int(size) for size in re.findall(r" (\d+)w", picture["offered"])]
        fitting = [size for size in offered if size >= picture["need"]] or offered[-1:]
        chosen = re.fullmatch(r".*-(\d+)\.avif", picture["file"])
        assert chosen, picture
        assert int(chosen[1]) <= fitting[0], picture


def test_at_most_two_light_fonts_are_needed(first_visit: list[Transfer]) -> None:
    fonts = [transfer for transfer in first_visit if transfer.kind == "Font"]
    assert 1 <= len(fonts) <= MOST_FONT_FILES
    assert weigh(fonts, "Font") <= MOST_FONTS


def test_text_comes_compressed(first_visit: list[Transfer]) -> None:
    kinds = {"Document", "Stylesheet", "Script"}
    large = [transfer for transfer in first_visit if transfer.size > 2 * KILOBYTE]
    assert {x.url: x.encoding for x in large if x.kind in kinds and x.encoding not in CODES} == {}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", ["front", "article", "search"])
def test_nothing_moves_while_it_loads(
    readers: Readers, site: Site, language: Language, kind: str, width: int
) -> None:
    page = readers.open(site, language=language, width=width, script=NOTE_SHIFTS)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", FAR_AWAY)
    paths = {
        "front": f"/{language.label}/",
        "article": site.article(STORY, language),
        "search": f"/{language.label}/search?q={WORDS[language.tag]}",
    }
    page.goto(paths[kind], timeout=PATIENCE)
    page.evaluate(SCROLL_TO_THE_END)
    page.wait_for_load_state("networkidle")
    shifts = page.evaluate("window.shifts")
    assert sum(value for value, *_ in shifts) < LEAST_SHIFT, shifts


def test_nothing_is_kept_of_a_reader_who_chooses_nothing(
    readers: Readers, site: Site, language: Language
) -> None:
    page = readers.open(site, language=language)
    for path in (
        f"/{language.label}/",
        site.article(STORY, language),
        f"/{language.label}/latest/",
    ):
        page.goto(path)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
