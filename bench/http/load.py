"""A load: what a server is asked over and over, and what came of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.conftest import BROWSER

HEADERS = {"User-Agent": BROWSER, "Accept-Encoding": "gzip, deflate, br, zstd"}
"""Those of a browser, for pages are compressed for it."""


@dataclass(frozen=True)
class Load:
    """What is asked in turn, over and over, on connections that stay open.

    Attributes:
        url: Of the server.
        paths: What is asked; with "POST " before it that is sent, by other readers each round.
        seconds: How long.
        connections: How many are kept busy.
        headers: Of each request.
        first: Which path is the first; later runs go on where others were.
    """

    url: str
    paths: Sequence[str]
    seconds: int
    connections: int
    headers: Mapping[str, str]
    first: int = 0


@dataclass(frozen=True)
class Drive:
    """What came of asking.

    Attributes:
        requests: How many were made.
        seconds: How long they were made, without what came between them.
        latencies: How many of those that were answered took so many microseconds.
        faults: Requests without an answer, or with one that tells of a fault.
    """

    requests: int = 0
    seconds: float = 0
    latencies: Counter[int] = field(default_factory=Counter)
    faults: int = 0

    def __add__(self, other: "Drive") -> "Drive":
        """Return what came of both."""
        return Drive(
            self.requests + other.requests,
            self.seconds + other.seconds,
            self.latencies + other.latencies,
            self.faults + other.faults,
        )

    def percentile(self, percentage: float) -> float:
        """Return the milliseconds that so many percent of the answers did not exceed."""
        reached, wanted = 0, self.latencies.total() * percentage / 100
        for latency, count in sorted(self.latencies.items()):
            reached += count
            if reached >= wanted:
                return latency / 1000
        return 0
