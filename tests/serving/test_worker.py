"""A worker on the wire: what arrives and leaves by its connections, whoever is at the other end."""

import json
import math
import resource
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import Event, current_thread
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import create_environ

from caliber_site.ready.answers import Answer as ReadyAnswer
from caliber_site.ready.answers import Given, Question
from caliber_site.ready.freshness import UNCHANGED
from caliber_site.serving import bridge, connection, intake, worker
from caliber_site.serving.answer import Answer
from tests.serving.conftest import Serving, read_all

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

READY = ReadyAnswer("200 OK", [], [], lasts=math.inf)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 5"
LAST = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
LONG = 5_000_000
"""More than the kernel takes at once."""


def tell(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Tell what was asked, as JSON."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    told = {name: value for name, value in environ.items() if isinstance(value, str)}
    data = json.dumps(told | {"body": body.decode()}).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(data)))])
    return [data]


def fail(_environ: "WSGIEnvironment", _start_response: "StartResponse") -> Iterable[bytes]:
    raise RuntimeError("the site was asked")


def find(question: Question) -> Given | None:
    """Find what is asked for at /ready."""
    is_ready = question[:3] == ("GET", "/ready", "")
    return Given(READY, UNCHANGED, math.inf, HEAD, b"ready") if is_ready else None


def told_by(answer: bytes) -> dict[str, str]:
    told: dict[str, str] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return told


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_cut_off(client: socket.socket, data: bytes, pause: float) -> bool:
    """Send the same over and over, and return whether the other end has enough of it."""
    try:
        for _ in range(200):
            client.sendall(data)
            time.sleep(pause)
    except (BrokenPipeError, ConnectionResetError):
        return True
    return False


class Holding:
    """A site that holds a request until it is let go; others it answers."""

    def __init__(self) -> None:
        self.has_begun, self.may_end = Event(), Event()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/hold":
            self.has_begun.set()
            assert self.may_end.wait(30)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
        return [environ["PATH_INFO"].encode()[:5].ljust(5)]


