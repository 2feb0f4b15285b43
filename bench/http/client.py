"""aiohttp, which asks where there is no wrk: it is slower than ready answers, and measures itself.

What is made anew for each reader, and what a processor takes for a request, can be told with it.
"""

import asyncio
import time
from collections import Counter
from http import HTTPStatus
from itertools import count

from aiohttp import ClientError, ClientSession, TCPConnector
from yarl import URL

from bench.http.load import Drive, Load
from bench.http.requests import POST

KINDS = 400
"""Of browsers, as wrk.lua has them."""


def ask(load: Load) -> Drive:
    """Ask a server, and return what came of it."""
    return asyncio.run(Client(load).ask())


class Client:
    """Asks a server and notes what comes."""

    def __init__(self, load: Load) -> None:
        """Make it."""
        self._load = load
        self._numbers = count(load.first + 1)
        self._latencies = Counter[int]()
        self._faults = 0

    async def ask(self) -> Drive:
        """Ask for as long and by as many connections as the load says."""
        load, begin = self._load, time.perf_counter()
        connector = TCPConnector(limit=load.connections)
        async with ClientSession(
            headers=load.headers, connector=connector, auto_decompress=False
        ) as session:
            asking = (
                self._ask_until(begin + load.seconds, session) for _ in range(load.connections)
            )
            await asyncio.gather(*asking)
        taken = time.perf_counter() - begin
        return Drive(self._latencies.total() + self._faults, taken, self._latencies, self._faults)

    async def _ask_until(self, end: float, session: ClientSession) -> None:
        while (begin := time.perf_counter()) < end:
            rounds, place = divmod(next(self._numbers), len(self._load.paths))
            path, method, own = self._load.paths[place], "GET", dict[str, str]()
            if path.startswith(POST):  # one reader counts once
                path, method = path.removeprefix(POST), "POST"
                own = {"User-Agent": f"{self._load.headers['User-Agent']} {rounds % KINDS}"}
            address = URL(f"{self._load.url}{path}", encoded=True)
            try:
                async with session.request(method, address, headers=own) as answer:
                    await answer.read()
            except ClientError:
                self._faults += 1
                continue
            if answer.status >= HTTPStatus.BAD_REQUEST:
                self._faults += 1
            else:
                self._latencies[round(1_000_000 * (time.perf_counter() - begin))] += 1
