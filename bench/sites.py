"""Sites with synthetic editions, made once and kept under `build/bench/`."""

import sys
from pathlib import Path

from caliber_site.settings import Settings
from tests.conftest import make_settings
from tests.server import ROOT, run_commands

URL = "http://127.0.0.1:5000"
BUILD = ROOT / "build"


def load_site(editions: int) -> Path:
    """Return the data folder of a site with so many synthetic editions in all languages."""
    folder = BUILD / "bench" / str(editions)
    run_commands(folder, URL, "db upgrade")
    if not (folder / "ready").exists():
        print(f"loading {editions} editions …", file=sys.stderr)
        run_commands(folder, URL, f"demo load --editions {editions}")
        (folder / "ready").touch()
    return folder


def read_settings(folder: Path) -> Settings:
    """Return the settings of a site in a data folder, and never those that this shell has."""
    return make_settings(folder, site_url=URL, database_url="", redis_url="")
