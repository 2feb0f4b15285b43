"""Times in the database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from caliber_site.models import Edition
from tests.factories import make_edition

TIMES = [
    (datetime(2026, 11, 8, 7, 5, tzinfo=UTC), "2026-11-08 07:05:00.000000"),
    (
        datetime(2026, 11, 8, 1, 5, 3, 40, tzinfo=timezone(timedelta(hours=4))),
        "2026-11-07 21:05:03.000040",
    ),
]


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize(("at", "written"), TIMES)
def test_time_is_written_so_that_it_sorts(session: Session, at: datetime, written: str) -> None:
    edition = make_edition(session, published_at=at)
    found = session.scalar(
        text("SELECT published_at FROM edition WHERE id = :id"), {"id": edition.id}
    )
    assert found == written


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("at", [at for at, _written in TIMES])
def test_time_is_read_as_the_instant_that_it_was(session: Session, at: datetime) -> None:
    edition = make_edition(session, published_at=at)
    session.expire_all()
    found = session.get_one(Edition, edition.id).published_at
    assert found == at
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("written", ["2026-11-08", "2026-11-08 00:00:00", "2026-11-08T00:00:00Z"])
def test_time_that_another_program_wrote_is_read(session: Session, written: str) -> None:
    edition = make_edition(session)
    change = text("UPDATE edition SET published_at = :at WHERE id = :id")
    session.execute(change, {"at": written, "id": edition.id})
    session.commit()
    session.expire_all()
    assert edition.published_at == datetime(2026, 11, 8, tzinfo=UTC)
