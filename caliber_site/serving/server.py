"""The process that has loaded the site: it listens, and forks workers that share all of it."""

import os
import resource
import signal
import socket
import sys
import time
import traceback
from dataclasses import dataclass

from caliber_site.processors import count_processors
from caliber_site.serving.bridge import Bridge, Site
from caliber_site.serving.connection import Find
from caliber_site.serving.scheduling import give_way, may_give_way
from caliber_site.serving.takeover import Takeover, hand_over, take_over
from caliber_site.serving.worker import BACKLOG, ENDS, Worker

PATIENCE = 30
"""Seconds that workers have to end: readers whose page takes longer have gone."""

PAUSE = 0.5
"""Seconds that new workers have to begin before old ones end."""


@dataclass(frozen=True)
class Options:
    """How a site is served.

    Attributes:
        host: Address of the machine at which it listens.
        port: And port.
        workers: Processes.
        threads: Of a worker, beside half as many for pages (bridge.py). Only one runs Python at a
            time, the others wait for the database: a far one may want more of them.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = count_processors()
    threads: int = 4


class ListenError(Exception):
    """The address cannot be had, with the reason as its text."""


def hold_signals() -> None:
    """Let signals wait, in this process, those it forks and its new code, until they are heard."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS | {signal.SIGHUP})


def serve(site: Site, find: Find | None, options: Options) -> None:
    """Start the workers and become the process that waits for them (waiting.py).

    Args:
        site: What is served.
        find: Finds ready answers, where there are any.
        options: How.

    Raises:
        ListenError: The address cannot be had.
    """
    _allow_connections()
    left = take_over()
    gives_way = may_give_way()
    sockets = [socket.socket(fileno=number) for number in left.sockets] or listen(options)
    # A socket for each worker: the kernel then shares connections out evenly.
    workers = [
        _fork(site, find, options.threads, sockets[number % len(sockets)], gives_way=gives_way)
        for number in range(options.workers)
    ]
    if left.workers:
        time.sleep(PAUSE)
        left.retire(PATIENCE)
    hand_over(Takeover([listening.detach() for listening in sockets], workers), PATIENCE)


def listen(options: Options) -> list[socket.socket]:
    """Return sockets that listen at an address, one for each worker.

    This process keeps them: connections that arrive between two workers wait for the next one,
    where they would be reset if each worker had its own.

    Raises:
        ListenError: The address cannot be had.
    """
    try:
        return _listen(options)
    except OSError as error:
        raise ListenError(f"cannot listen: {error.strerror or error}") from error


def _listen(options: Options) -> list[socket.socket]:
    found = socket.getaddrinfo(
        options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    family, *_, address = found[0]
    # Another server that has the port would otherwise share its readers with this one.
    with socket.create_server(address, family=family):
        pass
    sockets = [
        socket.create_server(address, family=family, backlog=BACKLOG, reuse_port=True)
        for _ in range(options.workers)
    ]
    for listening in sockets:
        # Connections have it from here: a short answer does not wait for the one before to arrive.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sockets


def _allow_connections() -> None:
    """Let each worker have as many files open as it may: connections are files."""
    has, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if has != most:  # where it has them all, it may not be allowed to ask
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _fork(
    site: Site, find: Find | None, threads: int, listening: socket.socket, *, gives_way: bool
) -> int:
    """Return the process id of a new worker."""
    worker = os.fork()
    if worker:
        return worker
    try:
        if gives_way:
            give_way()
        for number in ENDS:
            signal.signal(number, signal.SIG_DFL)
        Worker(Bridge(site, threads), find).run([listening])
    except BaseException:
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)
