"""aiohttp, which asks where there is no wrk: it is slower than ready answers, and measures itself.

What is made anew for each reader, and what a processor takes for a request, can be told with it.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from itertools import count

from aiohttp import ClientError, ClientSession, TCPConnector
from yarl import URL

from bench.http.wrk import HEADERS, Drive

POST = "POST "
KINDS = 400
"""Of browsers, as wrk.lua has them."""


def drive(
    url: str,
    paths: Sequence[str],
    seconds: float,
    connections: int = 16,
    *,
    headers: Mapping[str, str] | None = None,
    first: int = 0,
    processor: int | None = None,
) -> Drive:
    """Ask a server for some paths in turn, over and over, as `bench.http.wrk.drive` does."""
    everywhere = os.sched_getaffinity(0)
    if processor is not None:
        os.sched_setaffinity(0, {processor})
    try:
        client = Client(url, paths, HEADERS | dict(headers or {}), first)
        return asyncio.run(client.ask(max(1, seconds), connections))
    finally:
        os.sched_setaffinity(0, everywhere)


class Client:
    """Asks a server and notes what comes."""

    def __init__(
        self, url: str, paths: Sequence[str], headers: Mapping[str, str], first: int
    ) -> None:
        """Make it; the arguments are those of `drive`."""
        self._url, self._paths, self._headers = url, paths, headers
        self._numbers = count(first + 1)
        self._latencies = Counter[int]()
        self._faults = 0

    async def ask(self, seconds: float, connections: int) -> Drive:
        """Ask for so long by so many connections."""
        begin = time.perf_counter()
        async with ClientSession(
            headers=self._headers, connector=TCPConnector(limit=connections), auto_decompress=False
        ) as session:
            asking = (self._ask_until(begin + seconds, session) for _ in range(connections))
            await asyncio.gather(*asking)
        taken = time.perf_counter() - begin
        return Drive(self._latencies.total() + self._faults, taken, self._latencies, self._faults)

    async def _ask_until(self, end: float, session: ClientSession) -> None:
        while (begin := time.perf_counter()) < end:
            rounds, place = divmod(next(self._numbers), len(self._paths))
            path, method, own = self._paths[place], "GET", dict[str, str]()
            if path.startswith(POST):  # one reader counts once
                path, method = path.removeprefix(POST), "POST"
                own = {"User-Agent": f"{self._headers['User-Agent']} {rounds % KINDS}"}
            address = URL(f"{self._url}{path}", encoded=True)
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
