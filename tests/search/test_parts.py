"""Large indexes are built from parts, in several processes."""

import time
from itertools import chain
from threading import Thread

import pytest
from sqlalchemy.orm import Session

from caliber_site.languages import ENGLISH
from caliber_site.models import now
from caliber_site.search import parts
from caliber_site.search.engine import Engine
from caliber_site.search.parts import cut, deal
from caliber_site.search.query import Query
from caliber_site.search.whoosh import MOST_DOCUMENTS
from tests.factories import make_edition


def test_parts_grow_and_the_oldest_are_equal() -> None:
    sizes = [len(part) for part in cut(range(100_000), 2)]
    assert sizes == [1024, 4096, 16384, 39248, 39248]


@pytest.mark.parametrize("count", [0, 1, 5, 1024, 5000, 400_000])
def test_every_edition_is_in_one_part_that_is_not_too_large(count: int) -> None:
    found = list(cut(range(count), 2))
    assert list(chain.from_iterable(found)) == list(range(count))
    assert all(0 < len(part) <= MOST_DOCUMENTS for part in found)


@pytest.mark.parametrize("count", [5000, 30_000, 100_000])
def test_parts_are_dealt_out_evenly(count: int) -> None:
    dealt = deal({str(n): part for n, part in enumerate(cut(range(count), 2))}, 2)
    loads = [sum(map(len, hand.values())) for hand in dealt]
    assert max(loads) / sum(loads) < 0.61


@pytest.fixture
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ALONE", 0)
    monkeypatch.setattr(parts, "FIRST", 2)
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: {0, 1})


@pytest.mark.usefixtures("_apart")
def test_processes_build_the_parts(session: Session, search_engine: Engine) -> None:
    for number in range(7):
        make_edition(session, title=f"Walnut {number}")
    told: list[tuple[int, int]] = []
    search_engine.rebuild(session, lambda done, total: told.append((done, total)))
    assert told[-1] == (7, 7)
    assert search_engine.check(session) == []
    assert search_engine.search(Query("walnut", ENGLISH, now())).total == 7


@pytest.mark.usefixtures("_apart")
def test_process_that_fails_leaves_the_old_index(
    session: Session, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_edition(session, title="Walnuts")
    search_engine.sync(session)
    monkeypatch.setattr(parts, "json", type("json", (), {"dumps": staticmethod(lambda _job: "{")}))
    with pytest.raises(ChildProcessError):
        search_engine.rebuild(session, lambda _done, _total: None)
    assert search_engine.search(Query("walnuts", ENGLISH, now())).total == 1


@pytest.mark.usefixtures("_apart")
def test_what_is_published_while_the_index_is_rebuilt_is_found_at_once(
    session: Session, search_engine: Engine
) -> None:
    for number in range(7):
        make_edition(session, title=f"Walnut {number}")
    search_engine.sync(session)
    rebuild = Thread(target=search_engine.rebuild, args=(session, lambda _done, _total: None))
    with Session(session.get_bind()) as desk:
        rebuild.start()
        time.sleep(0.2)
        edition = make_edition(desk, title="Chestnuts", slug="chestnuts")
        search_engine.update(desk, [edition.id])
        assert rebuild.is_alive()
        assert search_engine.search(Query("chestnuts", ENGLISH, now())).total == 1
        rebuild.join()
    assert search_engine.search(Query("chestnuts", ENGLISH, now())).total == 1
    assert search_engine.check(session) == []
