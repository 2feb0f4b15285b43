"""What is found, and what never is."""

import random
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from caliber_site.languages import LANGUAGES, RUSSIAN
from caliber_site.models import Edition, Status, now
from caliber_site.search.engine import Engine
from caliber_site.search.query import Query
from tests.factories import make_author, make_edition, make_tag
from tests.search.conftest import Find


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [
        ("ru", "Утро над Ереваном", "ереван"),
        ("ru", "ЕРЕВАН ночью", "ереван"),
        ("ru", "Новогодняя ёлка", "елка"),
        ("hy", "Ինչո՞ւ է լռում լիճը", "Ինչու"),
        ("hy", "ԵՐԵՎԱՆ", "Երևանում"),
        ("hy", "Երեւան", "Երևանում"),
        ("en", "Cities of the lake", "city"),
    ],
)
def test_word_is_found_in_another_form(
    session: Session, find: Find, language: str, title: str, query: str
) -> None:
    make_edition(session, language, title)
    assert find(query, language) == [title]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_unpublished_edition_is_not_found(session: Session, find: Find, status: Status) -> None:
    make_edition(session, title="Secret lake", status=status)
    assert find("secret") == []


def test_scheduled_edition_is_not_found_before_its_time(session: Session, find: Find) -> None:
    make_edition(session, title="Secret lake", published_at=now() + timedelta(hours=1))
    assert find("secret") == []


def test_scheduled_edition_is_found_from_its_time_on(
    session: Session, search_engine: Engine
) -> None:
    at = now() + timedelta(hours=1)
    make_edition(session, "ru", "Тайна", published_at=at)
    search_engine.sync(session)
    assert search_engine.search(Query("тайна", RUSSIAN, at + timedelta(seconds=1))).total == 1


def test_edition_of_another_language_is_not_found(session: Session, find: Find) -> None:
    make_edition(session, "ru", "Lake")
    assert find("lake", "en") == []


def test_lead_body_tags_and_author_are_searched(session: Session, find: Find) -> None:
    make_edition(
        session,
        title="Plain",
        lead="Walnuts",
        body="<p>The <em>ferr</em>yman</p>",
        author=make_author(session),
        tags=(make_tag(session, "harvest", "Harvest"),),
    )
    for query in ("walnut", "ferryman", "Tellan", "harvest"):
        assert find(query) == ["Plain"]


def test_title_outranks_lead_outranks_body(session: Session, find: Find) -> None:
    make_edition(session, title="One", body="<p>About walnuts in autumn.</p>")
    make_edition(session, title="Two", lead="About walnuts in autumn.")
    make_edition(session, title="Walnuts")
    assert find("walnuts") == ["Walnuts", "Two", "One"]


def test_all_words_are_preferred(session: Session, find: Find) -> None:
    make_edition(session, title="Quiet lake")
    make_edition(session, title="Quiet street")
    assert find("quiet lake") == ["Quiet lake"]


def test_some_words_are_found_where_no_edition_has_all(session: Session, find: Find) -> None:
    make_edition(session, title="Quiet lake")
    assert find("quiet volcano") == ["Quiet lake"]


def test_phrase_in_quotes_is_found_in_its_order(session: Session, find: Find) -> None:
    make_edition(session, title="The white house")
    make_edition(session, title="The house is white")
    assert find("“white house”") == ["The white house"]


def test_beginning_of_the_last_word_is_enough_in_the_live_box(session: Session, find: Find) -> None:
    make_edition(session, title="Observatory on the lake")
    assert find("lake obser", live=True) == ["Observatory on the lake"]


def test_section_limits_results(session: Session, find: Find) -> None:
    make_edition(session, title="Lake one", section="culture")
    make_edition(session, title="Lake two", section="sport")
    assert find("lake", section="sport") == ["Lake two"]


def test_days_limit_results(session: Session, find: Find) -> None:
    for days in (1, 5, 9):
        make_edition(session, title=f"Lake {days}", minutes_ago=days * 1440)
    start, end = now() - timedelta(days=7), now() - timedelta(days=3)
    assert find("lake", date_from=start, date_to=end) == ["Lake 5"]


def test_newest_come_first_when_asked(session: Session, find: Find) -> None:
    for minutes in (30, 10, 20):
        make_edition(session, title=f"Lake {minutes}", minutes_ago=minutes)
    assert find("lake", sort="newest") == ["Lake 10", "Lake 20", "Lake 30"]


def test_page_beyond_the_last_is_the_last(session: Session, find: Find) -> None:
    for number in range(3):
        make_edition(session, title=f"Lake {number}", minutes_ago=number + 1)
    assert find("lake", sort="newest", size=2, page=10**9) == ["Lake 2"]


def test_no_query_raises(session: Session, search_engine: Engine) -> None:
    make_edition(session)
    search_engine.sync(session)
    chance = random.Random(7)  # noqa: S311
    for number in range(1000):
        text = "".join(
            chr(chance.choice([chance.randrange(1, 0x600), chance.randrange(1, 0x110000)]))
            for _ in range(chance.randrange(1, 300))
        )
        asked = Query(text, LANGUAGES[number % 3], now(), live=number % 2 == 0)
        assert search_engine.search(asked).available


def test_missing_index_is_told(search_engine: Engine) -> None:
    assert not search_engine.search(Query("озеро", RUSSIAN, now())).available


def test_edition_is_shown_from_the_index_that_follows_it(session: Session, find: Find) -> None:
    edition: Edition = make_edition(session, title="Old name")
    assert find("old") == ["Old name"]
    session.delete(edition)
    session.commit()
    assert find("old") == []
