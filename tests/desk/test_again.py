"""Every form of the desk comes back with what was typed, whatever kept it from being handled."""

import re
from dataclasses import dataclass
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from caliber_site.desk.staff import sign_out_everywhere
from caliber_site.models import Editor, Role, Section, SectionName
from tests.conftest import KeepBusy
from tests.desk.conftest import PASSWORD, TOKEN, Desk, Open
from tests.desk.test_pictures import picture
from tests.factories import make_edition, make_editor, make_section

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
SECRET = "a password of mine"


@dataclass(frozen=True)
class Form:
    """Where a small form is handed in, what is typed into it, and what must still be there."""

    path: str
    typed: dict[str, str]
    kept: tuple[str, ...]


FORMS = {
    "language": Form("/account/language", {"language": "hy"}, ('selected value="hy"',)),
    "password": Form("/account/password", {"current": SECRET, "new": SECRET}, ()),
    "editor-new": Form(
        "/editors/",
        {"email": "new@paper.example", "name": "Newcomer", "role": "chief", "language": "ru"}
        | {"password": SECRET},
        ("new@paper.example", "Newcomer", 'selected value="chief"'),
    ),
    "editor": Form(
        "/editors/{editor}",
        {"name": "Risen", "role": "chief", "active": "y"},
        ("Risen", 'selected value="chief"'),
    ),
    "editor-password": Form("/editors/{editor}/password", {"password": SECRET}, ()),
    "section-new": Form(
        "/sections/new",
        {"slug": "chess", "name_en": "Chess", "description_ru": "Все ходы", "name_ru": "Шахматы"},
        ("chess", "Chess", "Все ходы", "Шахматы"),
    ),
    "section": Form(
        "/sections/{section}",
        {"name_en": "Board games", "description_en": "All boards", "name_hy": "Խաղեր"},
        ("Board games", "All boards", "Խաղեր"),
    ),
    "order": Form("/sections/order", {"place-{section}-en": "77"}, ('value="77"',)),
}
all_forms = pytest.mark.parametrize("name", FORMS)


@pytest.fixture
def chief(open_desk: Open) -> Desk:
    return open_desk(Role.CHIEF)


@pytest.fixture
def forms(session: Session) -> dict[str, Form]:
    ids = {"editor": make_editor(session).id, "section": make_section(session, "chess-club").id}
    return {
        name: Form(
            form.path.format(**ids),
            {field.format(**ids): value for field, value in form.typed.items()},
            form.kept,
        )
        for name, form in FORMS.items()
    }


def snapshot(session: Session) -> list[object]:
    """Return all that these forms could change."""
    session.rollback()
    session.expire_all()
    editors = select(Editor.id, Editor.name, Editor.role, Editor.session_key, Editor.language)
    names = select(SectionName.section_id, SectionName.name, SectionName.position)
    statements = (editors, names, select(Section.slug))
    return [sorted(map(tuple, session.execute(statement))) for statement in statements]


def check(answer: TestResponse, form: Form, status: int) -> None:
    assert answer.status_code == status
    assert 'class="problem" role="alert"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    for text in form.kept:
        assert text in answer.text
    assert SECRET not in answer.text


@all_forms
def test_locked_database_loses_nothing(
    keep_busy: KeepBusy, chief: Desk, forms: dict[str, Form], session: Session, name: str
) -> None:
    form = forms[name]
    if name == "password":
        form = Form(form.path, {"current": PASSWORD, "new": SECRET}, ())
    before = snapshot(session)
    data = chief.form("/account/") | form.typed
    session.close()
    with keep_busy():
        answer = chief.send(form.path, data)
    check(answer, form, 503)
    assert int(answer.headers["Retry-After"]) > 0
    assert "The database is busy" in answer.text
    assert snapshot(session) == before
    assert chief.send(form.path, data).status_code == 303


@all_forms
def test_stale_token_loses_nothing(
    chief: Desk, forms: dict[str, Form], session: Session, name: str
) -> None:
    form = forms[name]
    before = snapshot(session)
    answer = chief.send(form.path, form.typed | {"csrf_token": "stale"})
    check(answer, form, 400)
    assert "open for too long" in answer.text
    assert snapshot(session) == before


