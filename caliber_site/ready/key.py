"""The key of a page: what the answer to a request depends on, and which requests have one."""

import math
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlencode

from caliber_site.bundles import is_named_by_content
from caliber_site.languages import BY_LABEL

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PAGES = re.compile(
    rf"/(?:{'|'.join(BY_LABEL)})/"
    r"(?:(?P<counting>|post/[^/]+)|latest/|privacy|(?:section|tag|author)/[^/]+/)"
)
"""Paths of pages that are the same for all readers; `counting` ones show how often others read."""

READING = frozenset(("GET", "HEAD"))
"""Methods by which nothing is changed."""

FILES = "/static/"

ARGUMENTS = ("page", "after", "unavailable")
"""The arguments that pages look at; whatever others add to an address changes nothing."""

LONGEST = 1000

HALF_MINUTE = 30
"""Seconds for which a page keeps its counts, and as long for what it takes them from: a minute."""


class Key(NamedTuple):
    """What an answer depends on.

    Attributes:
        path: That of the address.
        query: Its arguments, as far as pages look at them.
        is_block: Whether htmx asks for one block of the page.
        lifetime: Seconds after which a page is made anew though it is fresh: how often it was read
            is not what makes pages stale.
    """

    path: str
    query: str
    is_block: bool
    lifetime: float

    @property
    def stays(self) -> bool:
        """Return whether it is a file whose address changes with it."""
        return self.path.startswith(FILES)


def key_of(environ: "WSGIEnvironment") -> Key | None:
    """Return the key of a request's page; None if its answer is nobody else's."""
    if environ["REQUEST_METHOD"] not in READING:
        return None
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if path.startswith(FILES):
        stays = is_named_by_content(path.removeprefix(FILES), query)
        return Key(path, query, is_block=False, lifetime=math.inf) if stays else None
    page = PAGES.fullmatch(path)
    if page is None or len(path) + len(query) > LONGEST:
        return None
    lifetime = math.inf if page["counting"] is None else HALF_MINUTE
    return Key(path, _known_arguments(query) if query else "", wants_block(environ), lifetime)


def is_page(environ: "WSGIEnvironment") -> bool:
    """Return whether a request is for a page that is the same for all readers.

    Files, which are compressed for seconds, are none.
    """
    is_read = environ["REQUEST_METHOD"] in READING
    return is_read and PAGES.fullmatch(environ["PATH_INFO"]) is not None


def wants_block(environ: "WSGIEnvironment") -> bool:
    """Return whether htmx asks for one block (a restored history entry wants the page)."""
    return (
        environ.get("HTTP_HX_REQUEST") == "true"
        and environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"
    )


def _known_arguments(query: str) -> str:
    given = parse_qs(query, keep_blank_values=True, errors="replace")
    return urlencode([(name, given[name][0]) for name in ARGUMENTS if name in given])
