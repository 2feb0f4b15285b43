"""What pages select, past SQLAlchemy."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from sqlite3 import ProgrammingError

import pytest
from sqlalchemy import Engine, bindparam, func, literal, select, text, union_all
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from caliber_site.database import is_busy
from caliber_site.models import Edition, Section, Status, Tag
from caliber_site.reading import ReadConnection, keep_connection, reading
from tests.factories import make_edition, make_tag

on_sqlite = pytest.mark.parametrize("database", ["sqlite"])
on_postgresql = pytest.mark.parametrize("database", ["postgresql"])
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"])
SLUG = bindparam("slug", type_=Edition.slug.type)
SLUGS = select(Edition.slug)


@BOTH
def test_row_has_values_of_python_by_the_names_of_columns(session: Session, engine: Engine) -> None:
    edition = make_edition(session, minutes_ago=7)
    statement = select(Edition.status, Edition.published_at, Section.slug.label("section")).join(
        Section, Section.id == Edition.section_id
    )
    with reading(engine) as read:
        (row,) = read.fetch(statement.where(Edition.slug == SLUG), {"slug": edition.slug})
    assert (row.status, row.published_at) == (Status.PUBLISHED, edition.published_at)
    assert row.section == edition.article.section.slug


@BOTH
def test_value_of_python_is_found_as_the_database_keeps_it(
    session: Session, engine: Engine
) -> None:
    edition = make_edition(session, minutes_ago=7)
    at = bindparam("at", type_=Edition.published_at.type)
    with reading(engine) as read:
        found = read.fetch(select(Edition.id).where(Edition.published_at == at),
                           {"at": edition.published_at})  # fmt: skip
    assert [row.id for row in found] == [edition.id]


@BOTH
def test_same_statement_takes_other_values(session: Session, engine: Engine) -> None:
    slugs = [make_tag(session, slug, slug).slug for slug in ("lake", "bread")]
    statement = select(Tag.slug).where(Tag.slug == bindparam("wanted", type_=Tag.slug.type))
    with reading(engine) as read:
        found = [read.fetch(statement, {"wanted": slug}) for slug in slugs]
    assert [[row.slug for row in rows] for rows in found] == [[slug] for slug in slugs]


@BOTH
def test_parts_of_a_union_have_the_names_of_the_first(session: Session, engine: Engine) -> None:
    make_edition(session)
    kinds = union_all(
        select(literal("section").label("kind"), Section.slug.label("name")),
        select(literal("100%"), func.min(Edition.slug)),
    )
    with reading(engine) as read:
        found = {row.kind for row in read.fetch(kinds, {})}
    assert found == {"section", "100%"}


@BOTH
def test_connection_is_given_back_after_a_fault(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), reading(engine):
        raise ZeroDivisionError
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


@on_postgresql
def test_connection_that_is_closed_while_reading_is_told_as_away(engine: Engine) -> None:
    end = select(func.pg_terminate_backend(func.pg_backend_pid()).label("ended"))
    with pytest.raises(OperationalError) as told, reading(engine) as read:
        read.fetch(end, {})
    assert is_busy(told.value)
    with reading(engine) as read:
        assert read.fetch(select(literal(1).label("one")), {})[0].one == 1


@on_sqlite
def test_missing_table_is_told_as_sqlalchemy_does(session: Session, engine: Engine) -> None:
    session.execute(text("DROP TABLE tag_name"))
    session.commit()
    with pytest.raises(OperationalError, match="tag_name"), reading(engine) as read:
        read.fetch(select(text("1")).select_from(text("tag_name")), {})


@pytest.fixture
def keeper(engine: Engine) -> Iterator[ThreadPoolExecutor]:
    """A thread that keeps its connection."""
    with ThreadPoolExecutor(1, initializer=lambda: keep_connection(engine)) as thread:
        yield thread


def find_slugs(engine: Engine) -> set[str]:
    with reading(engine) as read:
        return {row.slug for row in read.fetch(SLUGS, {})}


def borrow_and_fail(engine: Engine) -> None:
    with reading(engine):
        raise ZeroDivisionError


def read_by_both(engine: Engine) -> tuple[ReadConnection, ReadConnection]:
    with reading(engine) as outer, reading(engine) as inner:
        return outer, inner


@on_sqlite
def test_thread_keeps_its_connection(engine: Engine, keeper: ThreadPoolExecutor) -> None:
    first, again = (keeper.submit(read_by_both, engine).result()[0] for _ in range(2))
    assert first is again


@on_sqlite
def test_kept_connection_reads_what_was_committed_since(
    session: Session, engine: Engine, keeper: ThreadPoolExecutor
) -> None:
    assert keeper.submit(find_slugs, engine).result() == set()
    slug = make_edition(session).slug
    assert keeper.submit(find_slugs, engine).result() == {slug}


@on_sqlite
def test_kept_connection_holds_up_no_writer(
    session: Session, engine: Engine, keeper: ThreadPoolExecutor
) -> None:
    make_edition(session)
    keeper.submit(find_slugs, engine).result()
    busy, *_ = session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
    assert not busy


@on_sqlite
def test_who_reads_while_the_connection_is_in_use_has_another(
    engine: Engine, keeper: ThreadPoolExecutor
) -> None:
    outer, inner = keeper.submit(read_by_both, engine).result()
    assert outer is not inner


@on_sqlite
def test_kept_connection_takes_no_place_in_the_pool(
    engine: Engine, keeper: ThreadPoolExecutor
) -> None:
    keeper.submit(find_slugs, engine).result()
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


@on_sqlite
def test_thread_has_another_connection_after_a_fault(
    session: Session, engine: Engine, keeper: ThreadPoolExecutor
) -> None:
    slug = make_edition(session).slug
    failing = keeper.submit(read_by_both, engine).result()[0]
    with pytest.raises(ZeroDivisionError):
        keeper.submit(borrow_and_fail, engine).result()
    assert keeper.submit(find_slugs, engine).result() == {slug}
    assert keeper.submit(read_by_both, engine).result()[0] is not failing


@on_sqlite
def test_connection_is_closed_after_a_fault(engine: Engine, keeper: ThreadPoolExecutor) -> None:
    failing = keeper.submit(read_by_both, engine).result()[0]
    with pytest.raises(ZeroDivisionError):
        keeper.submit(borrow_and_fail, engine).result()
    with pytest.raises(ProgrammingError, match="closed"):
        failing.fetch(SLUGS, {})


@on_sqlite
def test_fault_of_a_kept_connection_is_told_as_sqlalchemy_does(
    session: Session, engine: Engine, keeper: ThreadPoolExecutor
) -> None:
    keeper.submit(find_slugs, engine).result()
    session.execute(text("DROP TABLE edition"))
    session.commit()
    with pytest.raises(OperationalError, match="edition"):
        keeper.submit(find_slugs, engine).result()


@on_sqlite
def test_other_threads_borrow(engine: Engine, keeper: ThreadPoolExecutor) -> None:
    kept, _ = keeper.submit(read_by_both, engine).result()
    with reading(engine) as read:
        assert read is not kept