@pytest.mark.parametrize("ended", ["cookie", "everywhere"])
@all_forms
def test_who_is_signed_out_can_sign_in_and_go_on(
    chief: Desk, forms: dict[str, Form], session: Session, name: str, ended: str
) -> None:
    form = forms[name]
    data = chief.form("/account/") | form.typed
    if ended == "cookie":
        chief.client.delete_cookie("desk", path="/desk")
    else:
        sign_out_everywhere(session, session.get_one(Editor, chief.editor.id))
    before = snapshot(session)
    answer = chief.send(form.path, data)
    assert answer.status_code == 401
    assert "You are signed out" in answer.text
    assert SECRET not in answer.text
    held = {name: unescape(value) for name, value in HIDDEN.findall(answer.text)}
    assert {n: v for n, v in form.typed.items() if v != SECRET}.items() <= held.items()
    wrong = {"signin_email": chief.editor.email, "signin_password": "wrong"}
    assert chief.send(form.path, held | wrong).status_code == 401
    assert snapshot(session) == before
    answer = chief.send(form.path, held | wrong | {"signin_password": PASSWORD})
    if SECRET in form.typed.values():  # passwords are to be typed again
        assert answer.status_code == 422
        assert snapshot(session) == before
    else:
        assert answer.status_code == 303
        assert snapshot(session) != before


@all_forms
def test_who_signs_in_there_may_no_more_than_before(
    app: Flask, forms: dict[str, Form], session: Session, name: str
) -> None:
    form, author = forms[name], make_editor(session, role=Role.AUTHOR)
    stranger = Desk(app)
    page = stranger.send(form.path, form.typed).text
    before = snapshot(session)
    who = {"signin_email": author.email, "signin_password": PASSWORD}
    answer = stranger.send(form.path, form.typed | who | {"csrf_token": TOKEN.findall(page)[-1]})
    if not form.path.startswith("/account"):
        assert answer.status_code == 403
        assert snapshot(session) == before


def test_attempts_to_sign_in_there_are_limited(app: Flask, session: Session) -> None:
    editor, stranger = make_editor(session), Desk(app)
    token = TOKEN.findall(stranger.send("/account/language", {"language": "ru"}).text)[-1]
    data = {"csrf_token": token, "signin_email": editor.email, "signin_password": "wrong"}
    codes = [stranger.send("/account/language", data).status_code for _ in range(9)]
    assert codes == [401] * 8 + [429]


def test_stranger_learns_nothing_from_a_form(app: Flask, session: Session) -> None:
    editor = make_editor(session)
    for path in ("/editors/", f"/editors/{editor.id}", "/sections/order", "/account/language"):
        page = Desk(app).send(path, {"name": "x"}).text
        assert editor.email not in page


def test_author_is_shown_no_chiefs_form(open_desk: Open) -> None:
    author = open_desk(Role.AUTHOR)
    assert author.send("/editors/", {"csrf_token": "stale"}).status_code == 403


def test_locked_database_loses_no_sign_in(
    keep_busy: KeepBusy, app: Flask, session: Session
) -> None:
    editor = make_editor(session)  # whose hash is to be renewed
    stranger = Desk(app)
    data = {**stranger.form("/signin"), "email": editor.email, "password": PASSWORD}
    session.close()
    with keep_busy():
        answer = stranger.send("/signin", data)
    assert answer.status_code == 503
    assert editor.email in answer.text
    assert PASSWORD not in answer.text


def test_stale_preview_shows_the_form(desk: Desk, session: Session) -> None:
    edition = make_edition(session)
    data = {"csrf_token": "stale", "title": "Typed for an hour", "language": "en"}
    answer = desk.send(f"/preview/{edition.id}", data)
    assert answer.status_code == 400
    assert "Typed for an hour" in answer.text
    assert f'action="/desk/edit/{edition.id}"' in answer.text


def test_signed_out_preview_can_go_on(app: Flask, desk: Desk, session: Session) -> None:
    edition = make_edition(session)
    stranger = Desk(app)
    page = stranger.send(f"/preview/{edition.id}", {"title": "Typed for an hour"}).text
    held = {name: unescape(value) for name, value in HIDDEN.findall(page)}
    who = {"signin_email": desk.editor.email, "signin_password": PASSWORD}
    answer = stranger.send(f"/preview/{edition.id}", held | who)
    assert answer.status_code == 200
    assert "Typed for an hour" in answer.text


def test_picture_for_the_text_is_answered_for_the_script(
    keep_busy: KeepBusy, desk: Desk, session: Session
) -> None:
    token = desk.form("/account/")["csrf_token"]
    session.close()
    with keep_busy():
        busy = desk.send("/pictures", {"csrf_token": token, "picture": upload()})
    stale = desk.send("/pictures", {"csrf_token": "stale", "picture": upload()})
    desk.client.delete_cookie("desk", path="/desk")
    out = desk.send("/pictures", {"csrf_token": token, "picture": upload()})
    assert [a.status_code for a in (busy, stale, out)] == [503, 400, 401]
    assert all(a.json and a.json["error"] for a in (busy, stale, out))


def upload() -> tuple[BytesIO, str]:
    return BytesIO(picture()), "photo.png"


def test_sign_out_needs_its_token_still(desk: Desk) -> None:
    assert desk.send("/signout", {"csrf_token": "stale"}).status_code == 400
    assert desk.get("/").status_code == 200
