import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.models import Edition, Revision, Status
from tests.conftest import KeepBusy
from tests.desk.conftest import PASSWORD, Desk, Open, Typed, only_edition, typed_as
from tests.factories import make_edition


@pytest.fixture
def edition(session: Session) -> Edition:
    return make_edition(session, title="As it was", status=Status.DRAFT)


def test_second_of_two_editors_is_told(open_desk: Open, edition: Edition) -> None:
    first, second = open_desk(), open_desk()
    path = f"/edit/{edition.id}"
    mine = second.form(path)
    first.hand_in(path, **typed_as(edition, title="Theirs"))
    answer = second.client.post(f"/desk{path}", data=mine | typed_as(edition, title="Mine"))
    assert answer.status_code == 409
    assert "Osip Varn saved this edition at" in answer.text


def test_both_texts_are_there_after_a_conflict(open_desk: Open, edition: Edition) -> None:
    first, second = open_desk(), open_desk()
    path = f"/edit/{edition.id}"
    mine = second.form(path)
    first.hand_in(path, **typed_as(edition, body="<p>Their text</p>"))
    changes = typed_as(edition, body="<p>My text</p>", lead="My lead", tags="One, Two")
    page = second.client.post(f"/desk{path}", data=mine | changes).text
    for text in ("<p>Their text</p>", "&lt;p&gt;My text&lt;/p&gt;", "My lead", "One, Two"):
        assert text in page


def test_conflict_changes_nothing(open_desk: Open, session: Session, edition: Edition) -> None:
    first, second = open_desk(), open_desk()
    path = f"/edit/{edition.id}"
    mine = second.form(path)
    first.hand_in(path, **typed_as(edition, title="Theirs"))
    second.client.post(f"/desk{path}", data=mine | typed_as(edition, title="Mine", tags="New tag"))
    assert only_edition(session).title == "Theirs"
    assert only_edition(session).tags == []


def test_mine_can_be_saved_over_it(open_desk: Open, session: Session, edition: Edition) -> None:
    first, second = open_desk(), open_desk()
    path = f"/edit/{edition.id}"
    mine = second.form(path)
    first.hand_in(path, **typed_as(edition, title="Theirs"))
    conflict = second.client.post(f"/desk{path}", data=mine | typed_as(edition, title="Mine"))
    assert 'name="version" type="hidden" value="2"' in conflict.text
    again = mine | {"version": "2"} | typed_as(edition, title="Mine")
    assert second.client.post(f"/desk{path}", data=again).status_code == 303
    assert only_edition(session).title == "Mine"


@pytest.mark.parametrize("action", ["publish", "withdraw", "unschedule", "publish-now"])
def test_no_button_passes_the_check_by(
    open_desk: Open, session: Session, edition: Edition, action: str
) -> None:
    first, second = open_desk(), open_desk()
    path = f"/edit/{edition.id}"
    mine = second.form(path)
    first.hand_in(path, **typed_as(edition, title="Theirs"))
    data = mine | typed_as(edition, title="Mine", action=action, published_at="2099-01-01T10:00")
    assert second.client.post(f"/desk{path}", data=data).status_code == 409
    assert only_edition(session).status == Status.DRAFT


def test_two_tabs_of_one_editor_do_not_overwrite_each_other(desk: Desk, edition: Edition) -> None:
    path = f"/edit/{edition.id}"
    old_tab = desk.form(path)
    desk.hand_in(path, **typed_as(edition, title="New tab"))
    answer = desk.client.post(f"/desk{path}", data=old_tab | typed_as(edition, title="Old tab"))
    assert answer.status_code == 409


def test_double_click_is_no_conflict(desk: Desk, session: Session, edition: Edition) -> None:
    data = desk.form(f"/edit/{edition.id}") | typed_as(edition, title="Once", tags="A, B")
    for _press in range(2):
        assert desk.client.post(f"/desk/edit/{edition.id}", data=data).status_code == 303
    assert only_edition(session).version == 2


