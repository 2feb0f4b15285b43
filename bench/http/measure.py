"""Measuring over HTTP: medians of runs, in which lines and their yardstick take turns.

A machine that others use, too, is faster at one moment than at the next. So a run of a line is
many short ones, and those of its yardstick are between them.
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.http.changes import drive_changing
from bench.http.driving import drive
from bench.http.load import Drive
from bench.http.requests import POST, Asked
from bench.http.stack import Server, only
from bench.table import Result

RUNS = 3
TURN_SECONDS = 1
WARM_UP = 2
"""Turns before the first run."""


@dataclass(frozen=True)
class Run:
    """One run of a line: what came, and the seconds of a processor that the server took for it."""

    drive: Drive = field(default_factory=Drive)
    cpu_seconds: float = 0

    def __add__(self, other: "Run") -> "Run":
        """Return both as one."""
        return Run(self.drive + other.drive, self.cpu_seconds + other.cpu_seconds)

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.drive.requests / self.drive.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor milliseconds of the server for each request."""
        return 1000 * self.cpu_seconds / max(1, self.drive.requests)


def measure(
    groups: Sequence[Sequence[Asked]],
    servers: Mapping[str, Server],
    data_dir: Path,
    seconds: float,
    suffix: str = "",
) -> list[Result]:
    """Return the table's lines but for those whose server or, with a word, page does not exist.

    Args:
        groups: What is asked in turn; the first line of each is its yardstick, without which the
            group is left out. One that several have is told of as the first of them found it.
        servers: Those that run, by name.
        data_dir: Of the site.
        seconds: How long each run of a line takes.
        suffix: What names get at their end.
    """
    measuring = Measuring(servers, data_dir)
    found = [lines for group in groups if len(lines := measuring.find(group)) > 1]
    runs = list[list[list[Run]]]()
    for turns in (WARM_UP, *[max(1, round(seconds / TURN_SECONDS))] * RUNS):
        runs.append([measuring.run(group, turns) for group in found])
    results = dict[str, Result]()
    for number, group in enumerate(found):
        own = [run[number] for run in runs[1:]]
        yardstick = [run[0] for run in own]
        for place, line in enumerate(group):
            told = summarize(line.name + suffix, [run[place] for run in own], yardstick)
            results.setdefault(told.name, told)
    return [*results.values()]


class Measuring:
    """Measures servers, of which one at a time has the machine."""

    def __init__(self, servers: Mapping[str, Server], data_dir: Path) -> None:
        """Make it.

        Args:
            servers: Those that run, by name.
            data_dir: Of the site.
        """
        self._servers, self._data_dir = servers, data_dir
        self._asked = Counter[str]()

    def find(self, group: Sequence[Asked]) -> list[Asked]:
        """Return the lines of a group for which there is what they ask for."""
        yardstick, *lines = group
        if not self._exists(yardstick):
            return []
        return [yardstick, *filter(self._exists, lines)]

    def _exists(self, line: Asked) -> bool:
        if line.server not in self._servers or line.paths[0].startswith(POST):
            return line.server in self._servers
        status, _headers, _body = self._servers[line.server].get(line.paths[0], **line.headers)
        if status != line.status:
            print(f"{line.name}: {line.paths[0]} answers {status}: left out", file=sys.stderr)
        return status == line.status

    def run(self, group: Sequence[Asked], turns: int) -> list[Run]:
        """Return a run of each line of a group, in so many turns."""
        runs = [Run() for _ in group]
        for _ in range(turns):
            runs = [run + self._take_turn(line) for run, line in zip(runs, group, strict=True)]
        for line, run in zip(group, runs, strict=True):
            if faults := run.drive.faults:
                print(f"{line.name}: {faults} requests without a good answer", file=sys.stderr)
        return runs

    def _take_turn(self, line: Asked) -> Run:
        server = self._servers[line.server]
        with only(server, self._servers.values()):
            server.rest()
            before = server.cpu_seconds()
            drove = self._drive(line, server)
            cpu = server.cpu_seconds() - before
        self._asked[line.name] += drove.requests + 16
        return Run(drove, cpu)

    def _drive(self, line: Asked, server: Server) -> Drive:
        if line.changing:
            return drive_changing(server.url, line.paths, TURN_SECONDS, self._data_dir)
        return drive(
            server.url,
            line.paths,
            TURN_SECONDS,
            headers=line.headers,
            first=self._asked[line.name],
            processor=server.client,
        )


def summarize(name: str, runs: Sequence[Run], yardstick: Sequence[Run]) -> Result:
    """Return a line of the table: medians of its runs, and of each one over the yardstick's."""
    p50, p95, p99 = (
        round(median(run.drive.percentile(percentage) for run in runs), 3)
        for percentage in (50, 95, 99)
    )
    pairs = [*zip(runs, yardstick, strict=True)]
    return Result(
        name,
        round(median(run.rate for run in runs), 1),
        p50,
        p95,
        p99,
        round(median(run.cpu_ms for run in runs), 3),
        round(median(run.rate / other.rate for run, other in pairs), 3),
        round(median(run.cpu_ms / other.cpu_ms for run, other in pairs), 2),
    )