def test_ready_answer_does_not_ask_the_site(serving: Serving) -> None:
    with serving(fail, find).send(b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        assert client.recv(1000).startswith(HEAD)


def test_ready_answer_is_dated(serving: Serving) -> None:
    asked = serving(fail, find).connect()
    asked.request("GET", "/ready")
    answer = asked.getresponse()
    assert answer.headers["Date"].endswith(" GMT")
    assert answer.read() == b"ready"
    asked.close()


def test_requests_sent_together_are_answered_in_their_order(serving: Serving) -> None:
    held = Holding()
    ready = b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n"
    asked = ready + b"GET /hold HTTP/1.1\r\nHost: x\r\n\r\n" + ready + LAST
    with serving(held, find).send(asked) as client:
        assert held.has_begun.wait(30)
        held.may_end.set()
        answers = read_all(client)
    assert [part[:5] for part in answers.split(b"\r\n\r\n")[1:]] == [
        b"ready",
        b"/hold",
        b"/read",
        b"/last",
    ]


@pytest.mark.parametrize(
    "asked",
    [
        b"GET /ready HTTP/1.0\r\n\r\n",
        b"GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ],
)
def test_connection_that_is_to_end_ends_with_its_answer(serving: Serving, asked: bytes) -> None:
    answer = serving(tell, find).ask(asked)
    assert b"connection: close" in answer.partition(b"\r\n\r\n")[0]
    assert told_by(answer)["PATH_INFO"] == "/ready"


@pytest.mark.parametrize(
    "more",
    [
        b"Content-Length: 2\r\n\r\nhi",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        b"Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n\r\n",
    ],
    ids=["body", "chunks", "twice"],
)
def test_question_that_is_not_simple_is_the_sites(serving: Serving, more: bytes) -> None:
    answer = serving(tell, find).ask(b"GET /ready HTTP/1.1\r\nHost: x\r\n" + more + LAST)
    assert b'"PATH_INFO": "/ready"' in answer
    assert b'"PATH_INFO": "/last"' in answer


def test_path_and_headers_are_the_senders_bytes(serving: Serving) -> None:
    asked = (
        b"GET /%D5%A1%ff?q=%D5%A1 HTTP/1.1\r\nHost: x\r\nX-Name: \xff\r\nX-Two: a\r\n"
        b"X-Two: b\r\nCookie: a=1\r\nCookie: b=2\r\nConnection: close\r\n\r\n"
    )
    told = told_by(serving(tell).ask(asked))
    assert told["PATH_INFO"].encode("latin-1") == "/ա".encode() + b"\xff"
    assert told["QUERY_STRING"] == "q=%D5%A1"
    assert told["HTTP_X_NAME"] == "\xff"
    assert (told["HTTP_X_TWO"], told["HTTP_COOKIE"]) == ("a,b", "a=1; b=2")
    assert told["REMOTE_ADDR"] == "127.0.0.1"


def test_header_that_only_looks_like_a_proxys_is_not_told(serving: Serving) -> None:
    asked = b"GET / HTTP/1.1\r\nHost: x\r\nX_Forwarded_For: 192.0.2.1\r\nConnection: close\r\n\r\n"
    assert "HTTP_X_FORWARDED_FOR" not in told_by(serving(tell).ask(asked))


@pytest.mark.parametrize(
    "head",
    [b"Content-Length: 7\r\n\r\nA quiet", b"Transfer-Encoding: chunked\r\n\r\n7\r\nA quiet\r\n"],
    ids=["length", "chunks"],
)
def test_body_arrives_whole(serving: Serving, head: bytes) -> None:
    end = b" lake\r\n0\r\n\r\n" if b"chunked" in head else b""
    head = head.replace(b"7\r\n\r\n", b"12\r\n\r\n") if not end else head
    data = head + (b"5\r\n" + end if end else b" lake")
    asked = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + data
    told = told_by(serving(tell).ask(asked))
    assert (told["body"], told["CONTENT_LENGTH"]) == ("A quiet lake", "12")


@pytest.mark.parametrize("length", [100_000, 300_000])
def test_long_body_arrives_whole_by_new_and_by_kept_connections(
    serving: Serving, length: int
) -> None:
    asked = serving(tell, find).connect()
    for _ in range(2):
        asked.request("POST", "/", body=b"x" * length)
        assert len(json.loads(asked.getresponse().read())["body"]) == length
    asked.close()


def test_sender_who_waits_for_a_word_gets_it(serving: Serving) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n"
    with serving(tell).send(head + b"Expect: 100-continue\r\n\r\n") as client:
        assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"hi")
        assert told_by(read_all(client))["body"] == "hi"


def only_length(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("413 Too Large", [("Content-Type", "text/plain")])
    return [environ["CONTENT_LENGTH"].encode()]


def test_body_that_is_too_long_is_not_waited_for(serving: Serving) -> None:
    asked = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n"
    with serving(only_length, longest=1000).send(asked) as client:
        assert client.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_body_of_untold_length_ends_where_it_is_too_long(serving: Serving) -> None:
    asked = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n"
    with serving(only_length, longest=1000).send(asked + 2000 * b"x" + b"\r\n") as client:
        assert client.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_sender_who_goes_before_the_end_is_not_answered(serving: Serving) -> None:
    held = Holding()
    served = serving(held, threads=1)
    served.send(b"POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhi").close()
    assert served.ask(LAST).endswith(b"/last")
    assert not held.has_begun.is_set()


class Long:
    """A site with a long answer, and with short ones."""

    def __init__(self) -> None:
        self.is_closed = Event()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        length = LONG if environ["PATH_INFO"] == "/long" else 5
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(length))])
        return self._give(length)

    def _give(self, length: int) -> Iterator[bytes]:
        try:
            while length > 0:
                yield b"x" * min(length, 10_000)
                length -= 10_000
        finally:
            self.is_closed.set()


def test_long_answer_arrives_whole_and_is_closed(serving: Serving) -> None:
    site = Long()
    asked = serving(site).connect()
    asked.request("GET", "/long")
    assert len(asked.getresponse().read()) == LONG
    assert site.is_closed.wait(30)
    asked.close()


def is_last(environ: "WSGIEnvironment") -> bool:
    return bool(environ["PATH_INFO"] == "/last")


