"""Sites with synthetic editions, made once and kept under `build/bench/`."""

import subprocess
import sys
from pathlib import Path

from caliber_site.settings import Settings
from tests.conftest import SECRET
from tests.server import ROOT, environment

URL = "http://127.0.0.1:5000"
BUILD = ROOT / "build"


def load_site(editions: int) -> Path:
    """Return the data folder of a site with so many synthetic editions in all languages."""
    folder = BUILD / "bench" / str(editions)
    if not (folder / "ready").exists():
        print(f"loading {editions} editions …", file=sys.stderr)
        for command in ("db upgrade", f"demo load --editions {editions}"):
            subprocess.run(
                [sys.executable, "-m", "flask", "--app", "caliber_site", *command.split()],
                env=environment(folder, URL),
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        (folder / "ready").touch()
    return folder


def read_settings(folder: Path) -> Settings:
    """Return the settings of a site in a data folder."""
    values = {"secret_key": SECRET, "site_url": URL, "data_dir": folder}
    return Settings.model_validate(values)
