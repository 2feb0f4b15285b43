from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from caliber_site.extensions import db, load_migrations
from caliber_site.languages import ENGLISH
from caliber_site.models import Article, Edition, MonthCount, Section, Status
from caliber_site.news import listing
from caliber_site.news.listing import Scope, load_newest
from caliber_site.news.months import find_moment
from caliber_site.reading import reading
from tests.conftest import CountSql
from tests.factories import make_author, make_edition, make_section, make_tag

AT = datetime(2026, 11, 15, 12, tzinfo=UTC)
TIMES = [
    AT + timedelta(days=40),
    AT + timedelta(days=20),
    AT + timedelta(days=1),
    AT + timedelta(microseconds=1),
    AT,
    AT,
    AT - timedelta(days=1),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC) - timedelta(microseconds=1),
    datetime(2026, 10, 1, tzinfo=UTC),
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC),
    datetime(2025, 12, 1, tzinfo=UTC),
    datetime(2024, 2, 29, 8, tzinfo=UTC),
]
SECTIONS = ("politics", "culture", "politics")


@pytest.fixture(autouse=True)
def far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "FAR", 1)


@pytest.fixture
def editions(session: Session) -> list[Edition]:
    made = [
        make_edition(session, title=f"Story {number}", published_at=at, section=section)
        for number, (at, section) in enumerate((at, s) for at in TIMES for s in SECTIONS)
    ]
    make_edition(session, "ru", published_at=AT)
    make_edition(session, status=Status.DRAFT, published_at=AT)
    make_edition(session, status=Status.WITHDRAWN, published_at=AT)
    return made


def counts(session: Session) -> dict[tuple[str, str, int], int]:
    rows = session.scalars(select(MonthCount).where(MonthCount.count != 0))
    return {(row.language, row.month, row.section_id): row.count for row in rows}


def count_again(session: Session) -> Counter[tuple[str, str, int]]:
    published = select(Edition).where(
        Edition.status == Status.PUBLISHED, Edition.published_at.is_not(None)
    )
    return Counter(
        (edition.language, f"{edition.published_at:%Y-%m}", edition.section_id)
        for edition in session.scalars(published)
    )


@pytest.mark.parametrize("at", [AT, AT + timedelta(days=30), AT + timedelta(days=100), TIMES[-4]])
@pytest.mark.parametrize("section", [None, "politics"])
@pytest.mark.usefixtures("editions")
def test_what_is_far_down_is_what_was_counted_off(
    app: Flask, session: Session, section: str | None, at: datetime
) -> None:
    of = make_section(session, section).id if section else None
    public = [
        edition.id
        for edition in session.scalars(
            select(Edition)
            .where(Edition.language == "en", Edition.is_public(at))
            .order_by(Edition.published_at.desc(), Edition.id.desc())
        )
        if of in {None, edition.section_id}
    ]
    assert len(public) > 4
    scope = Scope.SECTION if section else Scope.LATEST
    with app.app_context(), reading(db.engine) as read:
        for before in range(len(public) + 2):
            cards = load_newest(read, ENGLISH, scope, of, 3, at, before)
            assert [card.edition_id for card in cards] == public[before : before + 3]


@pytest.mark.usefixtures("editions")
def test_page_far_down_costs_two_statements(app: Flask, count_sql: CountSql) -> None:
    with app.app_context(), reading(db.engine) as read, count_sql() as statements:
        assert load_newest(read, ENGLISH, Scope.LATEST, None, 3, TIMES[0], 5)
    assert len(statements) == 2


@pytest.mark.usefixtures("editions")
def test_few_are_counted_off_from_the_month_that_has_the_edition(app: Flask) -> None:
    at = AT.astimezone(timezone(timedelta(hours=5)))
    with app.app_context(), reading(db.engine) as read:
        november = len(SECTIONS) * 4
        end = datetime(2026, 10, 31, 23, 59, 59, 999999, tzinfo=UTC)
        assert find_moment(read, ENGLISH, None, 0, at) == (at, 0)
        assert find_moment(read, ENGLISH, None, november + 1, at) == (end, 1)


@pytest.mark.usefixtures("editions")
def test_there_is_no_page_behind_the_last(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caliber_site.news.pages.now", lambda: AT + timedelta(days=10))
    assert client.get("/en/latest/?page=2").status_code == 200
    assert client.get("/en/latest/?page=3").status_code == 404


@pytest.mark.usefixtures("editions")
def test_stories_that_get_a_time_meanwhile_are_not_shown_before_it(
    app: Flask, session: Session
) -> None:
    politics = make_section(session, "politics").id
    session.merge(MonthCount(language="en", month="2026-12", section_id=politics, count=9))
    session.commit()
    with app.app_context(), reading(db.engine) as read:
        cards = load_newest(read, ENGLISH, Scope.LATEST, None, 99, AT, 1)
    assert cards
    assert all(card.published_at <= AT for card in cards)


@pytest.mark.parametrize("path", ["/en/author/mira-tellan/", "/en/tag/lake/"])
def test_list_of_an_author_or_a_tag_has_pages_too(
    client: FlaskClient, session: Session, path: str
) -> None:
    author, tags = make_author(session), (make_tag(session),)
    for _ in range(21):
        make_edition(session, author=author, tags=tags, title="The oldest", published_at=TIMES[-1])
    for _ in range(10):
        make_edition(session, title="Of another list", published_at=TIMES[-2])
    page = client.get(path, query_string={"page": 2}, headers={"HX-Request": "true"})
    assert page.text.count("The oldest") == 1
    assert "Of another list" not in page.text


Change = Callable[[Session, Edition], object]

CHANGES: dict[str, Change] = {
    "withdrawn": lambda _session, one: setattr(one, "status", Status.WITHDRAWN),
    "of another month": lambda _session, one: setattr(one, "published_at", TIMES[-1]),
    "of the same month": lambda _session, one: setattr(one, "published_at", AT - timedelta(1)),
    "without a time": lambda _session, one: setattr(one, "published_at", None),
    "of another section": lambda session, one: session.execute(
        update(Article)
        .where(Article.id == one.article_id)
        .values(section_id=select(Section.id).where(Section.slug == "culture").scalar_subquery())
    ),
    "deleted": lambda session, one: session.delete(one),
    "deleted with its story": lambda session, one: session.execute(
        delete(Article).where(Article.id == one.article_id)
    ),
    "another title": lambda _session, one: setattr(one, "title", "Another"),
    "one of many": lambda session, _one: session.execute(
        update(Edition).values(status=Status.PUBLISHED)
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_counts_are_right_when_an_edition_is(
    session: Session, editions: list[Edition], change: str
) -> None:
    edition = editions[TIMES.index(AT) * len(SECTIONS)]
    before = counts(session)
    assert before == count_again(session)
    CHANGES[change](session, edition)
    session.commit()
    session.expire_all()
    after = counts(session)
    assert after == count_again(session)
    assert (after == before) == (change in {"of the same month", "another title"})


@pytest.mark.usefixtures("editions")
def test_counts_are_right_when_what_was_written_is_taken_back(session: Session) -> None:
    before = counts(session)
    session.execute(update(Edition).values(status=Status.DRAFT))
    session.rollback()
    assert counts(session) == before


@pytest.mark.usefixtures("editions")
def test_migration_counts_what_is_there(app: Flask, session: Session) -> None:
    before = counts(session)
    session.close()
    with app.app_context():
        load_migrations().downgrade("0006")
        load_migrations().upgrade()
        assert counts(db.session) == before
