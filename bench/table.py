"""The table, and the same as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADS = ("", "req/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "ratio", "CPU ratio")


@dataclass(frozen=True, slots=True)
class Result:
    """A line of the table; times in milliseconds. What does not apply is None.

    Attributes:
        cpu_ms: Processor time of a request.
        ratio: Requests per second over those of the yardstick that takes turns with it.
        cpu_ratio: Processor time of a request over the same one's.
    """

    name: str
    rps: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    cpu_ms: float | None = None
    ratio: float | None = None
    cpu_ratio: float | None = None


def render(results: Sequence[Result], ratios: Mapping[str, float] | None = None) -> str:
    """Return results as a table.

    Args:
        results: The lines.
        ratios: Ratios to another yardstick than the one of the whole run, by name of the line.
    """
    lines = [f"{HEADS[0]:<36}" + "".join(f"{head:>10}" for head in HEADS[1:])]
    for x in results:
        ratio = (ratios or {}).get(x.name, x.ratio)
        figures = f"{x.rps:>10.0f}{x.p50_ms:>10.2f}{x.p95_ms:>10.2f}{x.p99_ms:>10.2f}"
        of_cpu = f"{_figure(x.cpu_ms)}{_figure(ratio)}{_figure(x.cpu_ratio)}"
        lines.append(f"{x.name:<36}{figures}{of_cpu}".rstrip())
    return "\n".join(lines)


def write_json(file: Path, results: Sequence[Result], told: Sequence[str] = ()) -> None:
    """Write results, and what else there is to tell, into a file.

    Figures that do not apply are left out.
    """
    rows = [
        {name: value for name, value in asdict(result).items() if value is not None}
        for result in results
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"results": rows, "told": list(told)}, indent=1))


def _figure(value: float | None) -> str:
    return " " * 10 if value is None else f"{value:>10.2f}"
