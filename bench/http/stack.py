"""The servers that are compared: the site in three ways, hello-world, nginx."""

import json
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from bench.http.driving import bound_to
from bench.http.hello import PAGES
from bench.http.load import HEADERS
from tests.server import ROOT, free_port, serve

WORKERS = 2
REST_SECONDS, BUSY = 0.1, 0.2
"""How long a server has to rest, and the share of a processor that is no work: it looks at its
clock, and the system counts in hundredths of a second.
"""

HOT = 20
"""Requests after which both workers know that a page is asked for more than once."""

UNCACHED = {"CALIBER_PAGE_CACHE": "0"}
NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes {workers};
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  open_file_cache max=10;
  server {{
    listen 127.0.0.1:{port}; root {folder};
    default_type "text/html; charset=utf-8";
    {locations}
  }}
}}
"""
LOCATION = "location = /{name} {{ add_header Content-Encoding {coding}; }}"


@dataclass(frozen=True)
class Server:
    """A server with its address and its processes.

    Attributes:
        client: The processor on which its client has to work, if it has another one for itself.
    """

    url: str
    process: psutil.Process
    client: int | None = None

    def processes(self) -> list[psutil.Process]:
        """Return its first process and those that came from it."""
        return [self.process, *self.process.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Return the processor time of all its processes so far."""
        return sum(sum(process.cpu_times()[:2]) for process in self.processes())

    def rest(self) -> None:
        """Wait until it does nothing: who asked last may have left before it answered."""
        before = -math.inf
        while (now := self.cpu_seconds()) - before > BUSY * REST_SECONDS:
            before = now
            time.sleep(REST_SECONDS)

    def memory(self) -> tuple[float, float]:
        """Return megabytes of all processes: shared pages counted once, and in each of them."""
        infos = [process.memory_full_info() for process in self.processes()]
        return sum(info.pss for info in infos) / 2**20, sum(info.rss for info in infos) / 2**20

    def get(self, path: str, **headers: str) -> tuple[int, Message, bytes]:
        """Ask for a page as a browser does, and return status, headers and bytes."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        connection.request("GET", path, headers=HEADERS | headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, response.headers, body


@contextmanager
def only(server: Server, servers: Iterable[Server]) -> Iterator[None]:
    """Let one server have the machine; the others, which look at their clocks, are stopped."""
    others = [process for other in servers if other is not server for process in other.processes()]
    try:
        for process in others:
            process.suspend()
        yield
    finally:
        for process in others:
            process.resume()


@contextmanager
def start_site(data_dir: Path, **settings: str) -> Iterator[Server]:
    """Run the site as `make serve` does, on two workers."""
    with serve(data_dir, WORKERS, **settings) as site:
        yield Server(site.url, psutil.Process(site.process.pid))


@contextmanager
def start_alone(data_dir: Path) -> Iterator[Server]:
    """Run the site with one worker on a processor that its client leaves to it.

    Where both want the same one, what is measured at the end of the slowest answers is how long
    the system lets each of them work.
    """
    own, other, *_ = os.sched_getaffinity(0)
    with ExitStack() as stack:
        with bound_to({own}):
            site = stack.enter_context(serve(data_dir, 1))
        yield Server(site.url, psutil.Process(site.process.pid), other)


@contextmanager
def start_all(
    data_dir: Path, pages: Mapping[str, str], folder: Path
) -> Iterator[dict[str, Server]]:
    """Run all servers, by name; hello-world and nginx have the bytes of some of the site's pages.

    Args:
        data_dir: Of the site.
        pages: The paths of these pages by the names under which the others have them.
        folder: An empty one for them.
    """
    with ExitStack() as stack:
        servers = {
            "site": stack.enter_context(start_site(data_dir)),
            "uncached": stack.enter_context(start_site(data_dir, **UNCACHED)),
        }
        if len(os.sched_getaffinity(0)) > 1:
            servers["alone"] = stack.enter_context(start_alone(data_dir))
        codings = _write_pages(servers["site"], pages, folder)
        servers["hello"] = stack.enter_context(_start_hello(folder))
        if nginx := shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
            servers["nginx"] = stack.enter_context(_start_nginx(nginx, folder, codings))
        yield servers


def _write_pages(site: Server, pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Write pages into files as many readers get them, and return their codings by name."""
    headers = {}
    for name, path in pages.items():
        for _ in range(HOT):
            _status, said, body = site.get(path)
        headers[name] = {name: said[name] for name in ("Content-Type", "Content-Encoding")}
        (folder / name).write_bytes(body)
    (folder / "headers.json").write_text(json.dumps(headers))
    return {name: said["Content-Encoding"] for name, said in headers.items()}


@contextmanager
def _start_hello(folder: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "bench.http.hello", str(port), str(WORKERS)]
    with _run(command, port, {PAGES: str(folder)}) as server:
        yield server


@contextmanager
def _start_nginx(program: str, folder: Path, codings: Mapping[str, str]) -> Iterator[Server]:
    port = free_port()
    places = [LOCATION.format(name=name, coding=coding) for name, coding in codings.items()]
    text = NGINX.format(folder=folder, workers=WORKERS, port=port, locations="\n    ".join(places))
    (folder / "nginx.conf").write_text(text)
    folder.chmod(0o755)  # nginx's workers are another user's
    with _run([program, "-c", str(folder / "nginx.conf")], port, {}) as server:
        yield server


@contextmanager
def _run(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=os.environ | environment, cwd=ROOT, stdout=quiet) as process:
        server = Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
        try:
            _wait(server)
            yield server
        finally:
            process.terminate()


def _wait(server: Server) -> None:
    for _ in range(200):
        try:
            server.get("/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    message = f"{server.process.name()} did not start"
    raise RuntimeError(message)
