"""The whole of the benchmarks over HTTP, for sites of several sizes."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.http.measure import measure
from bench.http.requests import (
    list_asked,
    list_pages,
    name_file,
    name_ready,
    read_content,
)
from bench.http.stack import start_all
from bench.http.visits import describe_memory, describe_start, describe_visits
from bench.sites import load_site
from bench.table import Result


def run(totals: Sequence[int], seconds: float) -> tuple[list[Result], list[str]]:
    """Return the table's lines, and what else there is to tell, for sites of some sizes.

    Args:
        totals: Synthetic editions in all languages; lines of the first have the plain names.
        seconds: How long each run of a line takes.
    """
    results, told = list[Result](), list[str]()
    for total in totals:
        suffix = "" if total == totals[0] else f".{total}"
        lines, said = _run(total, seconds, suffix)
        results += lines
        told += said
    return results, told


def _run(total: int, seconds: float, suffix: str) -> tuple[list[Result], list[str]]:
    data_dir = load_site(total)
    content = read_content(data_dir)
    pages = list_pages(content)
    hot, second = content.articles[:2]
    told = [describe_start(data_dir, total)]
    with TemporaryDirectory() as folder, start_all(data_dir, pages, Path(folder)) as servers:
        site = servers["site"]
        told.append(describe_visits(site, hot, second, total))
        _status, headers, _body = site.get(hot)
        lines = measure(
            list_asked(content, headers.get("ETag")), servers, data_dir, seconds, suffix
        )
        told += [describe_memory(site, total), _compare(lines, pages, suffix, total)]
    return lines, told


def _compare(lines: Sequence[Result], pages: Iterable[str], suffix: str, total: int) -> str:
    """Return how many ready pages the site gives where nginx gives one."""
    rates = {line.name: line.rps for line in lines}
    pairs = {page: (f"{name_ready(page)}{suffix}", f"{name_file(page)}{suffix}") for page in pages}
    shares = [
        f"{page} {rates[ready] / rates[file]:.2f}"
        for page, (ready, file) in pairs.items()
        if {ready, file} <= rates.keys()
    ]
    return (
        f"{total}: of nginx with the same bytes as files: {', '.join(shares) or 'it is not there'}"
    )
