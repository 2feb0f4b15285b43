"""A running site, one browser, and readers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from caliber_site.languages import LANGUAGES, Language
from tests.browser.kinds import prepare_kinds
from tests.browser.reader import Readers, launch_browser
from tests.factories import make_edition
from tests.once import make_once
from tests.server import Site, copy_site, run_commands, serve

OLDER_EDITIONS = 110
A_YEAR = 365 * 24 * 60

expect.set_options(timeout=15_000)  # milliseconds; machines may be busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demo_data(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo paper, indexed, to be copied."""

    def index(folder: Path) -> None:
        run_commands(copy_site(demo_data, folder), "http://127.0.0.1:5000", "search sync")

    return make_once(tmp_path_factory, "indexed", index)


@pytest.fixture(scope="session")
def site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo site, running; tests leave its content alone."""
    with serve(copy_site(demo_data, tmp_path_factory.mktemp("site") / "data")) as site:
        prepare_kinds(site)
        yield site
        assert site.faults() == ""


@pytest.fixture(scope="session")
def long_site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo site with many older editions and no channel set; tests may publish in it."""
    data_dir = copy_site(demo_data, tmp_path_factory.mktemp("long") / "data")
    with serve(data_dir, workers=1, CALIBER_CHANNELS="{}") as site:
        with site.session() as session:
            for number in range(OLDER_EDITIONS):
                for language in LANGUAGES:
                    make_edition(
                        session,
                        language.tag,
                        f"№ {number}",
                        slug=f"older-{number}",
                        section="sport",
                        minutes_ago=A_YEAR + number,
                    )
        yield site
        assert site.faults() == ""


@pytest.fixture(scope="session")
def desk_site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo site with an editor for each language; tests may write in it."""
    data_dir = copy_site(demo_data, tmp_path_factory.mktemp("desk") / "data")
    with serve(data_dir, workers=1) as site:
        prepare_kinds(site)
        yield site
        assert site.faults() == ""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Not for the session: Playwright's event loop would trouble tests of other modules.
    with launch_browser() as browser:
        yield browser


@pytest.fixture
def readers(browser: Browser) -> Iterator[Readers]:
    """Opens pages; the test fails for every fault that one of them meets."""
    readers = Readers(browser)
    yield readers
    readers.close()


@pytest.fixture(params=LANGUAGES, ids=lambda language: language.label)
def language(request: pytest.FixtureRequest) -> Language:
    """Each of the site's languages."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def page(readers: Readers, site: Site, language: Language) -> Page:
    """The page of a reader who prefers the language, on the demo site."""
    return readers.open(site, language=language)
