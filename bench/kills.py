"""Kill -9 during sync, merge and rebuild beside a running site: `python -m bench.kills [TIMES]`."""

import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.sites import read_settings
from caliber_site import create_app
from caliber_site.extensions import load_migrations
from tests.conftest import BROWSER
from tests.search.kills import VERBS, kill, prepare_editions
from tests.server import serve

TIMES = 50


def main(times: int) -> None:
    """Kill so many times while each is done, and print how many searches went on meanwhile."""
    with TemporaryDirectory() as folder:
        settings = read_settings(Path(folder))
        with create_app(settings).app_context():
            load_migrations().upgrade()
        prepare_editions(settings)
        with serve(settings.data_dir) as site:

            def ask(path: str) -> int:
                with closing(site.connect()) as connection:
                    connection.request("GET", path, headers={"User-Agent": BROWSER})
                    return connection.getresponse().status

            for verb in VERBS:
                searches = kill(settings, verb, times, ask)
                print(f"{verb}: killed {times} times, {searches} searches answered", flush=True)
            if faults := site.faults():
                sys.exit(faults)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
