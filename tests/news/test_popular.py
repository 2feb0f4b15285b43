"""What is most read, by language and span."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from caliber_site.languages import ENGLISH, RUSSIAN
from caliber_site.models import Edition, Status, View, now
from caliber_site.news.cards import Card
from caliber_site.news.popular import (
    DAY,
    POPULAR_SIZE,
    RANKED,
    RANKINGS,
    WEEK,
    Ranking,
    load_popular,
    load_ranked,
    rank,
)
from caliber_site.reading import Prepared, reading
from tests.factories import make_edition


def make_read(
    session: Session, count: int, language: str = "en", *, views: int = 5, days_ago: int = 0
) -> list[Edition]:
    """Make editions that were read so often, so long ago, and return them newest first."""
    editions = [make_edition(session, language, f"Story {number}") for number in range(count)]
    hour = now() - timedelta(days=days_ago)
    session.add_all(View(edition_id=edition.id, hour=hour, count=views) for edition in editions)
    session.commit()
    return editions[::-1]


def rank_english(engine: Engine) -> Ranking:
    with reading(engine) as read:
        return rank(read, ENGLISH, now())


def read_most(engine: Engine) -> tuple[Card, ...]:
    with reading(engine) as read:
        return load_popular(read, ENGLISH, now(), DAY)


def test_most_read_lists_what_was_read(
    client: FlaskClient, session: Session, engine: Engine
) -> None:
    for number in range(3):
        make_edition(session, title=f"Story {number}")
    for number, readers in ((0, 3), (1, 1), (2, 2)):
        for reader in range(readers):
            agent = f"Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/{100 + reader}.0"
            client.post(f"/en/post/story-{number}/views", headers={"User-Agent": agent})
    popular = read_most(engine)
    assert [card.title for card in popular] == ["Story 0", "Story 2", "Story 1"]


def test_day_and_week_are_counted_each_for_itself(session: Session, engine: Engine) -> None:
    for title, readings in (("Today", {0: 3}), ("Both", {0: 1, 3: 4}), ("Days ago", {3: 4})):
        edition = make_edition(session, title=title)
        session.add_all(
            View(edition_id=edition.id, hour=now() - timedelta(days=days), count=count)
            for days, count in readings.items()
        )
    session.commit()
    with reading(engine) as read:
        day, week = (load_popular(read, ENGLISH, now(), span) for span in (DAY, WEEK))
    assert [card.title for card in day] == ["Today", "Both"]
    assert [card.title for card in week] == ["Both", "Days ago", "Today"]


@pytest.mark.parametrize("database", ["sqlite"])
def test_most_read_is_ranked_without_a_look_at_the_rows_of_editions(engine: Engine) -> None:
    asked = Prepared(RANKINGS, engine.dialect)
    times = {"now": now(), "day": now() - DAY, "week": now() - WEEK}
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {asked.text}", tuple(asked.bind(times))
        )
        steps = [step.detail for step in plan if re.search(r"\b(edition|view)\b", step.detail)]
    assert len(steps) == 2
    assert all("USING COVERING INDEX" in step for step in steps)


def test_most_read_leaves_out_what_is_withdrawn_and_what_was_read_before(
    session: Session, engine: Engine
) -> None:
    for title, status, ago in (
        ("Withdrawn", Status.DRAFT, timedelta(0)),
        ("Yesterday", Status.PUBLISHED, DAY),
        ("Today", Status.PUBLISHED, timedelta(0)),
    ):
        edition = make_edition(session, title=title, status=status)
        session.add(View(edition_id=edition.id, hour=now() - ago, count=5))
    session.commit()
    popular = read_most(engine)
    assert [card.title for card in popular] == ["Today"]


def test_each_language_has_the_newest_of_those_read_as_often(
    session: Session, engine: Engine
) -> None:
    make_read(session, RANKED, "ru", views=99)
    ids = [edition.id for edition in make_read(session, RANKED + 1)]
    assert rank_english(engine) == {DAY: ids[:RANKED], WEEK: ids[:RANKED]}


def test_what_was_read_days_ago_has_a_place_in_the_week_alone(
    session: Session, engine: Engine
) -> None:
    ids = [edition.id for edition in make_read(session, RANKED)]
    (old,) = make_read(session, 1, views=6, days_ago=2)
    assert rank_english(engine) == {DAY: ids, WEEK: [old.id, *ids[:-1]]}


def test_language_that_nobody_reads_has_no_most_read(session: Session, engine: Engine) -> None:
    make_read(session, 1)
    with reading(engine) as read:
        assert rank(read, RUSSIAN, now()) == {DAY: [], WEEK: []}


def test_draft_takes_no_place_among_the_most_read(session: Session, engine: Engine) -> None:
    (edition,) = make_read(session, 1)
    edition.status = Status.DRAFT
    session.commit()
    assert rank_english(engine) == {DAY: [], WEEK: []}


def test_next_ones_fill_the_places_of_what_was_withdrawn_since(
    session: Session, engine: Engine
) -> None:
    editions = make_read(session, 2 * POPULAR_SIZE)
    ranking = rank_english(engine)
    for edition in editions[:POPULAR_SIZE]:
        edition.status = Status.WITHDRAWN
    session.commit()
    with reading(engine) as read:
        cards = load_ranked(read, ENGLISH, now(), ranking[DAY])
    assert [card.edition_id for card in cards] == [x.id for x in editions[POPULAR_SIZE:]]
