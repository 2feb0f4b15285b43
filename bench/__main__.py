"""Run the benchmarks: one table on standard output, the same as JSON in build/bench.json."""

import argparse
import sys
from collections.abc import Sequence

from bench.building import describe_builds
from bench.corpus import load_corpus
from bench.engines import measure_rivals, measure_site
from bench.hostile import measure as measure_hostile
from bench.http.run import run as run_http
from bench.publishing import describe_publishing
from bench.relevance import describe, measure
from bench.sites import BUILD
from bench.table import Result, render, write_json
from bench.web import describe_memory
from caliber_site.languages import BY_LABEL

SIZES = (10_000, 100_000)
TOTALS = (3_000, 100_000)
EACH, HOSTILE = 100, 5000
SECONDS = 5.0
HALVES = ("http", "engine")


def main() -> None:
    """Run what the arguments say; all of it without any."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="EDITIONS")
    parser.add_argument("--languages", nargs="+", default=list(BY_LABEL), choices=list(BY_LABEL))
    parser.add_argument("--each", type=int, default=EACH, help="queries of each kind")
    parser.add_argument("--hostile", type=int, default=HOSTILE, help="hostile queries")
    parser.add_argument("--only", choices=HALVES, help="one half of the benchmarks")
    parser.add_argument("--totals", type=int, nargs="+", default=TOTALS, metavar="EDITIONS")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of a run over HTTP")
    arguments = parser.parse_args()
    results, told = list[Result](), list[str]()
    if arguments.only != "engine":
        lines, said = run_http(arguments.totals, arguments.seconds)
        results += lines
        told += said
    if arguments.only != "http":
        lines, said = run_engine(arguments)
        results += lines
        told += said
    print(render(results, compare(results)))
    print("\n".join(told))
    write_json(BUILD / "bench.json", results, told)


def run_engine(arguments: argparse.Namespace) -> tuple[list[Result], list[str]]:
    """Return the lines of the engine, and what else there is to tell of it."""
    languages = [BY_LABEL[label] for label in arguments.languages]
    results, told = list[Result](), list[str]()
    for size in arguments.sizes:
        corpora = [load_corpus(language, size, arguments.each) for language in languages]
        for corpus in corpora:
            results += [*measure_site(corpus), *measure_rivals(corpus)]
            told.append(describe_builds(corpus))
            line, faults = measure_hostile(corpus, arguments.hostile // len(corpora))
            results.append(line)
            told.append(faults)
            print(render(results), file=sys.stderr)  # it takes hours, and might fail at the end
        told += [describe_memory(corpora), describe_publishing(corpora[0])]
    return results, [*told, *describe(measure(languages))]


def compare(results: Sequence[Result]) -> dict[str, float]:
    """Return the requests per second of each line over those of plain Whoosh's, by its name."""
    plain = "plain-whoosh."
    rates = {x.name.removeprefix(plain): x.rps for x in results if x.name.startswith(plain)}
    told = {}
    for result in results:
        _, _, line = result.name.partition(".")
        if line in rates:
            told[result.name] = result.rps / rates[line]
    return told


if __name__ == "__main__":
    main()
