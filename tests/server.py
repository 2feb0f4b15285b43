"""The site as readers meet it: the production server in processes of its own, on a free port."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from caliber_site.database import prepare
from caliber_site.demo.load import STORY as DEMO
from caliber_site.languages import Language
from caliber_site.models import Article, Edition, now
from tests.conftest import SECRET

ROOT = Path(__file__).parent.parent
START_SECONDS = 30
CHANNELS = {
    "twitter": "https://x.example/caliber",
    "youtube": "https://video.example/caliber",
    "instagram": "https://pictures.example/caliber",
    "facebook": "https://faces.example/caliber",
    "telegram": {
        "en": "https://t.example/caliber_en",
        "ru": "https://t.example/caliber_ru",
        "arm": "https://t.example/caliber_hy",
    },
    "app_store": "https://apps.example/caliber",
    "play_market": "https://play.example/caliber",
}


@dataclass(frozen=True, repr=False)
class Site:
    """A site that runs: its address, its folder and its database."""

    url: str
    data_dir: Path
    engine: Engine
    process: subprocess.Popen[bytes]

    def session(self) -> Session:
        """Return a session on the running site's database."""
        return Session(self.engine)

    def connect(self) -> HTTPConnection:
        """Return a new connection to the server."""
        return HTTPConnection(urlsplit(self.url).netloc, timeout=30)

    def edition(self, story: str, language: Language) -> Edition:
        """Return a demo story's edition."""
        editions = select(Edition).join(Article).where(Article.story == DEMO + story)
        with self.session() as session:
            return session.scalars(editions.where(Edition.language == language.tag)).one()

    def slug(self, story: str, language: Language) -> str:
        """Return the slug of a demo story's edition."""
        return self.edition(story, language).slug

    def article(self, story: str, language: Language) -> str:
        """Return the path of a demo story's edition."""
        return f"/{language.label}/post/{self.slug(story, language)}"

    def articles(self, language: Language) -> list[str]:
        """Return the paths of all public editions of a language."""
        slugs = select(Edition.slug).where(
            Edition.language == language.tag, Edition.is_public(now())
        )
        with self.session() as session:
            return [f"/{language.label}/post/{slug}" for slug in session.scalars(slugs)]

    def faults(self) -> str:
        """Return what the server has written from the first fault on."""
        _, fault, more = self.log().partition("Traceback")
        return fault + more[:2000]

    def log(self) -> str:
        """Return what the server has written so far."""
        return (self.data_dir / "server.log").read_text()

    def kill(self) -> None:
        """End all processes of the server at once, as a loss of power would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def environment(data_dir: Path, url: str, **settings: str) -> dict[str, str]:
    """Return the environment of a site of its own, whatever this process was started with."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("CALIBER_")}
    return own | {
        "CALIBER_SECRET_KEY": SECRET,
        "CALIBER_SITE_URL": url,
        "CALIBER_DATA_DIR": str(data_dir),
        **settings,
    }


def load_demo(data_dir: Path, url: str = "http://127.0.0.1:5000") -> None:
    """Make a site with the hand-written demo content, through the command line."""
    run_commands(data_dir, url, "db upgrade", "demo load", "search sync")


def run_commands(data_dir: Path, url: str, *commands: str) -> None:
    """Run commands of a site, one after the other."""
    for command in commands:
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "caliber_site", *command.split()],
            env=environment(data_dir, url),
            cwd=ROOT,
            check=True,
            capture_output=True,
        )


def copy_site(source: Path, target: Path) -> Path:
    """Copy a site’s folder, to be done while no server runs on it."""
    return Path(shutil.copytree(source, target, symlinks=True))


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def serve(
    data_dir: Path,
    workers: int = 2,
    database: str = "",
    options: Sequence[str] = (),
    **settings: str,
) -> Iterator[Site]:
    """Run the production server on a site's folder, as `make serve` does.

    Args:
        data_dir: The folder.
        workers: Number of worker processes.
        database: Address of the migrated database; without one it is in the folder.
        options: More of the server's options.
        settings: Environment variables on top; without CALIBER_CHANNELS all channels are set.
    """
    database = database or f"sqlite:///{data_dir / 'caliber.sqlite'}"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"CALIBER_CHANNELS": json.dumps(CHANNELS)} | settings
    settings["CALIBER_DATABASE_URL"] = database
    command = [sys.executable, "-m", "flask", "--app", "caliber_site", "serve"]
    command += ["--workers", str(workers), "--port", str(port), *options]
    with (data_dir / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            env=environment(data_dir, url, **settings),
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    engine = create_engine(database)
    prepare(engine)
    site = Site(url, data_dir, engine, process)
    try:
        _wait_until_ready(site)
        yield site
    finally:
        engine.dispose()
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                site.kill()


def _wait_until_ready(site: Site) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and site.process.poll() is None:
        connection = site.connect()
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    message = f"the server did not start:\n{site.log()}"
    raise RuntimeError(message)
