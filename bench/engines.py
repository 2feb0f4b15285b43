"""The site's engine beside other engines: the same documents, the same queries."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from random import Random

import psycopg

from bench.building import build_rival
from bench.corpus import Corpus
from bench.querylog import LIVE
from bench.rivals import Fts5, PlainWhoosh, Postgres, Rival
from bench.table import Result
from bench.timing import time_calls
from caliber_site.models import now
from caliber_site.search.answer import find
from caliber_site.search.engine import Engine, open_engine
from caliber_site.search.form import LIVE_SIZE, PAGE_SIZE
from caliber_site.search.query import Query
from tests.postgres import start_server

SLOWLY = 25
"""Queries of each kind that other engines are asked: some take a second for one."""


def measure_site(corpus: Corpus) -> Iterator[Result]:
    """Yield the lines of the site's engine: a kind each, and all mixed with what a page adds."""
    for kind in corpus.log:
        engine = _warm_up(corpus)
        line = f"engine.{corpus.name}.{kind}"
        yield time_calls(line, partial(find, engine), _ask(corpus, kind))
        engine.close()
    engine = _warm_up(corpus)
    mixed = [asked for kind in corpus.log if kind != "live" for asked in _ask(corpus, kind)]
    Random("mixed").shuffle(mixed)
    yield time_calls(f"engine.{corpus.name}.mixed", partial(_show, engine), mixed)
    engine.close()


def measure_rivals(corpus: Corpus) -> Iterator[Result]:
    """Yield the lines of all other engines."""
    with ExitStack() as stack:
        for name, rival in _open_rivals(corpus, stack):
            yield from measure_rival(corpus, name, rival)


def measure_rival(corpus: Corpus, name: str, rival: Rival) -> Iterator[Result]:
    """Yield the lines of another engine, which is built if it is not there yet."""
    build_rival(corpus, name, rival)
    for kind in filter(rival.kinds.__contains__, corpus.log):
        search = partial(rival.search, kind)
        for text in corpus.warm_up[kind]:
            search(text)
        line = f"{name}.{corpus.name}.{kind}"
        yield time_calls(line, search, corpus.log[kind][:SLOWLY], here=rival.here)


def _warm_up(corpus: Corpus) -> Engine:
    engine = open_engine(corpus.settings)
    for kind, texts in corpus.warm_up.items():
        for text in texts:
            _show(engine, _query(corpus, kind, text))
    return engine


def _show(engine: Engine, asked: Query) -> None:
    """Do what the search page or the live box asks of the engine."""
    answer = find(engine, asked)
    if answer.results.total and not asked.live:
        engine.facets(answer.shown)


def _ask(corpus: Corpus, kind: str) -> list[Query]:
    return [_query(corpus, kind, text) for text in corpus.log[kind]]


def _query(corpus: Corpus, kind: str, text: str) -> Query:
    live = kind in LIVE
    size = LIVE_SIZE if live else PAGE_SIZE
    return Query(text, corpus.language, now(), live=live, size=size)


def _open_rivals(corpus: Corpus, stack: ExitStack) -> Iterator[tuple[str, Rival]]:
    yield "plain-whoosh", PlainWhoosh(corpus.folder, corpus.language.tag)
    yield "fts5", Fts5(corpus.folder, corpus.language.tag)
    try:
        server = stack.enter_context(start_server())
        connection = stack.enter_context(psycopg.connect(server.url, autocommit=True))
    except FileNotFoundError:
        print("PostgreSQL is not installed: its lines are left out", file=sys.stderr)
    else:
        yield "postgres", Postgres(connection, corpus.language.tag)
