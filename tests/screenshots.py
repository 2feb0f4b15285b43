"""`make screenshots`: every kind of page × languages × themes × widths, as files."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from caliber_site.languages import LANGUAGES, Language
from tests.browser.kinds import KINDS, prepare_kinds, sign_in
from tests.browser.reader import Readers, launch_browser
from tests.server import ROOT, Site, load_demo, serve

FOLDER = ROOT / "build" / "screenshots"
WIDTHS = (360, 1280)
THEMES = ("light", "night")
SHOW_ALL_PICTURES = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
  await document.fonts.ready;
}"""


def take(page: Page, name: str) -> None:
    """Save the whole of a page, its lazy pictures too."""
    page.evaluate(SHOW_ALL_PICTURES)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


def take_all(readers: Readers, site: Site, language: Language, theme: str, width: int) -> None:
    """Save every kind of page of a language in a theme and width."""
    face = f"{language.label}-{theme}-{width}"
    page = readers.open(site, language=language, width=width, night=theme == "night")
    for kind in KINDS:
        if kind.signed_in:
            sign_in(page.context, language)
        page.goto(kind.path(site, language))
        take(page, f"{kind.name}-{face}")
    readers.close()


def main() -> None:
    """Run the demo site and take its pictures."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, launch_browser() as browser:
        load_demo(Path(folder) / "data")
        with serve(Path(folder) / "data") as site:
            prepare_kinds(site)
            for language in LANGUAGES:
                for theme in THEMES:
                    for width in WIDTHS:
                        take_all(Readers(browser), site, language, theme, width)


if __name__ == "__main__":
    main()
