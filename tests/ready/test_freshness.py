from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.languages import ENGLISH
from caliber_site.models import (
    AuthorName,
    Banner,
    BannerText,
    Edition,
    ImageText,
    SectionName,
    Status,
    TagName,
    now,
)
from caliber_site.news.counting import Reading, count_views
from caliber_site.ready.freshness import HOUR, Freshness
from caliber_site.settings import Settings
from tests.conftest import BROWSER
from tests.factories import (
    make_author,
    make_banner,
    make_edition,
    make_editor,
    make_image,
    make_tag,
)
from tests.postgres import Server

Change = Callable[[Session, Edition], object]


@pytest.fixture
def freshness(settings: Settings) -> Freshness:
    return Freshness(settings.database)


def set_status(status: Status) -> Change:
    return lambda _session, edition: setattr(edition, "status", status)


def change_row(
    model: type[TagName | SectionName | AuthorName | ImageText | BannerText], **values: object
) -> Change:
    def change(session: Session, _edition: Edition) -> None:
        row = session.scalars(select(model).where(model.language == "en")).one()
        for name, value in values.items():
            setattr(row, name, value)

    return change


SEEN: dict[str, Change] = {
    "publication": lambda session, _: make_edition(session, title="News"),
    "withdrawal": set_status(Status.WITHDRAWN),
    "correction": lambda _, edition: setattr(edition, "title", "A corrected title"),
    "deletion": lambda session, edition: session.delete(edition),
    "tag": lambda session, edition: edition.tags.append(make_tag(session, "hill", "Hill")),
    "tag taken away": lambda _, edition: edition.tags.clear(),
    "name of a tag": change_row(TagName, name="Sea"),
    "name of a section": change_row(SectionName, name="State"),
    "name of an author": change_row(AuthorName, name="M. Tellan"),
    "words of a picture": change_row(ImageText, alt="A lake at night"),
    "picture": lambda session, edition: setattr(edition.article, "image", make_image(session)),
    "order of sections": change_row(SectionName, position=7),
    "address of a section": lambda _, edition: setattr(edition.article.section, "slug", "state"),
    "banner": lambda session, _: make_banner(session),
    "words of a banner": change_row(BannerText, headline="The morning letter"),
    "banner taken away": lambda session, _: session.delete(session.scalars(select(Banner)).one()),
}
"""Changes of what readers see, by their names."""

UNSEEN: dict[str, Change] = {
    "draft": lambda session, edition: make_edition(
        session, "ru", article=edition.article, status=Status.DRAFT
    ),
    "view": lambda session, edition: count_views(
        session.connection().engine, [Reading(ENGLISH, edition.slug, "192.0.2.1", BROWSER)], now()
    ),
    "editor": lambda session, _: make_editor(session),
}


@pytest.fixture
def edition(session: Session) -> Edition:
    author, tags = make_author(session), (make_tag(session),)
    make_banner(session)
    return make_edition(session, author=author, tags=tags, image=make_image(session))


@pytest.mark.parametrize("name", SEEN)
def test_change_that_readers_see_makes_pages_stale(
    session: Session, freshness: Freshness, edition: Edition, name: str
) -> None:
    before = freshness.ask()
    SEEN[name](session, edition)
    session.commit()
    assert before != freshness.ask()


@pytest.mark.parametrize("name", ["withdrawal", "correction", "deletion", "tag taken away"])
def test_change_counts_from_its_commit_on(
    session: Session, freshness: Freshness, edition: Edition, name: str
) -> None:
    before = freshness.ask()
    SEEN[name](session, edition)
    session.flush()
    assert before == freshness.ask()
    session.rollback()
    assert before == freshness.ask()


@pytest.mark.parametrize("name", UNSEEN)
def test_change_that_readers_do_not_see_leaves_pages_fresh(
    session: Session, freshness: Freshness, edition: Edition, name: str
) -> None:
    before = freshness.ask()
    UNSEEN[name](session, edition)
    session.commit()
    assert before == freshness.ask()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Let time go on, by so much from the test's start."""
    start = now()

    def go_on(span: timedelta) -> None:
        moment = start + span
        monkeypatch.setattr("caliber_site.ready.freshness.now", lambda: moment)
        monkeypatch.setattr("time.time", moment.timestamp)

    return go_on


@pytest.mark.usefixtures("edition")
def test_scheduled_edition_makes_pages_stale_when_it_is_due(
    session: Session,
    freshness: Freshness,
    later: Callable[[timedelta], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The end of an hour, which has a test of its own, must not come in between.
    monkeypatch.setattr("caliber_site.ready.freshness.HOUR", 10**6 * HOUR)
    make_edition(session, title="Tomorrow", minutes_ago=-0.5)
    before = freshness.ask()
    later(timedelta(seconds=29))
    assert before == freshness.ask()
    later(timedelta(seconds=31))
    assert before != freshness.ask()


def test_banner_makes_pages_stale_when_it_begins_and_when_it_ends(
    session: Session, freshness: Freshness, later: Callable[[timedelta], None]
) -> None:
    begin, end = (now() + timedelta(seconds=seconds) for seconds in (30, 60))
    make_banner(session, starts_at=begin, ends_at=end)
    stamps = [freshness.ask()]
    for seconds in (31, 61):
        later(timedelta(seconds=seconds))
        stamps.append(freshness.ask())
    assert len(set(stamps)) == 3


def test_every_hour_pages_are_stale_for_banners_take_turns(
    freshness: Freshness, later: Callable[[timedelta], None]
) -> None:
    before = freshness.ask()
    later(timedelta(hours=1))
    assert before != freshness.ask()


@pytest.mark.parametrize("database", ["postgresql"])
def test_connections_that_the_server_closed_are_opened_again(
    freshness: Freshness, edition: Edition, postgresql: Server
) -> None:
    before = freshness.ask()
    postgresql.disconnect()
    assert [freshness.ask() for _ in range(9)] == [before] * 9


def test_database_without_tables_says_nothing(tmp_path: Path) -> None:
    assert Freshness(f"sqlite:///{tmp_path / 'empty.sqlite'}").ask() is None
