"""What a visit takes: bytes on the wire, seconds until a new server answers, memory."""

import re
import time
from pathlib import Path
from statistics import median

from bench.http.stack import Server, start_site

LINKED = re.compile(r'<(?:script|link rel="stylesheet")[^>]*?(?:src|href)="(/[^"]+)"')

STARTS = 5


def describe_visits(server: Server, article: str, second: str, size: int) -> str:
    """Return what a browser fetches for one article, and for another one after it.

    Pictures and fonts are left out; what the first article's page links to is kept by then.

    Args:
        server: The site.
        article: Path of the first.
        second: Path of the other.
        size: Editions of the site.
    """
    page = _read(server, article)
    linked = set(LINKED.findall(page))
    first = _weight(server, article) + sum(_weight(server, path) for path in linked)
    again = _weight(server, second)
    return f"{size}: first visit {first / 1024:.1f} kB, a second article {again / 1024:.1f} kB"


def describe_start(data_dir: Path, size: int) -> str:
    """Return how long new servers take to their first page, and what one has in memory then."""
    seconds = list[float]()
    for _ in range(STARTS):
        begin = time.perf_counter()
        with start_site(data_dir) as server:
            server.get("/en/")
            seconds.append(time.perf_counter() - begin)
            shared, each = server.memory()
    return (
        f"{size}: first answer {median(seconds):.2f} s after the start ({min(seconds):.2f} to"
        f" {max(seconds):.2f} in {STARTS} starts), then {shared:.0f} MB in memory"
        f" ({each:.0f} MB with what is shared counted for each process)"
    )


def describe_memory(server: Server, size: int) -> str:
    """Return what the site's server has in memory now."""
    shared, each = server.memory()
    return (
        f"{size}: after these requests the server takes {shared:.0f} MB"
        f" ({each:.0f} MB with what is shared counted for each process)"
    )


def _read(server: Server, path: str) -> str:
    _status, _headers, body = server.get(path, **{"Accept-Encoding": "identity"})
    return body.decode()


def _weight(server: Server, path: str) -> int:
    """Return the bytes of an answer with its headers, as HTTP/1.1 sends them."""
    _status, headers, body = server.get(path)
    return len(body) + sum(len(name) + len(value) + 4 for name, value in headers.items())
