"""Memory under load: many mixed requests to one site, and what its server takes meanwhile.

Run as `python -m bench.steady`; it prints a line each 5,000 requests and the means at the end.
"""

import argparse
from collections.abc import Iterator, Sequence
from random import Random
from statistics import mean

from bench.http.driving import drive
from bench.http.requests import POST, Content, address, read_content
from bench.http.stack import Server, start_site
from bench.sites import load_site
from caliber_site.languages import LANGUAGES, Language

EVERY = 5_000
HOT = 20
LINES = 50_000
SHARES = {"hot": 44, "tail": 20, "front": 10, "list": 10, "search": 6, "live": 5, "views": 5}
"""What readers ask for, in percent."""


def draw(contents: dict[Language, Content], random: Random) -> Iterator[str]:
    """Yield one request after the other, as many readers would ask."""
    kinds, weights = list(SHARES), list(SHARES.values())
    while True:
        (kind,) = random.choices(kinds, weights)
        language = random.choice(LANGUAGES)
        yield _draw(kind, f"/{language.label}", contents[language], random)


def _draw(kind: str, root: str, content: Content, random: Random) -> str:
    if kind == "front":
        return f"{root}/"
    if kind == "list":
        return f"{content.section}?page={random.randint(1, max(1, content.pages))}"
    if kind == "search":
        return address(f"{root}/search", q=random.choice(content.queries))
    if kind == "live":
        return address(f"{root}/search", q=random.choice(content.live), live="1")
    article = random.choice(content.articles[: HOT if kind == "hot" else None])
    return f"{POST}{article}/views" if kind == "views" else article


def watch(server: Server, lines: Sequence[str], total: int) -> list[tuple[float, float]]:
    """Ask so many requests and return the megabytes after each `EVERY`: shared once, and not."""
    seen, asked, faults = list[tuple[float, float]](), 0, 0
    while asked < total:
        drove = drive(server.url, lines, 2, first=asked)
        asked += drove.requests
        faults += drove.faults
        while len(seen) < asked // EVERY:
            seen.append(server.memory())
            print(f"{asked:>8} requests {seen[-1][0]:>6.0f} MB ({seen[-1][1]:.0f})", flush=True)
    print(f"{faults} requests without a good answer")
    return seen


def main() -> None:
    """Run what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m bench.steady", description=__doc__)
    parser.add_argument("--total", type=int, default=100_000, help="editions of the site")
    parser.add_argument("--requests", type=int, default=200_000)
    arguments = parser.parse_args()
    data_dir = load_site(arguments.total)
    contents = {language: read_content(data_dir, language) for language in LANGUAGES}
    requests = draw(contents, Random("steady"))
    lines = [next(requests) for _ in range(LINES)]
    with start_site(data_dir) as server:
        seen = [shared for shared, _each in watch(server, lines, arguments.requests)]
    half = len(seen) // 2
    print(
        f"{arguments.total} editions, {arguments.requests} requests: {max(seen):.0f} MB at most,"
        f" {mean(seen[:half]):.0f} in the first half, {mean(seen[half:]):.0f} in the second"
    )


if __name__ == "__main__":
    main()
