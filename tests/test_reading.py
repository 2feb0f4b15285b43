"""What pages select, past SQLAlchemy."""

import pytest
from sqlalchemy import Engine, bindparam, func, literal, select, text, union_all
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from caliber_site.database import is_busy
from caliber_site.models import Edition, Section, Status, Tag
from caliber_site.reading import reading
from tests.factories import make_edition, make_tag

on_postgresql = pytest.mark.parametrize("database", ["postgresql"])
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"])
SLUG = bindparam("slug", type_=Edition.slug.type)


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


@pytest.mark.parametrize("database", ["sqlite"])
def test_missing_table_is_told_as_sqlalchemy_does(session: Session, engine: Engine) -> None:
    session.execute(text("DROP TABLE tag_name"))
    session.commit()
    with pytest.raises(OperationalError, match="tag_name"), reading(engine) as read:
        read.fetch(select(text("1")).select_from(text("tag_name")), {})
