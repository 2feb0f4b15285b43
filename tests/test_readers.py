"""Readers are hashes for one day; what they asked is kept only where many asked it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from caliber_site import readers
from caliber_site.database import is_busy
from caliber_site.models import LEAST_READERS, AskedQuery, DaySalt, QueryCount, SeenBy, now
from caliber_site.readers import QUERIES_KEPT, reader_hash
from tests.conftest import KeepBusy
from tests.factories import make_edition

TODAY = now()
DAY = timedelta(days=1)


def day_of(at: datetime) -> date:
    return at.astimezone(UTC).date()


def ask(session: Session, text: str, readers_count: int, at: datetime = TODAY - DAY) -> None:
    for number in range(readers_count):
        reader = bytes([number]) * 16
        session.add(AskedQuery(language="en", day=day_of(at), text=text, reader=reader))
    session.commit()


def test_reader_is_the_same_all_day(session: Session) -> None:
    morning, night = TODAY.replace(hour=1), TODAY.replace(hour=23)
    assert reader_hash(session, "192.0.2.1", "a browser", morning) == reader_hash(
        session, "192.0.2.1", "a browser", night
    )


def test_reader_is_another_one_the_next_day(session: Session) -> None:
    assert reader_hash(session, "192.0.2.1", "a browser", TODAY) != reader_hash(
        session, "192.0.2.1", "a browser", TODAY + DAY
    )


def test_address_and_browser_tell_readers_apart(session: Session) -> None:
    hashes = {
        reader_hash(session, address, agent, TODAY)
        for address in ("192.0.2.1", "192.0.2.2")
        for agent in ("a browser", "another")
    }
    assert len(hashes) == 4


def test_two_processes_have_one_salt(session: Session) -> None:
    first = reader_hash(session, "192.0.2.1", "a browser", TODAY)
    readers.salts.clear()  # as in a process that has just started
    assert reader_hash(session, "192.0.2.1", "a browser", TODAY) == first


def test_salt_and_views_of_yesterday_are_forgotten(session: Session) -> None:
    edition = make_edition(session)
    reader = reader_hash(session, "192.0.2.1", "a browser", TODAY - DAY)
    session.add(SeenBy(edition_id=edition.id, reader=reader, counted_at=TODAY - DAY))
    session.commit()
    reader_hash(session, "192.0.2.1", "a browser", TODAY)
    assert session.scalars(select(DaySalt.day)).all() == [day_of(TODAY)]
    assert session.scalar(select(func.count()).select_from(SeenBy)) == 0


def test_queries_of_yesterday_are_kept_as_counts_without_readers(session: Session) -> None:
    ask(session, "quiet lake", LEAST_READERS + 1)
    reader_hash(session, "192.0.2.1", "a browser", TODAY)
    (count,) = session.scalars(select(QueryCount)).all()
    assert (count.text, count.readers) == ("quiet lake", LEAST_READERS + 1)
    assert session.scalars(select(AskedQuery)).all() == []


def test_query_of_few_readers_is_forgotten(session: Session) -> None:
    ask(session, "my neighbour", LEAST_READERS - 1)
    reader_hash(session, "192.0.2.1", "a browser", TODAY)
    assert session.scalars(select(QueryCount)).all() == []
    assert session.scalars(select(AskedQuery)).all() == []


def test_queries_of_today_stay(session: Session) -> None:
    ask(session, "quiet lake", 1, TODAY)
    reader_hash(session, "192.0.2.1", "a browser", TODAY)
    assert len(session.scalars(select(AskedQuery)).all()) == 1


def test_old_counts_are_forgotten(session: Session) -> None:
    old = day_of(TODAY - QUERIES_KEPT - DAY)
    session.add(QueryCount(language="en", day=old, text="quiet lake", readers=9))
    session.commit()
    reader_hash(session, "192.0.2.1", "a browser", TODAY)
    assert session.scalars(select(QueryCount)).all() == []


def test_day_is_not_begun_where_one_would_have_to_wait(
    session: Session, keep_busy: KeepBusy
) -> None:
    with keep_busy(), pytest.raises(OperationalError) as raised:
        reader_hash(session, "192.0.2.1", "a browser", TODAY, wait=False)
    assert is_busy(raised.value)
    session.rollback()
    assert reader_hash(session, "192.0.2.1", "a browser", TODAY, wait=False)
