"""Readers: pages of the real browser that report every fault they meet."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

from caliber_site.languages import ENGLISH, Language
from tests.server import Site

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOADING = "Failed to load resource"
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
"""

WAIT_SECONDS = 15.0

numbers = count(1)


@contextmanager
def launch_browser() -> Iterator[Browser]:
    """Run a browser without windows of its own, which take more than half of the time."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield browser
        browser.close()


def wait_until(page: Page, condition: Callable[[], object]) -> None:
    """Wait until a condition holds; Playwright's own way is against the site's CSP."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        page.wait_for_timeout(30)


class Readers:
    """Opens pages, each of a reader of its own, and collects their faults."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.faults: list[str] = []
        self._contexts: list[BrowserContext] = []

    def open(
        self,
        site: Site,
        path: str = "",
        *,
        language: Language = ENGLISH,
        width: int = 1280,
        height: int = 900,
        night: bool = False,
        javascript: bool = True,
        script: str = "",
        **options: Any,
    ) -> Page:
        """Return a new reader's page.

        Args:
            site: What is read.
            path: Where to go at once, if anywhere.
            language: Language that the browser prefers.
            width: Width of the window in pixels.
            height: Height of the window in pixels.
            night: Whether the reader's system is dark.
            javascript: Whether scripts run.
            script: JavaScript to be run before that of each page.
            options: More options of Playwright's `new_context`.
        """
        context = self.browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if night else "light",
            reduced_motion=options.pop("reduced_motion", "reduce"),
            locale=language.locale.replace("_", "-"),
            java_script_enabled=javascript,
            user_agent=self._user_agent(),
            **options,
        )
        self._contexts.append(context)
        context.set_default_timeout(15_000)
        if javascript:
            context.add_init_script(REPORT_VIOLATIONS + script)
        page = context.new_page()
        self._watch(page, site)
        if path:
            page.goto(path)
        return page

    def close(self) -> None:
        """Close what was opened and fail for the faults met."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()
        faults, self.faults = self.faults, []
        assert not faults, "\n".join(faults)

    def _user_agent(self) -> str:
        # A number of its own makes each reader another one, and "Headless" would make it a robot.
        version = self.browser.version.split(".")[0]
        return (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"Chrome/{version}.0.0.0 Safari/537.36 Reader/{next(numbers)}"
        )

    def _watch(self, page: Page, site: Site) -> None:
        def note_console(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"} and not message.text.startswith(LOADING):
                self.faults.append(f"{page.url}: {message.text}")

        def note_request(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.scheme.startswith("http") and parts.netloc != urlsplit(site.url).netloc:
                self.faults.append(f"{page.url}: asks {request.url}")

        def note_failed(request: Request) -> None:
            # What is dropped on leaving a page, or for a newer search, is no fault.
            if request.failure != "net::ERR_ABORTED":
                self.faults.append(f"{page.url}: {request.url}: {request.failure}")

        def note_response(response: Response) -> None:
            if response.status >= 400 and not response.request.is_navigation_request():
                self.faults.append(f"{page.url}: {response.url}: {response.status}")

        page.on("console", note_console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("request", note_request)
        page.on("requestfailed", note_failed)
        page.on("response", note_response)
