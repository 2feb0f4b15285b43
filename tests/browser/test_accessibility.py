"""axe-core finds nothing on every kind of page, in every language, theme and width.

A language has two of the four faces that a theme and a width make.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import abort
from playwright.sync_api import Page

from caliber_site import create_app
from caliber_site.languages import Language
from tests.browser.kinds import KINDS, Kind, sign_in
from tests.browser.reader import Readers
from tests.conftest import make_settings
from tests.server import Site

RULES = {
    # axe would copy the style sheets into the page, which the Content Security Policy forbids.
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
FACES: dict[str, tuple[tuple[Literal["light", "dark"], int], ...]] = {
    "en": (("light", 360), ("dark", 1280)),
    "ru": (("dark", 360), ("light", 1280)),
    "hy": (("light", 360), ("dark", 1280)),
}
"""Themes and widths by language: all four are looked at, and each takes seconds."""


def violations(page: Page) -> list[str]:
    """Return what axe-core finds on a page, a line a place."""
    found: dict[str, Any] = page.evaluate(f"axe.run({json.dumps(RULES)})")
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def look_at_faces(page: Page, language: Language) -> dict[str, list[str]]:
    """Return what is found in the faces of a language, without loading the page again."""
    page.evaluate(AXE_SCRIPT)
    found = {}
    for theme, width in FACES[language.tag]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        found[f"{theme} {width}"] = violations(page)
    return {face: lines for face, lines in found.items() if lines}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_barrier_is_found(kind: Kind, readers: Readers, site: Site, language: Language) -> None:
    page = readers.open(site, language=language)
    if kind.signed_in:
        sign_in(page.context, language)
    page.goto(kind.path(site, language))
    assert look_at_faces(page, language) == {}


def trouble(site: Site, language: Language, code: int) -> str:
    """Return the page that a fault of the site shows."""
    app = create_app(make_settings(site.data_dir))
    app.add_url_rule("/<language:language>/trouble", view_func=lambda: abort(code))
    answer = app.test_client().get(f"/{language.label}/trouble")
    assert answer.status_code == code
    return answer.text


@pytest.mark.parametrize("code", [429, 500, 503])
def test_no_barrier_is_found_where_something_went_wrong(
    code: int, readers: Readers, site: Site, language: Language
) -> None:
    # In a thread of its own, since the browser's event loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        html = thread.submit(trouble, site, language, code).result()
    page = readers.open(site, language=language)
    page.route("**/trouble", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"/{language.label}/trouble")
    assert look_at_faces(page, language) == {}