def test_page_does_not_wait_for_what_takes_long(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "MOST", 1)
    held = Holding()
    served = serving(held, threads=1, is_page=is_last, sets_apart=True)
    with served.send(b"GET /hold HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as client:
        assert held.has_begun.wait(30)
        assert served.ask(LAST).endswith(b"/last")
        held.may_end.set()
        assert read_all(client).endswith(b"/hold")


def test_threads_of_pages_begin_as_they_are_told(serving: Serving) -> None:
    begun: list[str] = []
    served = serving(
        tell,
        threads=2,
        is_page=is_last,
        sets_apart=True,
        begin=lambda: begun.append(current_thread().name),
    )
    for path in ("/other", "/last", "/last"):
        served.ask(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert begun == ["page_0"]


def test_long_page_does_not_wait_for_what_takes_long(serving: Serving) -> None:
    held = Holding()

    def site(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not is_last(environ):
            return held(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(LONG))])
        return [LONG * b"x"]

    served = serving(site, threads=1, is_page=is_last, sets_apart=True)
    with served.send(b"GET /hold HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as client:
        assert held.has_begun.wait(30)
        assert served.ask(LAST).endswith(LONG * b"x")
        held.may_end.set()
        assert read_all(client).endswith(b"/hold")


def test_slow_reader_keeps_no_thread(serving: Serving) -> None:
    served = serving(Long(), threads=1)
    with served.send(b"GET /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as slow:
        assert served.ask(LAST).endswith(b"xxxxx")
        assert len(read_all(slow)) > LONG


def test_slow_sender_keeps_no_thread(serving: Serving) -> None:
    served = serving(tell, threads=1)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"
    with served.send(head + b"h") as slow:
        assert told_by(served.ask(LAST))["PATH_INFO"] == "/last"
        slow.sendall(b"i")
        assert told_by(read_all(slow))["body"] == "hi"


def shorten(monkeypatch: pytest.MonkeyPatch, seconds: float, *limits: str) -> None:
    """Have connections wait no longer than so many seconds for some of what they wait for."""
    for limit in limits:
        monkeypatch.setattr(connection, limit, seconds)


def test_reader_who_never_reads_is_given_up(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch, 0.1, "SILENT_SECONDS", "BODY_SECONDS")
    served = serving(Long())
    with served.send(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n"):
        wait_until(lambda: not served.worker.server_state.tasks)
        wait_until(lambda: not served.worker.server_state.connections)


def test_reader_who_asks_on_without_reading_is_given_up(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch, 1, "SILENT_SECONDS", "BODY_SECONDS")
    served = serving(Long())
    with served.send(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        time.sleep(0.5)
        client.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
        wait_until(lambda: not served.worker.server_state.connections)


def test_body_that_was_answered_before_its_end_is_not_read_forever(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "REST_SECONDS", 0.5)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with serving(only_length, longest=10).send(head) as client:
        assert is_cut_off(client, b"14\r\n" + 20 * b"x" + b"\r\n", pause=0.05)


def test_sender_of_a_byte_at_a_time_is_given_up(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BODY_SECONDS", 0.5)
    served = serving(tell)
    with served.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n") as slow:
        assert is_cut_off(slow, b"x", pause=0.1)


def test_answer_to_head_has_no_body(serving: Serving) -> None:
    asked = b"HEAD /head HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    head, _, body = serving(Long()).ask(asked).partition(b"\r\n\r\n")
    assert b"content-length: 5" in head
    assert body == b""


def test_early_answer_does_not_ask_the_site(serving: Serving) -> None:
    async def early(environ: "WSGIEnvironment") -> tuple[list[tuple[str, str]], bytes] | None:
        is_early = environ["PATH_INFO"] == "/early"
        return ([("Content-Length", "5")], b"early") if is_early else None

    served = serving(tell, early=early)
    asked = b"POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
    assert b"early" in served.ask(asked + LAST)
    assert b'"PATH_INFO": "/last"' in served.ask(asked + LAST)


def test_fault_of_the_site_is_told_and_logged(
    serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    assert serving(fail).ask(LAST).startswith(b"HTTP/1.1 500 ")
    assert "the site was asked" in caplog.text


def test_fault_in_finding_leaves_the_answer_to_the_site(
    serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    def fail_to_find(_question: Question) -> Given | None:
        raise RuntimeError("no way")

    served = serving(tell, fail_to_find)
    with served.send(b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        assert client.recv(1000).startswith(b"HTTP/1.1 200 ")
    assert "no way" in caplog.text


def test_answer_has_one_date(serving: Serving) -> None:
    def dated(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        told = [("Content-Type", "text/plain"), ("Date", "Sat, 01 Jan 2000 00:00:00 GMT")]
        start_response("200 OK", told)
        return [b"dated"]

    assert serving(dated).ask(LAST).lower().count(b"\ndate: ") == 1


def test_answer_that_breaks_off_is_closed() -> None:
    closed = Event()

    def break_off() -> Iterator[bytes]:
        try:
            yield b""
            raise RuntimeError("broken off")
        finally:
            closed.set()

    def site(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        start_response("200 OK", [])
        return break_off()

    with pytest.raises(RuntimeError, match="broken off"):
        Answer(site, create_environ())
    assert closed.is_set()


def test_who_would_wait_too_long_is_told_to_come_again(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "MOST", 1)
    held = Holding()
    served = serving(held, find)
    with served.send(b"GET /hold HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as client:
        assert held.has_begun.wait(30)
        busy = served.ask(LAST)
        assert busy.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: " in busy.lower()
        with served.send(b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n") as ready:
            assert ready.recv(1000).startswith(HEAD)
        held.may_end.set()
        assert read_all(client).endswith(b"/hold")
    assert served.ask(LAST).endswith(b"/last")


@pytest.mark.parametrize("sets_apart", [True, False])
def test_more_wait_for_pages_than_for_what_takes_longer(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, sets_apart: bool
) -> None:
    monkeypatch.setattr(bridge, "MOST", 1)
    monkeypatch.setattr(bridge, "MOST_PAGES", 2)
    held = Holding()
    served = serving(held, threads=1, is_page=lambda _environ: True, sets_apart=sets_apart)
    with served.send(b"GET /hold HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as first:
        assert held.has_begun.wait(30)
        with served.send(LAST) as second:
            wait_until(lambda: served.ask(LAST).startswith(b"HTTP/1.1 503 "))
            held.may_end.set()
            assert read_all(second).endswith(b"/last")
        assert read_all(first).endswith(b"/hold")


def test_body_for_which_there_is_no_room_is_not_received(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST_BYTES", 1000)
    monkeypatch.setattr(intake, "IN_MEMORY", 300)
    served = serving(tell)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 600\r\n\r\n"
    with served.send(head + 500 * b"x") as first:
        time.sleep(0.2)
        assert served.ask(head + 600 * b"x").startswith(b"HTTP/1.1 503 ")
        first.sendall(100 * b"x")
        assert read_all(first).startswith(b"HTTP/1.1 200 ")
    assert served.ask(head + 600 * b"x").startswith(b"HTTP/1.1 200 ")


def test_what_is_no_request_does_not_spoil_the_answer_before_it(serving: Serving) -> None:
    held = Holding()
    asked = b"GET /hold HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n"
    with serving(held).send(asked) as client:
        assert held.has_begun.wait(30)
        time.sleep(0.2)
        held.may_end.set()
        answer = read_all(client)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"/hold")


def test_requests_sent_ahead_are_bounded(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MOST_QUEUED", 3)
    held = Holding()
    with serving(held).send(20 * b"GET /hold HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        assert held.has_begun.wait(30)
        held.may_end.set()
        assert read_all(client).count(b"/hold") == 4


@pytest.mark.parametrize("end", [b"5;", b"0\r\nX-Last: "], ids=["extension", "trailer"])
def test_what_is_neither_head_nor_body_is_bounded(serving: Serving, end: bytes) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with serving(tell).send(head + end) as client:
        assert is_cut_off(client, 100_000 * b"x", pause=0)


def test_what_was_heard_is_not_counted_again(serving: Serving) -> None:
    head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nX-Long: " + 40_000 * b"x"
    extension, trailer = b"5;" + 30_000 * b"x", b"0\r\nX: " + 40_000 * b"x" + b"\r\n\r\n"
    served = serving(tell)
    with served.send(b"") as client:
        for part in (head + b"\r\nHost: x\r\n\r\n", extension, b"\r\nhello\r\n", trailer):
            client.sendall(part)
            time.sleep(0.1)
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + 40_000 * b"x")
        client.sendall(b"\r\nConnection: close\r\n\r\n")
        assert b"HTTP/1.1 200 " in read_all(client)


def test_headers_are_forgotten_once_they_are_answered(serving: Serving) -> None:
    served = serving(tell, find)
    with served.send(b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        assert client.recv(100)
        (open_one,) = served.worker.server_state.connections
        assert isinstance(open_one, connection.Connection)
        wait_until(lambda: open_one._said == [])  # it may have been answered a moment before


def test_connections_leave_the_site_some_files(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    monkeypatch.setattr(worker, "OTHER_FILES", few - 2)
    served = serving(tell)
    with served.send(b""), served.send(b""):
        wait_until(lambda: len(served.worker.server_state.connections) == 2)
        with served.send(b"") as third, suppress(ConnectionResetError):
            assert third.recv(1) == b""
    wait_until(lambda: not served.worker.server_state.connections)
    assert served.ask(LAST).startswith(b"HTTP/1.1 200 ")


def test_connections_do_not_pay_for_a_pause_of_the_worker(serving: Serving) -> None:
    served = serving(tell)
    served.worker._clock.now -= 1000
    with served.send(b"GET /last HTTP/1.1\r\n") as client:
        time.sleep(1)
        client.sendall(b"Host: x\r\nConnection: close\r\n\r\n")
        assert read_all(client).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "asked",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + 10_000 * b"X-Long: header\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + 20_000 * b"a:\r\n" + b"\r\n",
    ],
    ids=["malformed", "long", "long and whole"],
)
def test_what_is_no_request_is_refused(serving: Serving, asked: bytes) -> None:
    with serving(fail).send(asked) as client:
        assert client.recv(1000).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("limit", "asked"),
    [
        ("HEAD_SECONDS", b""),
        ("HEAD_SECONDS", b"GET / HTTP/1.1\r\nX-Long: "),
        ("BODY_SECONDS", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhi"),
        ("BODY_SECONDS", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"),
        ("BODY_SECONDS", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"),
        ("SILENT_SECONDS", b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n"),
        ("SILENT_SECONDS", b"GET /other HTTP/1.1\r\nHost: x\r\n\r\n"),
    ],
)
def test_silent_connection_is_closed(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, limit: str, asked: bytes
) -> None:
    monkeypatch.setattr(connection, limit, 0)
    with serving(tell, find).send(asked) as client:
        begun = time.monotonic()
        read_all(client)
        assert time.monotonic() - begun < 10


def test_connection_whose_answer_takes_long_is_not_silent(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch, 0.1, "HEAD_SECONDS", "BODY_SECONDS", "SILENT_SECONDS")
    held = Holding()
    asked = b"POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
    with serving(held).send(asked) as client:
        assert held.has_begun.wait(30)
        time.sleep(1)
        held.may_end.set()
        assert read_all(client).endswith(b"/hold")


def test_worker_that_leaves_answers_what_it_is_asked_by_those_it_knows(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LAST_SECONDS", 5)
    held = Holding()
    served = serving(held, find)
    kept = served.connect()
    kept.request("GET", "/ready")
    assert kept.getresponse().read() == b"ready"
    with served.send(b"GET /hold HTTP/1.1\r\nHost: x\r\n\r\n") as busy:
        assert held.has_begun.wait(30)
        served.worker.should_exit = True
        time.sleep(0.3)
        kept.request("GET", "/ready")
        last = kept.getresponse()
        assert last.headers["Connection"] == "close"
        held.may_end.set()
        answer = read_all(busy)
    assert answer.endswith(b"/hold")
    assert b"connection: close" in answer
    kept.close()
