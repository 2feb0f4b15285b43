"""The walk from page to page."""

from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.browser.document import Document
from tests.conftest import BROWSER
from tests.server import Site

MOST = 3000


@dataclass(frozen=True)
class Answer:
    """What an address answered, redirects followed."""

    status: int
    cookie: str
    document: Document | None


@dataclass(repr=False)
class Walk:
    """Answers by address without the host, and the page on which each was first found."""

    answers: dict[str, Answer] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)


def walk(site: Site, starts: list[str]) -> Walk:
    """Follow all links within the site; what search pages link to is asked for, not followed."""
    walked = Walk(found_on=dict.fromkeys(starts, "the start"))
    waiting = list(starts)
    with closing(site.connect()) as connection:
        while waiting:
            path = waiting.pop()
            answer = walked.answers[path] = _get(site, connection, path)
            assert len(walked.answers) < MOST, "the site has no end"
            if answer.document is None or "/search?q=" in walked.found_on[path]:
                continue
            for address in answer.document.addresses():
                absolute = urldefrag(urljoin(site.url + path, address)).url
                found = absolute.removeprefix(site.url)
                if absolute.startswith(site.url + "/") and found not in walked.found_on:
                    walked.found_on[found] = path
                    waiting.append(found)
    return walked


def _get(site: Site, connection: HTTPConnection, path: str) -> Answer:
    connection.request("GET", path, headers={"User-Agent": BROWSER})
    answer = connection.getresponse()
    body = answer.read()
    if 300 <= answer.status < 400:
        target = urljoin(site.url + path, answer.headers["Location"])
        assert urlsplit(target).netloc == urlsplit(site.url).netloc
        found = _get(site, connection, target.removeprefix(site.url))
        return Answer(found.status, answer.headers.get("Set-Cookie", "") + found.cookie, None)
    is_page = answer.headers.get_content_type() == "text/html"
    document = Document(body.decode()) if is_page else None
    return Answer(answer.status, answer.headers.get("Set-Cookie", ""), document)
