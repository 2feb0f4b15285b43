"""Every kind of page, for tests that look at all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import BrowserContext, Cookie

from caliber_site.languages import LANGUAGES, Language
from caliber_site.models import QueryCount, Role, Status, now
from tests.factories import make_edition, make_editor
from tests.server import Site

WITHDRAWN = "withdrawn-story"
sessions: dict[str, list[Cookie]] = {}
PASSWORD = "correct horse battery"
STORY = "observatory"
ALONE = {"en": "city-trees", "ru": "archive-letters", "hy": "dialect-dictionary"}
WORDS = {"en": "lake", "ru": "озеро", "hy": "լիճ"}
SLIPS = {"en": "дфлу", "ru": "jpthj", "hy": "lich"}
"""The same words in another layout or in other letters."""


@dataclass(frozen=True)
class Kind:
    """A kind of page: its name, where one is, and whether one signs in to see it."""

    name: str
    path: Callable[[Site, Language], str]
    signed_in: bool = False


def _at(path: str) -> Callable[[Site, Language], str]:
    return lambda _site, language: path.format(
        label=language.label, word=WORDS[language.tag], slip=SLIPS[language.tag]
    )


def _of_edition(path: str) -> Callable[[Site, Language], str]:
    return lambda site, language: path.format(id=site.edition(STORY, language).id)


KINDS = (
    Kind("front", _at("/{label}/")),
    Kind("section", _at("/{label}/section/society/")),
    Kind("tag", _at("/{label}/tag/verana/")),
    Kind("author", _at("/{label}/author/mira-tellan/")),
    Kind("article", lambda site, language: site.article(STORY, language)),
    Kind("search", _at("/{label}/search?q={word}")),
    Kind("search-empty", _at("/{label}/search?q=qqqq")),
    Kind("search-respelt", _at("/{label}/search?q={slip}&section=interviews")),
    Kind("search-start", _at("/{label}/search")),
    Kind("latest", _at("/{label}/latest/")),
    Kind("privacy", _at("/{label}/privacy")),
    Kind("not-found", _at("/{label}/post/no-such-story")),
    Kind("gone", _at("/{label}/post/" + WITHDRAWN)),
    Kind("desk-sign-in", _at("/desk/signin")),
    Kind("desk-list", _at("/desk/"), signed_in=True),
    Kind("desk-new", _at("/desk/edit/new?language={label}"), signed_in=True),
    Kind("desk-form", _of_edition("/desk/edit/{id}"), signed_in=True),
    Kind("desk-preview", _of_edition("/desk/preview/{id}"), signed_in=True),
    Kind("desk-revisions", _of_edition("/desk/edit/{id}/revisions"), signed_in=True),
    Kind("desk-sections", _at("/desk/sections/"), signed_in=True),
    Kind("desk-editors", _at("/desk/editors/"), signed_in=True),
    Kind("desk-account", _at("/desk/account/"), signed_in=True),
)


def editor_email(language: Language) -> str:
    """Return the address of the editor who works in a language."""
    return f"{language.tag}@paper.example"


def prepare_kinds(site: Site) -> None:
    """Add what the demo has not, for each language: a withdrawn edition, an editor, a query."""
    yesterday = now().date() - timedelta(1)
    with site.session() as session:
        for language in LANGUAGES:
            text = WORDS[language.tag]
            session.add(QueryCount(language=language.tag, day=yesterday, text=text, readers=9))
            make_edition(
                session,
                language.tag,
                "A story that was withdrawn",
                slug=WITHDRAWN,
                section="society",
                status=Status.WITHDRAWN,
            )
            make_editor(
                session, editor_email(language), Role.CHIEF, PASSWORD, language=language.tag
            )


def sign_in(context: BrowserContext, language: Language) -> None:
    """Sign the editor of a language in; the session is kept for the readers that follow."""
    if language.tag not in sessions:
        page = context.new_page()
        page.goto("/desk/signin")
        page.locator("input[type=email], input[name=email]").fill(editor_email(language))
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main form [type=submit]").click()
        page.wait_for_url("**/desk/")
        page.close()
        sessions[language.tag] = context.cookies()
    context.add_cookies(sessions[language.tag])  # type: ignore[arg-type]
