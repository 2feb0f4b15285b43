import sqlite3
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from caliber_site.languages import BY_TAG, ENGLISH
from caliber_site.models import DaySalt, Edition, SeenBy, Status, View, now
from caliber_site.news.counting import FIND_EDITIONS, Reading, count_views
from tests.factories import make_edition

on_sqlite = pytest.mark.parametrize("database", ["sqlite"])


def counted(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.coalesce(func.sum(View.count), 0))) or 0


def read(edition: Edition, agent: str = "a browser") -> Reading:
    return Reading(BY_TAG[edition.language], edition.slug, "192.0.2.1", agent)


def test_first_view_of_a_reader_counts(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session, views=187)
    answer = client.post(f"/en/post/{edition.slug}/views")
    assert "188" in answer.text
    assert counted(session) == 1


def test_each_edition_has_its_own_views(client: FlaskClient, session: Session) -> None:
    for number in (1, 2):
        make_edition(session, slug=f"edition-{number}", views=1000 * number)
    assert "2,000 views" in client.get("/en/post/edition-2").text
    assert "2,001 views" in client.post("/en/post/edition-2/views").text
    assert "2,001 views" in client.post("/en/post/edition-2/views").text


def test_repeat_within_half_an_hour_does_not_count(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    for _ in range(3):
        client.post(f"/en/post/{edition.slug}/views")
    assert counted(session) == 1


def test_reader_counts_again_after_half_an_hour(session: Session, engine: Engine) -> None:
    edition = make_edition(session, minutes_ago=5000)
    start = now().replace(hour=12, minute=0)
    for minutes in (0, 29, 31):
        at = start + timedelta(minutes=minutes)
        count_views(engine, [read(edition)], at)
    assert counted(session) == 2


def test_other_browser_at_the_same_address_counts(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    for number in range(3):
        agent = f"Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/{140 + number}.0"
        client.post(f"/en/post/{edition.slug}/views", headers={"User-Agent": agent})
    assert counted(session) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "python-requests/2.32.3"},
        {"User-Agent": ""},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
    ],
    ids=str,
)
def test_robots_prefetch_and_other_origins_do_not_count(
    client: FlaskClient, session: Session, headers: dict[str, str]
) -> None:
    edition = make_edition(session)
    answer = client.post(f"/en/post/{edition.slug}/views", headers=headers)
    assert answer.status_code == 200
    assert counted(session) == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_view_of_what_is_not_public_is_not_found(
    client: FlaskClient, session: Session, status: Status
) -> None:
    edition = make_edition(session, status=status)
    assert client.post(f"/en/post/{edition.slug}/views").status_code == 404
    assert counted(session) == 0


@on_sqlite
def test_many_views_cost_three_statements(session: Session, engine: Engine) -> None:
    edition, other = make_edition(session), make_edition(session, "ru")
    readings = [read(x, f"browser {n}") for x in (edition, other) for n in range(50)]
    count_views(engine, readings[:1], now())  # the first of the day makes the salt
    statements: list[str] = []

    # SQLAlchemy, by which others are counted, does not see them.
    def trace(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(statements.append)

    event.listen(engine, "checkout", trace)
    count_views(engine, readings, now())
    verbs = [statement.split()[0] for statement in statements]
    assert verbs == ["BEGIN", "WITH", "INSERT", "INSERT", "COMMIT"]


def test_reader_counts_once_in_a_batch(session: Session, engine: Engine) -> None:
    edition, other = make_edition(session), make_edition(session, "ru")
    readings = [read(edition), read(other), read(edition), read(edition, "another")]
    assert count_views(engine, readings, now()) == [2, 1, 2, 2]
    assert counted(session) == 3


def test_batch_tells_what_was_read_in_hours_before(session: Session, engine: Engine) -> None:
    edition = make_edition(session, minutes_ago=5000, views=100)
    noon = now().replace(hour=12, minute=59)
    for minutes in (0, 2, 3):
        readings = [read(edition, f"{minutes} {n}") for n in range(5)]
        shown = count_views(engine, readings, noon + timedelta(minutes=minutes))
    assert set(shown) == {115}


def test_what_is_not_public_keeps_no_batch_from_counting(session: Session, engine: Engine) -> None:
    edition, draft = make_edition(session), make_edition(session, status=Status.DRAFT)
    nothing = Reading(ENGLISH, "nothing", "192.0.2.1", "a browser")
    assert count_views(engine, [read(draft), read(edition), nothing], now()) == [None, 1, None]


@pytest.fixture
def plan(session: Session) -> str:
    """How SQLite finds editions: not by reading all that is published, nor each hour's row."""
    statement = FIND_EDITIONS.format(rows="('en', 'a'), ('ru', 'b')", value="''")
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
    return "\n".join(row[3] for row in rows)


@on_sqlite
def test_edition_is_found_by_its_address(plan: str) -> None:
    assert "SEARCH edition USING INDEX ix_edition_language_slug (language=? AND slug=?)" in plan


@on_sqlite
def test_year_of_views_is_summed_in_an_index(plan: str) -> None:
    assert "SEARCH view USING COVERING INDEX ix_view_edition_id_count" in plan


def test_no_cookie_is_set_by_a_view(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    answer = client.post(f"/en/post/{edition.slug}/views")
    assert "Set-Cookie" not in answer.headers


def test_neither_address_nor_browser_is_stored(session: Session, engine: Engine) -> None:
    edition = make_edition(session)
    reading = Reading(ENGLISH, edition.slug, "192.0.2.77", "Rare Browser")
    count_views(engine, [reading], now())
    stored = session.scalars(select(SeenBy.reader)).one()
    assert len(stored) == 16
    assert b"192.0.2.77" not in stored


def test_salt_of_yesterday_is_forgotten(session: Session, engine: Engine) -> None:
    edition = make_edition(session, minutes_ago=5000)
    for days in (2, 1):
        count_views(engine, [read(edition)], now() - timedelta(days))
    assert session.scalar(select(func.count()).select_from(DaySalt)) == 1


def test_number_is_printed_as_the_language_prints_it(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session, "ru", "Тихий день", views=1_234_566)
    assert "1\xa0234\xa0567" in client.post(f"/ru/post/{edition.slug}/views").text
