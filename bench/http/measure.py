"""Measuring over HTTP: medians of runs that take turns, so that noise meets all lines alike."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.http.changes import drive_changing
from bench.http.requests import CHANGED_YARDSTICK, POST, YARDSTICK, Asked
from bench.http.stack import Server, only
from bench.http.wrk import Drive, drive
from bench.table import Result

RUNS = 3
WARM_UP = 2


@dataclass(frozen=True)
class Run:
    """One run of a line: what came, and processor milliseconds of the server for each request."""

    drive: Drive
    cpu_ms: float


def measure(
    lines: Sequence[Asked],
    servers: Mapping[str, Server],
    data_dir: Path,
    seconds: float,
    suffix: str = "",
) -> list[Result]:
    """Return the table's lines but for those whose server or, with a word, page does not exist.

    Args:
        lines: What is asked, the yardsticks too.
        servers: Those that run, by name.
        data_dir: Of the site.
        seconds: How long each run of a line takes.
        suffix: What names get at their end.
    """
    asked = [x for x in lines if x.server in servers and _exists(x, servers[x.server])]
    runs: dict[str, list[Run]] = {line.name: [] for line in asked}
    first = dict.fromkeys(runs, 0)
    for turn in range(-1, RUNS):  # the first one warms up
        for line in asked:
            server = servers[line.server]
            wanted = WARM_UP if turn < 0 else seconds
            with only(server, servers.values()):
                run = _run(line, server, data_dir, wanted, first[line.name])
            first[line.name] += run.drive.requests + 16
            if turn >= 0:
                runs[line.name].append(run)
    return [
        _summarize(
            line.name + suffix,
            runs[line.name],
            runs[YARDSTICK],
            runs[CHANGED_YARDSTICK if line.changing else YARDSTICK],
        )
        for line in asked
    ]


def _exists(line: Asked, server: Server) -> bool:
    if line.paths[0].startswith(POST):
        return True
    status, _headers, _body = server.get(line.paths[0], **line.headers)
    if status != line.status:
        print(f"{line.name}: {line.paths[0]} answers {status}: left out", file=sys.stderr)
    return status == line.status


def _run(line: Asked, server: Server, data_dir: Path, seconds: float, first: int) -> Run:
    before = server.cpu_seconds()
    if line.changing:
        drove = drive_changing(server.url, line.paths, seconds, data_dir)
    else:
        drove = drive(
            server.url,
            line.paths,
            seconds,
            headers=line.headers,
            first=first,
            processor=server.client,
        )
    cpu = server.cpu_seconds() - before
    if drove.faults:
        print(f"{line.name}: {drove.faults} requests without a good answer", file=sys.stderr)
    return Run(drove, 1000 * cpu / max(1, drove.requests))


def _rate(run: Run) -> float:
    return run.drive.requests / run.drive.seconds


def _summarize(
    name: str, runs: Sequence[Run], yardstick: Sequence[Run], asked_alike: Sequence[Run]
) -> Result:
    rate = median(map(_rate, runs))
    p50, p95, p99 = (
        round(median(getattr(run.drive, share) for run in runs), 3)
        for share in ("p50", "p95", "p99")
    )
    cpu = round(median(run.cpu_ms for run in runs), 3)
    ratio = round(rate / median(map(_rate, yardstick)), 3)
    # Of each turn, for the next one may find the machine faster.
    turns = zip(runs, asked_alike, strict=True)
    cpu_ratio = round(median(run.cpu_ms / hello.cpu_ms for run, hello in turns), 2)
    return Result(name, round(rate, 1), p50, p95, p99, cpu, ratio, cpu_ratio)
