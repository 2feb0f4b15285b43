"""wrk, which asks as fast as it is answered."""

import json
import os
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import BROWSER

SCRIPT = Path(__file__).with_name("wrk.lua")
HEADERS = {"User-Agent": BROWSER, "Accept-Encoding": "gzip, deflate, br, zstd"}
"""Those of a browser, for pages are compressed for it."""


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
    """Ask a server for some paths in turn, over and over, on connections that stay open.

    Args:
        url: Of the server.
        paths: What is asked; with "POST " before it that is sent, by other readers each round.
        seconds: How long, at least one.
        connections: How many are kept busy.
        headers: Beside a browser's.
        first: Which path is the first; later runs go on where others were.
        processor: The one on which wrk works, if it may not work on all.

    Raises:
        FileNotFoundError: There is no wrk.
        subprocess.CalledProcessError: It could not run.
    """
    named = [f"-H{name}: {value}" for name, value in (HEADERS | dict(headers or {})).items()]
    with TemporaryDirectory() as folder:
        asked, out = Path(folder) / "paths", Path(folder) / "out.json"
        asked.write_text("\n".join(paths))
        given = {"PATHS": str(asked), "OUT": str(out), "FIRST": str(first)}
        given["CONNECTIONS"] = str(connections)
        bound = [] if processor is None else ["taskset", "--cpu-list", str(processor)]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", *named]
        subprocess.run(
            [*bound, *command, "--timeout", "20s", "-s", str(SCRIPT), url],
            env=os.environ | {f"WRK_{name}": value for name, value in given.items()},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        told = json.loads(out.read_text())
        return Drive(**told | {"latencies": Counter(dict(told["latencies"]))})
