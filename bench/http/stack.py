"""The servers that are compared: the site with and without ready pages, hello-world, nginx."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from bench.http.hello import PAGE
from bench.http.wrk import HEADERS
from tests.server import ROOT, free_port, serve

WORKERS = 2
UNCACHED = {"CALIBER_PAGE_CACHE": "0"}
NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes {workers};
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  open_file_cache max=10;
  server {{
    listen 127.0.0.1:{port}; root {folder};
    location / {{ default_type "text/html; charset=utf-8"; add_header Content-Encoding {coding}; }}
  }}
}}
"""


@dataclass(frozen=True)
class Server:
    """A server with its address and its processes."""

    url: str
    process: psutil.Process

    def processes(self) -> list[psutil.Process]:
        """Return its first process and those that came from it."""
        return [self.process, *self.process.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Return the processor time of all its processes so far."""
        return sum(sum(process.cpu_times()[:2]) for process in self.processes())

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
def start_site(data_dir: Path, **settings: str) -> Iterator[Server]:
    """Run the site as `make serve` does, on two workers."""
    with serve(data_dir, WORKERS, **settings) as site:
        yield Server(site.url, psutil.Process(site.process.pid))


@contextmanager
def start_all(data_dir: Path, path: str, folder: Path) -> Iterator[dict[str, Server]]:
    """Run all servers, by name; hello-world and nginx have the bytes of one of the site's pages.

    Args:
        data_dir: Of the site.
        path: Of that page.
        folder: An empty one for it.
    """
    with ExitStack() as stack:
        servers = {
            "site": stack.enter_context(start_site(data_dir)),
            "uncached": stack.enter_context(start_site(data_dir, **UNCACHED)),
        }
        _status, headers, body = servers["site"].get(path)
        kept = {name: headers[name] for name in ("Content-Type", "Content-Encoding")}
        (folder / "page").write_bytes(body)
        (folder / "headers.json").write_text(json.dumps(kept))
        servers["hello"] = stack.enter_context(_start_hello(folder))
        servers["nginx"] = stack.enter_context(_start_nginx(folder, kept["Content-Encoding"]))
        yield servers


@contextmanager
def _start_hello(folder: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "bench.http.hello", str(port), str(WORKERS)]
    with _run(command, port, {PAGE: str(folder)}) as server:
        yield server


@contextmanager
def _start_nginx(folder: Path, coding: str) -> Iterator[Server]:
    port = free_port()
    text = NGINX.format(folder=folder, workers=WORKERS, port=port, coding=coding)
    (folder / "nginx.conf").write_text(text)
    folder.chmod(0o755)  # nginx's workers are another user's
    with _run(["nginx", "-c", str(folder / "nginx.conf")], port, {}) as server:
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
