"""The benchmarks, as `make bench` tells them."""

import json
from pathlib import Path

from sqlalchemy.orm import Session

from bench.__main__ import compare
from bench.corpus import Corpus
from bench.engines import measure_rival, measure_site
from bench.querylog import KINDS, draw_log
from bench.rivals import PlainWhoosh
from bench.table import Result, render, write_json
from caliber_site.demo.synthetic import add_synthetic
from caliber_site.languages import RUSSIAN
from caliber_site.search.engine import open_engine
from caliber_site.settings import Settings

LINE = Result("engine.ru.10.live", 500.0, 2.0, 3.0, 4.0, 1.9)
PLAIN = Result("plain-whoosh.ru.10.live", 50.0, 20.0, 30.0, 40.0)


def make_corpus(settings: Settings, session: Session) -> Corpus:
    add_synthetic(session, 30, lambda _added: None)
    engine = open_engine(settings)
    engine.sync(session)
    engine.close()
    log, warm_up = (draw_log(session, RUSSIAN, 2, seed) for seed in ("log", "warm up"))
    corpus = Corpus(RUSSIAN, 10, settings, log, warm_up)
    corpus.folder.mkdir(parents=True)
    return corpus


def test_every_kind_of_query_is_measured_on_the_site_and_plain_whoosh(
    settings: Settings, session: Session
) -> None:
    corpus = make_corpus(settings, session)
    plain = PlainWhoosh(corpus.folder, RUSSIAN.tag)
    names = {line.name for line in measure_site(corpus)}
    names |= {line.name for line in measure_rival(corpus, "plain-whoosh", plain)}
    wanted = {f"{engine}.ru.10.{kind}" for engine in ("engine", "plain-whoosh") for kind in KINDS}
    assert wanted <= names


def test_what_else_is_told_stands_beside_the_results(tmp_path: Path) -> None:
    write_json(tmp_path / "bench.json", [PLAIN], ["first answer after 1 s"])
    assert json.loads((tmp_path / "bench.json").read_text())["told"] == ["first answer after 1 s"]


def test_figures_that_do_not_apply_are_left_out(tmp_path: Path) -> None:
    write_json(tmp_path / "build" / "bench.json", [PLAIN])
    (row,) = json.loads((tmp_path / "build" / "bench.json").read_text())["results"]
    assert row == {
        "name": "plain-whoosh.ru.10.live",
        "rps": 50.0,
        "p50_ms": 20.0,
        "p95_ms": 30.0,
        "p99_ms": 40.0,
    }


def test_table_has_the_ratio_to_plain_whoosh() -> None:
    lines = [LINE, PLAIN]
    assert render(lines, compare(lines)).splitlines()[1].split() == [
        "engine.ru.10.live", "500", "2.00", "3.00", "4.00", "1.90", "10.00",
    ]  # fmt: skip
