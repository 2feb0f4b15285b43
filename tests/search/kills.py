"""Kill -9 while the index is written: `python -m bench.kills` does it 50 times each.

A process changes editions and lets the index follow, until it is killed at any moment. Searches
go on meanwhile, by the engine and on the site; then the index must catch up and equal the database.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from caliber_site.database import prepare
from caliber_site.languages import ENGLISH
from caliber_site.models import Edition, now, record_change
from caliber_site.search import embedded, parts
from caliber_site.search.embedded import EmbeddedEngine
from caliber_site.search.folder import Folder
from caliber_site.search.merging import merge_all
from caliber_site.search.query import Query
from caliber_site.settings import Settings
from tests.factories import make_edition

EDITIONS = 40
VERBS = {"sync": 0.4, "merge": 0.4, "rebuild": 0.4, "parts": 4.0}
"""What is killed, and after how many seconds at the latest; `parts` rebuilds in processes."""


def kill(settings: Settings, verb: str, times: int, ask: Callable[[str], int]) -> int:
    """Kill a process that many times; return how many searches were answered meanwhile.

    Args:
        settings: Those of the site.
        verb: What the process does.
        times: How often it is killed.
        ask: Asks the site for a path and returns the status of its answer.

    Raises:
        AssertionError: A search failed, or the index did not catch up.
    """
    chance, searches = random.Random(verb), 0  # noqa: S311
    engine = EmbeddedEngine(settings.index_dir)
    with _session(settings.database) as session, _server(settings) as server:
        engine.sync(session)
        for _ in range(times):
            pid = _tell(server, verb)
            until = time.monotonic() + VERBS[verb] * chance.random()
            try:
                while time.monotonic() < until:
                    searches += _search(engine, ask)
            finally:
                os.kill(pid, signal.SIGKILL)
            searches += _search(engine, ask)
            engine.catch_up(session)
            assert engine.check(session) == []
            assert engine.search(Query("harbour", ENGLISH, now(), size=99)).total == EDITIONS
    engine.close()
    return searches


def prepare_editions(settings: Settings) -> None:
    """Make editions to change."""
    with _session(settings.database) as session:
        for number in range(EDITIONS):
            make_edition(session, title=f"Harbour {number}", minutes_ago=number)


def _search(engine: EmbeddedEngine, ask: Callable[[str], int]) -> int:
    # Always another query, so that no ready answer helps.
    text = f"harbour {random.random()}"  # noqa: S311
    assert ask(f"/en/search?{urlencode({'q': text})}") == 200
    results = engine.search(Query(text, ENGLISH, now()))
    assert results.available
    assert results.total == EDITIONS
    return 1


@contextmanager
def _session(database: str) -> Iterator[Session]:
    database_engine = create_engine(database)
    prepare(database_engine)
    with Session(database_engine) as session:
        yield session
    database_engine.dispose()


@contextmanager
def _server(settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    """Start a process that forks one for each verb that it is told, for starting takes long."""
    arguments = [settings.database, str(settings.index_dir)]
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.search.kills", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    with server:
        yield server
        assert server.stdin
        server.stdin.close()


def _tell(server: "subprocess.Popen[str]", verb: str) -> int:
    assert server.stdin
    assert server.stdout
    server.stdin.write(f"{verb}\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def _serve(database: str, path: Path) -> None:
    # Merging is to happen in the process that is killed.
    setattr(embedded, "start_merging", lambda _folder: None)  # noqa: B010
    for line in sys.stdin:
        verb = line.strip()
        setattr(parts, "ALONE", 0 if verb == "parts" else EDITIONS + 1)  # noqa: B010
        pid = os.fork()
        if not pid:
            _work(verb, database, path)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        os.waitpid(pid, 0)


def _work(verb: str, database: str, path: Path) -> None:
    """Change editions, one after the other, and let the index follow; until killed."""
    engine = EmbeddedEngine(path)
    with _session(database) as session:
        editions = session.scalars(select(Edition)).all()
        while True:
            for edition in editions[:8]:
                edition.title = f"Harbour {time.monotonic_ns()}"
                record_change(session, edition)
                session.commit()
                if verb == "sync":
                    engine.sync(session)
                elif verb == "merge":
                    engine.update(session, [edition.id])
            if verb == "merge":
                merge_all(Folder(path / "en"))
            elif verb in {"rebuild", "parts"}:
                engine.rebuild(session, lambda _done, _total: None)


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2]))
