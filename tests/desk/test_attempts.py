import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fakeredis import TcpFakeServer
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site import create_app
from caliber_site.desk.attempts import Counter
from caliber_site.extensions import db
from caliber_site.models import Attempt, now
from caliber_site.settings import Settings
from tests.conftest import make_settings
from tests.desk.conftest import PASSWORD, TOKEN, Desk
from tests.factories import make_editor
from tests.server import Site, free_port, serve

EMAIL = "nobody@paper.example"
NOWHERE = "redis://127.0.0.1:1/0"

Open = Callable[[str], Flask]


@pytest.fixture
def open_site(settings: Settings) -> Iterator[Open]:
    """Open the site as with this Redis, as another of its processes does."""
    opened: list[Flask] = []

    def open_with(redis_url: str = "") -> Flask:
        opened.append(create_app(make_settings(settings.data_dir, redis_url=redis_url)))
        opened[-1].testing = True
        return opened[-1]

    yield open_with
    for site in opened:
        with site.app_context():
            db.engine.dispose()


@pytest.fixture
def redis() -> Iterator[str]:
    """The address of a server that speaks as Redis does."""
    port = free_port()
    server = TcpFakeServer(("127.0.0.1", port), server_type="redis")
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"redis://127.0.0.1:{port}/0"
    server.shutdown()
    server.server_close()


def count_rows(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Attempt)) or 0


def try_all(site: Flask, times: int, email: str = EMAIL) -> list[int]:
    return [Desk(site).sign_in(email, "wrong").status_code for _ in range(times)]


def test_attempts_are_counted_for_all_processes(open_site: Open) -> None:
    assert try_all(open_site(""), 5) == [401] * 5
    assert try_all(open_site(""), 4) == [401] * 3 + [429]


def test_refusal_says_when_to_try_again(app: Flask) -> None:
    try_all(app, 8)
    answer = Desk(app).sign_in(EMAIL, "wrong")
    assert answer.status_code == 429
    assert 890 <= int(answer.headers["Retry-After"]) <= 900


def test_signing_in_forgets_the_attempts_at_the_account(app: Flask, session: Session) -> None:
    editor = make_editor(session)
    for _ in range(3):
        assert try_all(app, 7, editor.email) == [401] * 7
        assert Desk(app).sign_in(editor.email, PASSWORD).status_code == 303


def test_attempts_are_forgotten_after_their_time(session: Session) -> None:
    gone = now() - timedelta(seconds=1)
    session.add_all(Attempt(key=bytes([n] * 16), count=99, ends_at=gone) for n in range(3))
    session.commit()
    assert Counter().count(session, bytes([1] * 16), 900).number == 1
    assert count_rows(session) == 1


def test_later_attempts_do_not_put_off_the_end(session: Session) -> None:
    key = bytes(16)
    session.add(Attempt(key=key, count=1, ends_at=now() + timedelta(seconds=60)))
    session.commit()
    counted = Counter().count(session, key, 900)
    assert (counted.number, counted.seconds) == (2, 60)


def test_neither_address_nor_account_is_stored(app: Flask, session: Session) -> None:
    try_all(app, 1)
    keys = session.scalars(select(Attempt.key)).all()
    assert [len(key) for key in keys] == [16, 16]
    assert not any(part in key for key in keys for part in (b"nobody", b"127.0.0.1"))


def test_redis_counts_where_there_is_one(open_site: Open, redis: str, session: Session) -> None:
    assert try_all(open_site(redis), 5) == [401] * 5
    assert try_all(open_site(redis), 4) == [401] * 3 + [429]
    assert count_rows(session) == 0


def test_redis_forgets_the_attempts_after_a_sign_in(
    open_site: Open, redis: str, session: Session
) -> None:
    editor, site = make_editor(session), open_site(redis)
    for _ in range(2):
        assert try_all(site, 7, editor.email) == [401] * 7
        assert Desk(site).sign_in(editor.email, PASSWORD).status_code == 303


def test_redis_says_when_to_try_again(open_site: Open, redis: str) -> None:
    site = open_site(redis)
    try_all(site, 8)
    assert 890 <= int(Desk(site).sign_in(EMAIL, "wrong").headers["Retry-After"]) <= 900


def test_desk_stays_open_and_attempts_limited_while_redis_is_away(
    open_site: Open, session: Session
) -> None:
    editor, site = make_editor(session), open_site(NOWHERE)
    assert Desk(site).sign_in(editor.email, PASSWORD).status_code == 303
    assert try_all(site, 9) == [401] * 8 + [429]


@pytest.fixture
def data_dir(tmp_path: Path, empty_data: Path) -> Path:
    return Path(shutil.copytree(empty_data, tmp_path / "site"))


def send_attempt(site: Site, form: dict[str, str], cookie: str) -> int:
    connection: HTTPConnection = site.connect()
    headers = {
        "Cookie": cookie,
        "Origin": site.url,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        connection.request("POST", "/desk/signin", urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def send_attempts(site: Site, number: int) -> list[int]:
    """Open the form once and hand it in from many threads; return the sorted statuses."""
    connection = site.connect()
    connection.request("GET", "/desk/signin")
    answer = connection.getresponse()
    token = TOKEN.findall(answer.read().decode())[-1]
    cookie = str(answer.getheader("Set-Cookie")).partition(";")[0]
    connection.close()
    form = {"csrf_token": token, "email": EMAIL, "password": "wrong"}
    with ThreadPoolExecutor(number) as threads:
        return sorted(threads.map(lambda _: send_attempt(site, form, cookie), range(number)))


def test_two_workers_and_a_restart_allow_no_attempt_more(data_dir: Path) -> None:
    with serve(data_dir) as site:
        assert send_attempts(site, 16) == [401] * 8 + [429] * 8
    with serve(data_dir) as site:
        assert send_attempts(site, 4) == [429] * 4
