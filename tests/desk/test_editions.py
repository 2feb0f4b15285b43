from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from caliber_site.models import Editor, Status, now
from tests.conftest import CountSql
from tests.desk.conftest import Desk
from tests.factories import make_author, make_edition


@pytest.mark.parametrize(
    ("status", "minutes_ago", "word"),
    [
        (Status.DRAFT, 5, "Draft"),
        (Status.PUBLISHED, -5, "Scheduled"),
        (Status.PUBLISHED, 5, "Published"),
        (Status.WITHDRAWN, 5, "Withdrawn"),
    ],
)
def test_list_says_where_each_stands(
    desk: Desk, session: Session, status: Status, minutes_ago: int, word: str
) -> None:
    make_edition(session, status=status, minutes_ago=minutes_ago)
    assert f'<td class="state">{word}' in desk.get("/").text


@pytest.mark.parametrize("state", ["draft", "scheduled", "published", "withdrawn"])
def test_list_can_show_one_state(desk: Desk, session: Session, state: str) -> None:
    make_edition(session, title="draft title", status=Status.DRAFT)
    make_edition(session, title="scheduled title", minutes_ago=-5)
    make_edition(session, title="published title")
    make_edition(session, title="withdrawn title", status=Status.WITHDRAWN)
    page = desk.get(f"/?state={state}").text
    assert f"{state} title" in page
    assert page.count(" title</a>") == 1


@pytest.mark.parametrize("query", ["ереван", "ЕРЕВАН", "Ереван", "ереван вечер", "вечер"])
def test_title_is_found_in_any_case(desk: Desk, session: Session, query: str) -> None:
    make_edition(session, "ru", "Ереван, вечер")
    make_edition(session, "ru", "Гюмри, утро")
    page = desk.get(f"/?q={query}").text
    assert "Ереван, вечер" in page
    assert "Гюмри" not in page


@pytest.mark.parametrize("query", ["%25", "_", "'", "\\", "%00"])
def test_search_words_are_plain_text(desk: Desk, session: Session, query: str) -> None:
    make_edition(session, title="Nothing of this")
    answer = desk.get(f"/?q={query}")
    assert answer.status_code == 200
    assert "Nothing of this" not in answer.text or query == "%00"


def test_list_can_show_one_language(desk: Desk, session: Session) -> None:
    make_edition(session, "hy", "Լիճ")
    make_edition(session, "en", "Lake")
    page = desk.get("/?language=arm").text
    assert "Լիճ" in page
    assert ">Lake<" not in page


def test_list_can_show_own_stories(desk: Desk, session: Session) -> None:
    make_edition(session, title="Mine", owner=session.get_one(Editor, desk.editor.id))
    make_edition(session, title="Theirs")
    page = desk.get("/?mine=1").text
    assert "Mine" in page
    assert "Theirs" not in page


def test_list_names_author_and_owner(desk: Desk, session: Session) -> None:
    owner = session.get_one(Editor, desk.editor.id)
    make_edition(session, author=make_author(session), owner=owner)
    page = desk.get("/").text
    assert "Mira Tellan" in page
    assert "<td>Osip Varn</td>" in page


def test_newest_change_comes_first(desk: Desk, session: Session) -> None:
    old = make_edition(session, title="Changed long ago")
    make_edition(session, title="Changed just now")
    old.updated_at = now() - timedelta(days=1)
    session.commit()
    page = desk.get("/").text
    assert page.index("Changed just now") < page.index("Changed long ago")


def test_list_costs_the_same_however_long(
    desk: Desk, session: Session, count_sql: CountSql
) -> None:
    def cost() -> int:
        with count_sql() as statements:
            desk.get("/")
        return len(statements)

    author = make_author(session)
    make_edition(session, author=author)
    desk.get("/")
    short = cost()
    for number in range(45):
        make_edition(session, title=f"Story {number}", author=author)
    assert cost() == short <= 3


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1000000000", "2", "٣"])
def test_list_has_a_page_for_every_number(desk: Desk, session: Session, page: str) -> None:
    for number in range(45):
        make_edition(session, title=f"Story {number}")
    answer = desk.get(f"/?page={page}")
    assert answer.status_code == 200
    assert "of 2" in answer.text


def test_empty_list_says_what_to_do(desk: Desk) -> None:
    assert "Try fewer words" in desk.get("/?q=nothing").text
