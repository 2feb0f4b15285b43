"""Who publishes does not wait for what goes on in other languages, nor for a look at everything."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from caliber_site.languages import BY_TAG
from caliber_site.models import Edition, now
from caliber_site.search import embedded, following
from caliber_site.search.engine import Engine
from caliber_site.search.folder import Folder
from caliber_site.search.following import Gap
from caliber_site.search.query import Query
from caliber_site.settings import Settings
from tests.factories import make_edition

pytestmark = pytest.mark.parametrize("database", ["sqlite"])


def delete(session: Session, edition: Edition) -> None:
    session.delete(edition)
    session.commit()


def after_the_look(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen as soon as all editions of a language were looked at, once."""
    look, acts = following.find_gap, [act]

    def look_and_act(*arguments: object) -> Gap:
        gap = look(*arguments)  # type: ignore[arg-type]
        if acts:
            acts.pop()()
        return gap

    monkeypatch.setattr(embedded, "find_gap", look_and_act)


@pytest.mark.parametrize("busy", ["en", "ru", "hy"])
def test_update_waits_for_no_language_where_nothing_is_new(
    session: Session,
    settings: Settings,
    search_engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    busy: str,
) -> None:
    search_engine.sync(session)
    waited: list[float] = []
    monkeypatch.setattr("caliber_site.search.folder.time.sleep", waited.append)
    for tag in {"en", "ru", "hy"} - {busy}:
        edition = make_edition(session, tag, "Lighthouse")
        with Folder(settings.index_dir / busy).locked("write", 0):
            search_engine.update(session, [edition.id])
        assert search_engine.search(Query("lighthouse", BY_TAG[tag], now())).total == 1
    assert waited == []
    assert search_engine.check(session) == []


def test_update_goes_on_while_sync_looks_at_all_editions(
    session: Session,
    settings: Settings,
    search_engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search_engine.sync(session)
    make_edition(session, title="Lighthouse")

    def write_meanwhile() -> None:
        with Folder(settings.index_dir / "en").locked("write", 0):
            pass

    after_the_look(monkeypatch, write_meanwhile)
    assert search_engine.sync(session) == 1
    assert search_engine.check(session) == []


def test_rebuild_leaves_out_what_was_deleted_at_its_end(
    session: Session, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, _kept = make_edition(session), make_edition(session)
    search_engine.sync(session)
    with Session(session.get_bind()) as desk:
        gone = desk.get_one(Edition, edition.id)
        after_the_look(monkeypatch, lambda: delete(desk, gone))
        search_engine.rebuild(session, lambda _done, _total: None)
    assert search_engine.check(session) == []


def test_rebuild_has_what_was_published_at_its_end(
    session: Session, search_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_edition(session)
    search_engine.sync(session)
    with Session(session.get_bind()) as desk:
        after_the_look(monkeypatch, lambda: make_edition(desk, title="Lighthouse"))
        search_engine.rebuild(session, lambda _done, _total: None)
    assert search_engine.check(session) == []