def test_double_click_begins_one_story(desk: Desk, session: Session, typed: Typed) -> None:
    data = desk.form("/edit/new") | typed
    first, second = (desk.client.post("/desk/edit/new", data=data) for _press in range(2))
    assert first.location == second.location
    session.rollback()
    assert session.scalars(select(func.count()).select_from(Revision)).one() == 1


def test_double_click_on_publish_is_no_conflict(
    desk: Desk, session: Session, edition: Edition
) -> None:
    data = desk.form(f"/edit/{edition.id}") | typed_as(edition, action="publish")
    for _press in range(2):
        assert desk.client.post(f"/desk/edit/{edition.id}", data=data).status_code == 303
    assert only_edition(session).version == 2


def test_stale_token_loses_nothing(desk: Desk, session: Session, typed: Typed) -> None:
    data = desk.form("/edit/new") | typed | {"csrf_token": "stale", "tags": "Still here"}
    answer = desk.client.post("/desk/edit/new", data=data)
    assert answer.status_code == 400
    for text in ("Nothing at all.", "Still here", "open for too long"):
        assert text in answer.text
    assert session.scalars(select(Edition)).all() == []


def test_form_after_a_stale_token_can_be_saved(desk: Desk, session: Session, typed: Typed) -> None:
    data = desk.form("/edit/new") | typed
    desk.client.post("/desk/edit/new", data=data | {"csrf_token": "stale"})
    token = desk.form("/edit/new")["csrf_token"]
    answer = desk.client.post("/desk/edit/new", data=data | {"csrf_token": token})
    assert answer.status_code == 303
    assert only_edition(session).title == "A quiet day"


def test_expired_session_loses_nothing(app: Flask, edition: Edition) -> None:
    stranger = Desk(app)
    answer = stranger.client.post(
        f"/desk/edit/{edition.id}", data=typed_as(edition, title="Typed for an hour")
    )
    assert answer.status_code == 401
    assert "Typed for an hour" in answer.text
    assert 'type="password"' in answer.text


def test_one_can_sign_in_on_the_form_and_save(
    app: Flask, desk: Desk, session: Session, edition: Edition
) -> None:
    data = desk.form(f"/edit/{edition.id}") | typed_as(edition, title="Typed for an hour")
    stranger = Desk(app)
    page = stranger.client.post(f"/desk/edit/{edition.id}", data=data)
    again = data | {
        "csrf_token": page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0],
        "signin_email": desk.editor.email,
        "signin_password": PASSWORD,
    }
    answer = stranger.client.post(f"/desk/edit/{edition.id}", data=again)
    assert answer.status_code == 303
    assert only_edition(session).title == "Typed for an hour"


def test_wrong_password_on_the_form_loses_nothing(
    app: Flask, desk: Desk, session: Session, edition: Edition
) -> None:
    stranger = Desk(app)
    data = typed_as(edition, title="Typed for an hour")
    page = stranger.client.post(f"/desk/edit/{edition.id}", data=data).text
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    guess = {"csrf_token": token, "signin_email": desk.editor.email, "signin_password": "wrong"}
    answer = stranger.client.post(f"/desk/edit/{edition.id}", data=data | guess)
    assert answer.status_code == 401
    assert "Typed for an hour" in answer.text
    assert only_edition(session).title == "As it was"


def test_stranger_is_shown_nothing_unpublished(app: Flask, edition: Edition) -> None:
    data = {"title": "", "language": "en", "story": edition.article.story}
    page = Desk(app).client.post(f"/desk/edit/{edition.id}", data=data).text
    assert "As it was" not in page
    assert "everybody was content" not in page


def test_locked_database_loses_nothing(
    keep_busy: KeepBusy, desk: Desk, typed: Typed, session: Session
) -> None:
    data = desk.form("/edit/new") | typed
    session.close()
    with keep_busy():
        answer = desk.client.post("/desk/edit/new", data=data)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "Nothing at all." in answer.text
    assert desk.client.post("/desk/edit/new", data=data).status_code == 303
