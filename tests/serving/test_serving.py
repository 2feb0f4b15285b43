"""The production server: started, reloaded under load, stopped, and robbed of a worker."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from itertools import cycle
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest

from caliber_site.serving import waiting
from caliber_site.serving.scheduling import may_give_way
from caliber_site.settings import Settings
from tests.conftest import BROWSER
from tests.factories import make_edition
from tests.server import ROOT, Site, environment, serve

RELOADS = 5
STORY = "/en/post/a-quiet-day-on-the-lake"
QUESTIONS = (("GET", "/healthz"), ("GET", "/en/"), ("GET", STORY), ("POST", f"{STORY}/views"))
HEADERS = {"User-Agent": BROWSER, "Accept-Encoding": "br"}
PAUSE = 0.005
"""Between the questions of a client, or four of them leave no time for reloading."""

PATIENCE = 60
"""Seconds that something may take on a busy machine."""


@pytest.fixture
def data_dir(settings: Settings) -> Path:
    return settings.data_dir


def start(data_dir: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Run `serve` where it is expected to end by itself."""
    command = [sys.executable, "-m", "flask", "--app", "caliber_site", "serve", *options]
    env = environment(data_dir, "http://127.0.0.1:5000")
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def workers(site: Site) -> set[int]:
    return {child.pid for child in psutil.Process(site.process.pid).children()}


def signal_all(pids: set[int], number: signal.Signals) -> None:
    for pid in pids:
        os.kill(pid, number)


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def reload(site: Site) -> None:
    """Have new workers, and wait until the old ones are gone."""
    old = workers(site)
    site.process.send_signal(signal.SIGHUP)
    wait_until(lambda: len(workers(site)) == 2 and not workers(site) & old)


@contextmanager
def asking(site: Site) -> Iterator[Counter[str]]:
    """Ask all the time, by new connections and by kept ones, and count what comes."""
    came, done = Counter[str](), Event()

    def ask(*, keep: bool) -> None:
        connection = site.connect()
        questions = cycle(QUESTIONS)
        while not done.is_set():
            question = next(questions)
            try:
                connection.request(*question, headers=HEADERS)
                response = connection.getresponse()
                response.read()
                came[str(response.status)] += 1
            except (OSError, HTTPException) as error:
                came[f"{question}: {error!r}, {keep=}"] += 1
                connection.close()
            if not keep:
                connection.close()
            time.sleep(PAUSE)
        connection.close()

    threads = [Thread(target=ask, kwargs={"keep": keep}) for keep in (False, True) * 2]
    for thread in threads:
        thread.start()
    try:
        yield came
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_no_request_is_dropped_while_the_server_is_reloaded(data_dir: Path) -> None:
    with serve(data_dir) as site:
        with site.session() as session:
            make_edition(session)
        with asking(site) as came:
            for _ in range(RELOADS):
                reload(site)
    assert set(came) == {"200"}


def test_reload_keeps_the_process_id(data_dir: Path) -> None:
    with serve(data_dir) as site:
        reload(site)
        assert site.process.poll() is None


def test_code_that_does_not_start_leaves_the_old_code_running(data_dir: Path) -> None:
    with serve(data_dir) as site:
        old = workers(site)
        away = data_dir.rename(data_dir.with_name("away"))
        data_dir.touch()
        site.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "the old one goes on" in (away / "server.log").read_text())
        data_dir.unlink()
        away.rename(data_dir)
        assert workers(site) == old


def test_stopped_server_has_answered_what_it_was_asked(data_dir: Path) -> None:
    with serve(data_dir) as site:
        connection = site.connect()
        connection.request("GET", "/en/")
        site.process.terminate()
        assert connection.getresponse().status == 200
        connection.close()
        assert site.process.wait(PATIENCE) == 0


def test_stopped_server_answers_what_waits_for_new_workers(data_dir: Path) -> None:
    with serve(data_dir) as site:
        old = workers(site)
        signal_all(old, signal.SIGKILL)
        wait_until(lambda: len(workers(site) - old) == 2)
        new = workers(site)
        signal_all(new, signal.SIGSTOP)
        connections = [site.connect() for _ in range(8)]
        for connection in connections:
            connection.request("GET", "/en/")
        site.process.terminate()
        time.sleep(0.5)
        signal_all(new, signal.SIGCONT)
        assert [connection.getresponse().status for connection in connections] == [200] * 8
        for connection in connections:
            connection.close()
        assert site.process.wait(PATIENCE) == 0


