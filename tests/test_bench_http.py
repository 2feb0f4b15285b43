"""What the benchmark over HTTP makes of its runs."""

import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.http import client
from bench.http.load import HEADERS, Drive, Load
from bench.http.measure import Run, summarize
from bench.http.requests import Content, list_asked

CONTENT = Content(["/ru/post/a", "/ru/post/b"], "/ru/section/s/", 60, 2000, ["текст"], ["те"])


def run(requests: int, cpu_seconds: float) -> Run:
    return Run(Drive(requests, 1.0, Counter({1000: requests})), cpu_seconds)


def test_latencies_of_two_turns_are_counted_together() -> None:
    drive = Drive(3, 1.0, Counter({100: 3})) + Drive(1, 1.0, Counter({100: 0, 9000: 1}))
    assert (drive.requests, drive.seconds) == (4, 2.0)
    assert drive.latencies == Counter({100: 3, 9000: 1})


def test_percentile_is_what_so_many_requests_did_not_exceed() -> None:
    drive = Drive(100, 1.0, Counter({9000: 1, 100: 50, 300: 49}))
    assert [drive.percentile(percentage) for percentage in (50, 51, 99, 100)] == [0.1, 0.3, 0.3, 9]


def test_ratios_are_those_of_runs_beside_each_other() -> None:
    """In the second one the machine becomes ten times slower between the two."""
    line = [run(2000, 0.5), run(2000, 0.5), run(200, 0.5)]
    yardstick = [run(1000, 0.5), run(100, 0.05), run(100, 0.5)]
    told = summarize("line", line, yardstick)
    assert (told.ratio, told.cpu_ratio) == (2.0, 0.5)


def test_lines_are_compared_with_hello_world_that_is_asked_alike() -> None:
    for yardstick, *lines in list_asked(CONTENT, '"tag"'):
        assert yardstick.server == "hello"
        assert {line.changing for line in lines} == {yardstick.changing}


def test_lines_have_the_names_that_other_programs_look_for() -> None:
    names = {line.name for group in list_asked(CONTENT, '"tag"') for line in group}
    ready = {"article.warm", "front.warm", "section.warm", "section.deep", "article.not-modified"}
    made = {"article.cold", "front.cold", "search.page", "search.live", "feed.warm", "views.post"}
    assert ready | made | {"hello", "static.nginx"} <= names


def test_each_line_is_in_one_group() -> None:
    counted = Counter(line.name for _, *lines in list_asked(CONTENT, '"tag"') for line in lines)
    assert set(counted.values()) == {1}


class Asked:
    """A server that notes what it is asked, and has nothing at `/gone`."""

    def __init__(self) -> None:
        self.requests = Counter[tuple[str, str]]()
        self.agents = set[str]()
        asked = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked.requests[self.command, self.path] += 1
                asked.agents.add(self.headers["User-Agent"])
                self.send_response(404 if self.path == "/gone" else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_arguments: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def asked() -> Iterator[Asked]:
    asked = Asked()
    threading.Thread(target=asked.server.serve_forever).start()
    yield asked
    asked.server.shutdown()
    asked.server.server_close()


def test_load_without_wrk_asks_all_paths_in_turn(asked: Asked) -> None:
    drive = client.ask(Load(asked.url, ["/a?x=%20", "POST /b"], 1, 2, HEADERS))
    get, post = asked.requests["GET", "/a?x=%20"], asked.requests["POST", "/b"]
    assert drive.requests == drive.latencies.total() == get + post == asked.requests.total()
    assert abs(get - post) <= 2


def test_load_without_wrk_has_views_counted_for_many_readers(asked: Asked) -> None:
    client.ask(Load(asked.url, ["POST /b"], 1, 2, HEADERS))
    assert len(asked.agents) > 1


def test_load_without_wrk_tells_of_what_is_no_good_answer(asked: Asked) -> None:
    drive = client.ask(Load(asked.url, ["/gone"], 1, 2, HEADERS))
    assert drive.faults == drive.requests == asked.requests.total()
