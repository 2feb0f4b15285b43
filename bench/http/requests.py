"""What is asked: lines of the table and the paths behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.corpus import open_session
from bench.querylog import draw_log
from bench.sites import read_settings
from caliber_site.languages import RUSSIAN, Language
from caliber_site.models import Edition, Section, now
from caliber_site.news.listing import PAGE_SIZE

LANGUAGE = RUSSIAN
MOST = 5000
"""Articles of the tail, newest first."""

POST = "POST "
PAGES = (1, 50, 1000)
QUERIES = 40


@dataclass(frozen=True)
class Asked:
    """A line of the table.

    Attributes:
        name: As the table has it.
        server: Which one is asked: `site`, `uncached`, `alone`, `hello` or `nginx`.
        paths: Asked in turn; with `POST` before it that is sent.
        headers: Beside those of every request.
        status: What each answer must have.
        changing: Whether something on the site is changed before each request.
    """

    name: str
    server: str
    paths: Sequence[str]
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    changing: bool = False


@dataclass(frozen=True)
class Content:
    """What there is to ask for on a site.

    Attributes:
        articles: Paths, newest first.
        section: Path of the largest section.
        pages: How many pages it has.
        latest_pages: How many the list of all articles has.
        queries: Texts for the search page.
        live: Texts for the live box.
    """

    articles: list[str]
    section: str
    pages: int
    latest_pages: int
    queries: list[str]
    live: list[str]


def read_content(data_dir: Path, language: Language = LANGUAGE) -> Content:
    """Return what a site in a folder has in a language."""
    with open_session(read_settings(data_dir)) as session:
        slugs = session.scalars(
            select(Edition.slug)
            .where(Edition.language == language.tag, Edition.is_public(now()))
            .order_by(Edition.published_at.desc())
            .limit(MOST)
        ).all()
        slug, count = _largest_section(session, language)
        total = session.scalars(
            select(func.count(Edition.id)).where(
                Edition.language == language.tag, Edition.is_public(now())
            )
        ).one()
        log = draw_log(session, language, QUERIES)
    live = log.pop("live") + log.pop("prefix")
    mixed = [text for text in chain(*zip_longest(*log.values())) if text]
    root = f"/{language.label}"
    return Content(
        [f"{root}/post/{slug}" for slug in slugs],
        f"{root}/section/{slug}/",
        count // PAGE_SIZE,
        total // PAGE_SIZE,
        mixed,
        live,
    )


def list_pages(content: Content) -> dict[str, str]:
    """Return the paths of the pages that all servers are asked for, by name."""
    deep = min(PAGES[1], content.pages)
    return {
        "article": content.articles[0],
        "front": f"/{LANGUAGE.label}/",
        "section": content.section,
        "section.deep": f"{content.section}?page={deep}",
    }


def name_ready(page: str) -> str:
    """Return the name of the line in which a page is asked for that is ready."""
    return page if page == "section.deep" else f"{page}.warm"


def name_file(page: str) -> str:
    """Return the name of the line in which nginx has a page's bytes as a file."""
    return "static.nginx" if page == "article" else f"{page}.nginx"


def list_asked(content: Content, etag: str | None) -> list[list[Asked]]:
    """Return the lines for a site with some content, each with those that take turns with it.

    The first of these is what the others are compared with.

    Args:
        content: What there is.
        etag: Of the article that is asked for again and again; without one there is no 304.
    """
    hello, root = Asked("hello", "hello", ["/article"]), f"/{LANGUAGE.label}"
    pages, search = list_pages(content), f"{root}/search"
    others = [
        Asked("search.page", "site", [address(search, q=text) for text in content.queries]),
        Asked("search.live", "site", [address(search, q=text, live="1") for text in content.live]),
        Asked("search.feed", "site", [address(f"{search}.atom", q=t) for t in content.queries]),
        Asked("feed.warm", "site", [f"{root}/feed.atom"]),
        Asked("views.post", "site", [f"{POST}{path}/views" for path in content.articles]),
    ]
    if etag:
        again = {"If-None-Match": etag}
        others.append(
            Asked("article.not-modified", "site", [pages["article"]], headers=again, status=304)
        )
    return [
        # So many in turn that none is still ready when its turn comes again: the long tail.
        [hello, Asked("article.cold", "site", content.articles)],
        # Who asks one after the other, with a change before each, wakes a server each time, which
        # takes longer than to say hello.
        [
            Asked("hello.changed", "hello", ["/article"], changing=True),
            Asked("front.cold", "site", [pages["front"]], changing=True),
            Asked("section.cold", "site", [pages["section"]], changing=True),
        ],
        *(
            [
                hello,
                Asked(name_file(name), "nginx", [f"/{name}"]),
                Asked(name_ready(name), "site", [path]),
                Asked(f"{name}.alone", "alone", [path]),
            ]
            for name, path in pages.items()
        ),
        [
            hello,
            *(
                Asked(f"latest.cold.{page}", "uncached", [f"{root}/latest/?page={page}"])
                for page in PAGES
                if page <= content.latest_pages
            ),
        ],
        [hello, *others],
    ]


def address(path: str, **query: str) -> str:
    """Return the address of a page that is asked for something."""
    return f"{path}?{urlencode(query)}"


def _largest_section(session: Session, language: Language) -> tuple[str, int]:
    """Return the slug and the number of editions of the section that has most."""
    number = func.count(Edition.id)
    counted = (
        select(Section.slug, number)
        .join(Edition, Edition.section_id == Section.id)
        .where(Edition.language == language.tag, Edition.is_public(now()))
        .group_by(Section.slug)
        .order_by(number.desc())
        .limit(1)
    )
    slug, count = session.execute(counted).one()
    return slug, count