def test_killed_worker_is_replaced(data_dir: Path) -> None:
    with serve(data_dir) as site:
        killed = min(workers(site))
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: len(workers(site) - {killed}) == 2)


def test_worker_that_died_before_it_was_waited_for_is_replaced(data_dir: Path) -> None:
    nobody = subprocess.Popen([sys.executable, "-c", ""])
    nobody.wait()
    left = json.dumps({"sockets": [], "workers": [nobody.pid]})
    again = [sys.executable, "-c", "print('started again')"]
    waited = subprocess.run(
        [sys.executable, waiting.__file__, "1", *again],
        env=environment(data_dir, "http://127.0.0.1:5000", **{waiting.VARIABLE: left}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert waited.stdout == "started again\n"


def test_workers_share_what_is_loaded(data_dir: Path) -> None:
    with serve(data_dir) as site:
        infos = [psutil.Process(pid).memory_full_info() for pid in workers(site)]
        assert sum(info.uss for info in infos) < sum(info.rss for info in infos) / 2


def test_worker_that_is_woken_lets_others_go_on(data_dir: Path) -> None:
    chosen = os.SCHED_BATCH if may_give_way() else os.SCHED_OTHER
    with serve(data_dir) as site:
        assert {os.sched_getscheduler(pid) for pid in workers(site)} == {chosen}


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOSYS])
def test_rule_that_cannot_be_had_is_done_without(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_given: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(os, "sched_setscheduler", refuse)
    assert not may_give_way()


def test_rule_that_one_is_killed_for_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        os, "sched_setscheduler", lambda *_given: os.kill(os.getpid(), signal.SIGSYS)
    )
    assert not may_give_way()


def test_pages_are_made_before_there_are_workers(data_dir: Path) -> None:
    (data_dir / "caliber.sqlite").unlink()
    with serve(data_dir) as site:
        assert site.log().count("no pages could be made before the start") == 1


def test_database_is_migrated_before_the_first_answer(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with serve(tmp_path / "new", options=["--upgrade"]) as site:
        connection = site.connect()
        connection.request("GET", "/en/")
        assert connection.getresponse().status == 200
        connection.close()


def test_database_that_cannot_be_migrated_is_one_line_and_exits_2(data_dir: Path) -> None:
    (data_dir / "caliber.sqlite").write_bytes(b"no database" * 1000)
    result = start(data_dir, "--upgrade")
    assert (result.returncode, result.stderr) == (
        2,
        "Error: the database: file is not a database\n",
    )


def test_database_that_cannot_be_migrated_leaves_the_old_code_running(data_dir: Path) -> None:
    with serve(data_dir, options=["--upgrade"]) as site:
        old, database = workers(site), data_dir / "caliber.sqlite"
        database.rename(data_dir / "away")
        database.write_bytes(b"no database" * 1000)
        site.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "file is not a database" in site.log())
        (data_dir / "away").rename(database)
        site.process.send_signal(signal.SIGHUP)
        wait_until(lambda: len(workers(site)) == 2 and not workers(site) & old)


def test_connections_are_as_many_as_the_system_lets_it_have(data_dir: Path) -> None:
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(few, 100), most))
    try:
        with serve(data_dir, workers=1) as site, ExitStack() as stack:
            resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))
            for connection in [site.connect() for _ in range(200)]:
                stack.callback(connection.close)
                connection.request("GET", "/healthz")
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))


def test_unknown_option_is_one_line_and_exits_2(data_dir: Path) -> None:
    result = start(data_dir, "--prt", "8000")
    assert result.returncode == 2
    assert result.stderr.splitlines() == ["Error: No such option '--prt'. Did you mean '--port'?"]


def test_taken_port_is_one_line_and_exits_2(data_dir: Path) -> None:
    with serve(data_dir) as site:
        result = start(data_dir, "--port", site.url.rpartition(":")[2])
    assert result.returncode == 2
    assert result.stderr.startswith("Error: cannot listen: Address already in use")
    assert len(result.stderr.splitlines()) == 1
