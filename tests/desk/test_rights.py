import pytest
from sqlalchemy.orm import Session

from caliber_site.models import Edition, Editor, Role, Status
from tests.desk.conftest import Desk, Open, Typed, only_edition, typed_as
from tests.factories import make_edition, make_section


@pytest.fixture
def author(open_desk: Open) -> Desk:
    return open_desk(Role.AUTHOR)


@pytest.fixture
def own(author: Desk, session: Session) -> Edition:
    editor = session.get_one(Editor, author.editor.id)
    return make_edition(session, title="My own draft", status=Status.DRAFT, owner=editor)


@pytest.fixture
def foreign(session: Session) -> Edition:
    return make_edition(session, title="Of somebody else", status=Status.DRAFT)


def test_author_edits_own_drafts(author: Desk, session: Session, own: Edition) -> None:
    answer = author.hand_in(f"/edit/{own.id}", **typed_as(own, title="Better"))
    assert answer.status_code == 303
    assert only_edition(session).title == "Better"


def test_author_begins_stories(author: Desk, session: Session, typed: Typed) -> None:
    assert author.hand_in("/edit/new", **typed).status_code == 303
    assert only_edition(session).article.owner_id == author.editor.id


@pytest.mark.parametrize("action", ["publish", "publish-now", "withdraw", "unschedule"])
def test_author_does_not_publish(author: Desk, session: Session, own: Edition, action: str) -> None:
    answer = author.hand_in(f"/edit/{own.id}", **typed_as(own), action=action)
    assert answer.status_code == 403
    assert only_edition(session).status == Status.DRAFT


@pytest.mark.parametrize(
    "path", ["/edit/{}", "/edit/{}/revisions", "/edit/{}/revisions/1", "/preview/{}"]
)
def test_author_sees_nothing_of_others(author: Desk, foreign: Edition, path: str) -> None:
    assert author.get(path.format(foreign.id)).status_code == 403


def test_author_does_not_change_others(author: Desk, session: Session, foreign: Edition) -> None:
    token = author.form("/account/")
    data = token | typed_as(foreign, title="Stolen", version="1", action="save")
    assert author.client.post(f"/desk/edit/{foreign.id}", data=data).status_code == 403
    assert only_edition(session).title == "Of somebody else"


@pytest.mark.parametrize("path", ["/edit/new", "/edit/{own}"])
def test_author_does_not_reach_others_by_their_key(
    author: Desk, session: Session, own: Edition, foreign: Edition, path: str
) -> None:
    data = author.form("/edit/new") | typed_as(
        foreign, title="Stolen", story=foreign.article.story, language="ru", version="0"
    )
    author.client.post(f"/desk{path.format(own=own.id)}", data=data)
    session.expire_all()
    assert [e.title for e in foreign.article.editions] == ["Of somebody else"]


def test_author_does_not_add_a_version_to_others(author: Desk, foreign: Edition) -> None:
    path = f"/edit/new?story={foreign.article.story}&language=ru"
    assert author.get(path).status_code == 403


def test_author_lists_own_alone(author: Desk, own: Edition, foreign: Edition) -> None:
    page = author.get("/").text
    assert own.title in page
    assert foreign.title not in page


def test_author_does_not_touch_what_was_published(
    author: Desk, session: Session, own: Edition
) -> None:
    own.status = Status.PUBLISHED
    session.commit()
    assert author.get(f"/edit/{own.id}").status_code == 403
    assert author.get(f"/preview/{own.id}").status_code == 200


def test_author_does_not_move_a_story_that_readers_see(
    author: Desk, session: Session, own: Edition
) -> None:
    make_edition(session, "ru", "Опубликовано", article=own.article)
    sport = make_section(session, "sport")
    author.hand_in(f"/edit/{own.id}", **typed_as(own, section=str(sport.id), title="New"))
    session.expire_all()
    assert own.title == "New"
    assert own.article.section.slug == "politics"


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
@pytest.mark.parametrize(
    "path", ["/editors/", "/editors/1", "/sections/", "/sections/new", "/sections/1"]
)
def test_staff_pages_are_the_chiefs(open_desk: Open, typed: Typed, role: Role, path: str) -> None:
    desk = open_desk(role)
    assert desk.get(path).status_code == 403
    if path != "/sections/":
        assert desk.post(path, name="x").status_code == 403


def test_editor_edits_all(desk: Desk, foreign: Edition) -> None:
    assert desk.get(f"/edit/{foreign.id}").status_code == 200


def test_missing_edition_is_not_found(desk: Desk) -> None:
    for path in ("/edit/99", "/preview/99", "/edit/99/revisions", "/edit/99999999999999999999"):
        assert desk.get(path).status_code == 404
