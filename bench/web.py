"""The site as it runs: one process of the production server with all languages at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from bench.corpus import Corpus
from bench.querylog import LIVE
from caliber_site.languages import Language
from tests.conftest import BROWSER
from tests.server import Site, serve


class Answer(NamedTuple):
    """What came for one request."""

    status: int
    body: str


class Client:
    """Asks a site's search page, one request after the other."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._connection = site.connect()

    def search(self, language: Language, text: str, **more: str) -> Answer:
        """Ask for the results of a text."""
        path = f"/{language.label}/search?{urlencode({'q': text, **more}, errors='replace')}"
        self._connection.request("GET", path, headers={"User-Agent": BROWSER})
        response = self._connection.getresponse()
        return Answer(response.status, response.read().decode())

    def peak_memory(self) -> float:
        """Return the most megabytes that the process which answers has had in memory."""
        pid = self._site.process.pid
        (worker,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = Path(f"/proc/{worker}/status").read_text().splitlines()
        (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
        return int(peak) / 1024


@contextmanager
def open_client(data_dir: Path) -> Iterator[Client]:
    """Run the site in a data folder with one process, and ask it."""
    with serve(data_dir, workers=1) as site:
        yield Client(site)


def describe_memory(corpora: list[Corpus]) -> str:
    """Return what a web process takes after the queries of all languages of one site."""
    first, *_ = corpora
    with open_client(first.settings.data_dir) as client:
        for corpus in corpora:
            for kind, texts in corpus.log.items():
                more = {"live": "1"} if kind in LIVE else {}
                for text in texts:
                    client.search(corpus.language, text, **more)
        peak = client.peak_memory()
    languages = "+".join(corpus.language.label for corpus in corpora)
    return f"{languages}.{first.editions}: a web process takes {peak:.0f} MB at most"
