"""Views under load and kill -9: `python -m bench.views [VIEWS] [EDITIONS] [CLIENTS]`."""

import re
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bench.sites import read_settings
from caliber_site import create_app
from caliber_site.extensions import db, load_migrations
from caliber_site.models import Article, Edition, Status, View, now
from tests.conftest import BROWSER
from tests.factories import make_section
from tests.server import Site, serve

VIEWS, EDITIONS, CLIENTS = 1_000_000, 10_000, 8
CONNECTIONS = 8
"""Connections of one client, each with one request on its way."""

KILL_SHARE = 10
"""The run that is killed has so many times fewer views."""

LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def main(views: int, editions: int, clients: int) -> None:
    """Print what was counted in a run, and in one that was killed."""
    print(describe_run(views, editions, clients), flush=True)
    print(describe_kill(views // KILL_SHARE, editions // KILL_SHARE, clients), flush=True)


def describe_run(views: int, editions: int, clients: int) -> str:
    """Return how many of so many views were counted, and at which rate."""
    with TemporaryDirectory() as folder, _serve(Path(folder), editions) as site:
        start = time.perf_counter()
        acknowledged = len(_send(site, _share(range(views), clients), editions))
        seconds = time.perf_counter() - start
        counted = sum(_count(site).values())
    return (
        f"{views} views of {editions} editions by {clients} clients: {acknowledged} acknowledged,"
        f" {counted} counted, {views / seconds:.0f} a second"
    )


def describe_kill(views: int, editions: int, clients: int) -> str:
    """Return what a kill in between left of the acknowledged views, and all after sending on."""
    with TemporaryDirectory() as folder:
        with _serve(Path(folder), editions) as site:
            shares = _share(range(views), clients)
            acknowledged = _send(site, shares, editions, lambda: _kill(site, views // 2))
            kept = _count(site)
        known = Counter(view % editions for view in acknowledged)
        missing = sum((known - kept).values())
        with serve(Path(folder)) as site:
            rest = sorted(set(range(views)) - acknowledged)
            acknowledged |= _send(site, _share(rest, clients), editions)
            counted = sum(_count(site).values())
    return (
        f"killed at {sum(kept.values())} counted of {views}, {known.total()} acknowledged:"
        f" {missing} of these missing; {counted} counted after the others were sent again"
    )


def _share(views: Iterable[int], clients: int) -> list[list[int]]:
    return [list(islice(views, client, None, clients)) for client in range(clients)]


def _send(
    site: Site,
    shares: list[list[int]],
    editions: int,
    meanwhile: Callable[[], None] = lambda: None,
) -> set[int]:
    """Let each client send its share and return all views that were acknowledged."""
    with ProcessPoolExecutor(len(shares)) as clients:
        sent: list[Future[list[int]]] = [
            clients.submit(_send_share, site.url, share, editions) for share in shares
        ]
        meanwhile()
        return {view for share in sent for view in share.result()}


def _send_share(url: str, views: list[int], editions: int) -> list[int]:
    """Send views and return those that were acknowledged before the server went away."""
    host = urlsplit(url)
    sockets = [socket.create_connection((host.hostname, host.port)) for _ in range(CONNECTIONS)]
    acknowledged: list[int] = []
    remaining = iter(views)
    try:
        while some := list(islice(remaining, CONNECTIONS)):
            for connection, view in zip(sockets, some, strict=False):
                connection.sendall(_request(host.netloc, view, editions))
            for connection, view in zip(sockets, some, strict=False):
                if _read_status(connection) == 200:
                    acknowledged.append(view)
    except ConnectionError:
        pass  # killed: what was acknowledged is known
    for connection in sockets:
        connection.close()
    return acknowledged


def _request(host: str, view: int, editions: int) -> bytes:
    # Whoever reads an edition once more is another reader.
    reader, edition = divmod(view, editions)
    return (
        f"POST /en/post/edition-{edition}/views HTTP/1.1\r\nHost: {host}\r\n"
        f"Origin: http://{host}\r\nUser-Agent: {BROWSER} Reader/{reader}\r\n\r\n"
    ).encode()


def _read_status(connection: socket.socket) -> int:
    """Read one answer and return its status.

    Raises:
        ConnectionError: The server went away.
    """
    answer = b""
    while True:
        head, end, body = answer.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if end and length and len(body) == int(length[1]):
            return int(head.split(b" ", 2)[1])
        part = connection.recv(65536)
        if not part:
            raise ConnectionError
        answer += part


def _kill(site: Site, views: int) -> None:
    while sum(_count(site).values()) < views:
        time.sleep(0.05)
    site.kill()


def _count(site: Site) -> Counter[int]:
    """Return the views by number of the edition."""
    slug_and_views = select(Edition.slug, func.sum(View.count)).join(View).group_by(Edition.id)
    with site.session() as session:
        counted = session.execute(slug_and_views).all()
    return Counter({int(slug.removeprefix("edition-")): number for slug, number in counted})


@contextmanager
def _serve(folder: Path, editions: int) -> Iterator[Site]:
    """Run a site with so many editions, with two processes."""
    app = create_app(read_settings(folder))
    with app.app_context():
        load_migrations().upgrade()
        _add_editions(db.session, editions)
        app.extensions["search"].sync(db.session)
        db.engine.dispose()
    with serve(folder) as site:
        yield site


def _add_editions(session: Session, editions: int) -> None:
    section = make_section(session).id
    common = {"language": "en", "status": Status.PUBLISHED, "published_at": now()}
    rows = [{"id": n + 1, "story": f"bench:{n}", "section_id": section} for n in range(editions)]
    session.execute(insert(Article), rows)
    session.execute(
        insert(Edition),
        [
            common
            | {"article_id": n + 1, "section_id": section, "title": "A view"}
            | {"slug": f"edition-{n}"}
            for n in range(editions)
        ],
    )
    session.commit()


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*given, *(VIEWS, EDITIONS, CLIENTS)[len(given) :])
