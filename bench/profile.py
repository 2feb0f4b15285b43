"""Where the time of a page goes: run as `python -m bench.profile` it prints one tree a page.

Pages are rendered in this process, without the production server and without ready pages.
"""

import argparse
from collections.abc import Sequence

from flask import Flask
from pyinstrument import Profiler

from bench.http.load import HEADERS
from bench.http.requests import LANGUAGE, address, read_content
from bench.sites import load_site, read_settings
from caliber_site import create_app
from caliber_site.extensions import db
from caliber_site.serving.preload import preload

TIMES = 100


def main() -> None:
    """Profile what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("--total", type=int, default=3_000, help="editions of the site")
    parser.add_argument("--times", type=int, default=TIMES, help="requests of each kind")
    arguments = parser.parse_args()
    data_dir = load_site(arguments.total)
    content = read_content(data_dir)
    root = f"/{LANGUAGE.label}/"
    pages = {
        "article": content.articles,
        "front page": [root],
        "search page": [address(f"{root}search", q=text) for text in content.queries],
    }
    app = create_app(read_settings(data_dir).model_copy(update={"page_cache": 0}))
    app.testing = True  # the index is not looked after meanwhile
    preload(app)
    for name, paths in pages.items():
        print(f"{name}, {arguments.times} times", profile(app, paths, arguments.times), sep="\n")
    with app.app_context():
        db.engine.dispose()


def profile(app: Flask, paths: Sequence[str], times: int) -> str:
    """Return the tree of calls behind some requests, as text; the first page warms up."""
    client = app.test_client()
    client.get(paths[0], headers=HEADERS)
    with Profiler(interval=0.0005) as profiler:
        for number in range(times):
            client.get(paths[(number + 1) % len(paths)], headers=HEADERS)
    return profiler.output_text(show_all=False, color=False, unicode=True)


if __name__ == "__main__":
    main()
