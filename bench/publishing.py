"""Publishing while the index is rebuilt: how soon readers find a new edition."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, sleep
from uuid import uuid4

from bench.corpus import Corpus
from bench.sites import URL
from bench.web import Client, open_client
from caliber_site.database import take_write_lock
from caliber_site.models import Article
from caliber_site.search.engine import open_engine
from tests.factories import make_edition, make_section
from tests.server import ROOT, environment

PAUSE = 0.5
"""Seconds between two publications."""

MOST = 20


def describe_publishing(corpus: Corpus) -> str:
    """Return how soon the search page had editions that were published during a rebuild."""
    seconds = list[float]()
    with open_client(corpus.settings.data_dir) as client, _rebuilding(corpus) as rebuild:
        while rebuild.poll() is None and len(seconds) < MOST:
            seconds.append(_publish(corpus, client, f"published{len(seconds)}"))
            sleep(PAUSE)
    return (
        f"{corpus.name}: {len(seconds)} editions published while the index was rebuilt,"
        f" found after {max(seconds):.2f} s at most"
    )


def _publish(corpus: Corpus, client: Client, word: str) -> float:
    """Publish an edition and return after how many seconds it was found; delete it again."""
    engine = open_engine(corpus.settings)
    with corpus.session() as session:
        article = Article(story=f"bench:{uuid4()}", section=make_section(session))
        session.add(article)
        session.flush()
        edition = make_edition(session, corpus.language.tag, word, article=article, minutes_ago=0)
        start = perf_counter()
        engine.update(session, [edition.id])
        while f'/post/{edition.slug}"' not in client.search(corpus.language, word).body:
            sleep(0.01)
        found = perf_counter() - start
        edition_id = edition.id
        session.commit()
        take_write_lock(session)
        session.delete(article)
        session.commit()
        engine.update(session, [edition_id])
    engine.close()
    return found


@contextmanager
def _rebuilding(corpus: Corpus) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "flask", "--app", "caliber_site", "search", "rebuild"]
    data = corpus.settings.data_dir
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment(data, URL), cwd=ROOT, stdout=quiet) as rebuild:
        try:
            yield rebuild
        finally:
            rebuild.terminate()
