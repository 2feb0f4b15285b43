"""What the benchmark over HTTP makes of its runs."""

from collections import Counter

from bench.http.measure import Run, summarize
from bench.http.requests import Content, list_asked
from bench.http.wrk import Drive

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
