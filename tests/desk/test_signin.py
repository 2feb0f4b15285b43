import re

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY
from flask import Flask
from sqlalchemy.orm import Session

from caliber_site.desk.passwords import is_outdated, is_right
from caliber_site.desk.staff import StaffError, change_editor, sign_out_everywhere
from caliber_site.models import Editor, Role
from tests.desk.conftest import HASHER, PASSWORD, Desk, Open
from tests.factories import make_editor


@pytest.fixture
def stranger(app: Flask) -> Desk:
    return Desk(app)


def cookie_of(answer: object) -> str:
    return str(answer.headers["Set-Cookie"])  # type: ignore[attr-defined]


def test_stranger_is_led_to_sign_in(stranger: Desk) -> None:
    answer = stranger.get("/edit/7?revision=3")
    assert answer.status_code == 303
    assert answer.location == "/desk/signin?next=/desk/edit/7?revision%3D3"


def test_right_password_opens_the_desk(stranger: Desk, session: Session) -> None:
    editor = make_editor(session)
    assert stranger.sign_in(editor.email.upper()).location == "/desk/"
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("password", ["wrong", "", PASSWORD + " ", PASSWORD.upper()])
def test_wrong_password_does_not(stranger: Desk, session: Session, password: str) -> None:
    editor = make_editor(session)
    assert stranger.sign_in(editor.email, password).status_code in {401, 422}
    assert stranger.get("/").status_code == 303


def test_unknown_address_is_answered_as_a_wrong_password(stranger: Desk, session: Session) -> None:
    known = stranger.sign_in(make_editor(session).email, "wrong")
    unknown = stranger.sign_in("nobody@paper.example", "wrong")
    forget = re.compile(r'value="[^"]*"')
    assert (known.status_code, forget.sub("", known.text)) == (401, forget.sub("", unknown.text))


def test_passwords_are_hashed_as_is_advised() -> None:
    assert extract_parameters(HASHER.hash(PASSWORD)) == RFC_9106_LOW_MEMORY


def test_unknown_address_costs_a_hash_too(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []

    def verify(_self: PasswordHasher, known: str, _password: str) -> bool:
        hashed.append(known)
        return True

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    assert not is_right(None, "password of nobody")
    assert len(hashed) == 1


def test_editor_who_left_cannot_sign_in(stranger: Desk, session: Session) -> None:
    editor = make_editor(session)
    change_editor(session, editor, "Gone", Role.EDITOR, active=False)
    assert stranger.sign_in(editor.email).status_code == 401


def test_session_ends_when_the_editor_leaves(desk: Desk, session: Session) -> None:
    editor = session.get_one(Editor, desk.editor.id)
    change_editor(session, editor, "Gone", Role.EDITOR, active=False)
    assert desk.get("/").status_code == 303


def test_old_hash_is_renewed_at_sign_in(stranger: Desk, session: Session) -> None:
    editor = make_editor(session)
    assert is_outdated(editor.password)
    stranger.sign_in(editor.email)
    session.refresh(editor)
    assert not is_outdated(editor.password)
    assert is_right(editor.password, PASSWORD)


def test_attempts_at_an_account_are_limited(app: Flask, session: Session) -> None:
    editor = make_editor(session)
    for _attempt in range(8):
        assert Desk(app).sign_in(editor.email, "wrong").status_code == 401
    refused = Desk(app).sign_in(editor.email, PASSWORD)
    assert refused.status_code == 429
    assert "Too many attempts" in refused.text


def test_attempts_from_an_address_are_limited(stranger: Desk) -> None:
    codes = [stranger.sign_in(f"e{n}@paper.example", "wrong").status_code for n in range(41)]
    assert codes == [401] * 40 + [429]


def test_session_is_renewed_at_sign_in(stranger: Desk, session: Session) -> None:
    editor = make_editor(session)
    with stranger.client.session_transaction(path="/desk/") as before:
        before["planted"] = "by somebody else"
    token = stranger.form("/signin")["csrf_token"]
    stranger.sign_in(editor.email)
    with stranger.client.session_transaction(path="/desk/") as after:
        assert "planted" not in after
    data = {"csrf_token": token, "language": "ru"}
    assert stranger.client.post("/desk/account/language", data=data).status_code == 400


def test_cookie_is_for_the_desk_alone(stranger: Desk, session: Session) -> None:
    cookie = cookie_of(stranger.sign_in(make_editor(session).email))
    for rule in ("Path=/desk", "HttpOnly", "SameSite=Lax", "Expires="):
        assert rule in cookie


def test_sign_out_ends_the_session(desk: Desk) -> None:
    assert desk.post("/signout").status_code == 303
    assert desk.get("/").status_code == 303


def test_sign_out_everywhere_ends_all_sessions(app: Flask, desk: Desk, session: Session) -> None:
    other = Desk(app, desk.editor)
    assert other.get("/").status_code == 200
    desk.post("/signout-everywhere")
    assert other.get("/").status_code == 303


def test_session_does_not_outlive_its_key(desk: Desk, session: Session) -> None:
    sign_out_everywhere(session, session.get_one(Editor, desk.editor.id))
    assert desk.get("/").status_code == 303


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/desk/",
        "//evil.example/desk/",
        "/\\evil.example/desk/",
        "/desk/\\evil.example",
        "/en/",
        "javascript:alert(1)",
        "desk/",
        "/desk/%0d%0aX: 1",
    ],
)
def test_sign_in_leads_to_no_other_site(stranger: Desk, session: Session, target: str) -> None:
    answer = stranger.sign_in(make_editor(session).email, target=f"?next={target}")
    assert answer.location == "/desk/"


def test_sign_in_leads_on_to_what_was_wanted(stranger: Desk, session: Session) -> None:
    answer = stranger.sign_in(make_editor(session).email, target="?next=/desk/edit/7?revision%3D3")
    assert answer.location == "/desk/edit/7?revision=3"


def test_stale_sign_in_form_is_shown_again(stranger: Desk) -> None:
    data = {"csrf_token": "stale", "email": "ada@paper.example", "password": "x"}
    answer = stranger.client.post("/desk/signin", data=data)
    assert answer.status_code == 400
    assert "ada@paper.example" in answer.text


def test_password_can_be_changed(app: Flask, desk: Desk, session: Session) -> None:
    other = Desk(app, desk.editor)
    desk.post("/account/password", current=PASSWORD, new="another good one")
    session.expire_all()
    editor = session.get_one(Editor, desk.editor.id)
    assert is_right(editor.password, "another good one")
    assert desk.get("/").status_code == 200
    assert other.get("/").status_code == 303


@pytest.mark.parametrize(("current", "new"), [("wrong", "another good one"), (PASSWORD, "short")])
def test_password_is_not_changed_without_cause(
    desk: Desk, session: Session, current: str, new: str
) -> None:
    assert desk.post("/account/password", current=current, new=new).status_code == 422
    assert is_right(session.get_one(Editor, desk.editor.id).password, PASSWORD)


@pytest.mark.parametrize(("tag", "lang"), [("en", "en"), ("ru", "ru"), ("hy", "hy")])
def test_desk_speaks_the_editors_language(open_desk: Open, tag: str, lang: str) -> None:
    assert f'<html lang="{lang}"' in open_desk(language=tag).get("/").text


def test_desk_learns_another_language(desk: Desk) -> None:
    desk.post("/account/language", language="hy")
    assert '<html lang="hy"' in desk.get("/").text


@pytest.mark.parametrize("path", ["/", "/signin", "/edit/new", "/edit/99", "/account/"])
def test_desk_is_not_kept_by_caches(desk: Desk, path: str) -> None:
    headers = desk.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "path",
    [
        "/signout",
        "/signout-everywhere",
        "/account/language",
        "/account/password",
        "/pictures",
        "/editors/",
        "/sections/order",
        "/sections/new",
        "/edit/new",
    ],
)
def test_every_form_wants_its_token(open_desk: Open, path: str) -> None:
    assert open_desk(Role.CHIEF).client.post(f"/desk{path}", data={}).status_code == 400


def test_reader_has_no_cookie_from_the_desk(desk: Desk) -> None:
    desk.get("/")
    answer = desk.client.get("/en/")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_last_chief_stays(session: Session) -> None:
    chief = make_editor(session, role=Role.CHIEF)
    with pytest.raises(StaffError):
        change_editor(session, chief, "Chief", Role.EDITOR, active=True)
    with pytest.raises(StaffError):
        change_editor(session, chief, "Chief", Role.CHIEF, active=False)
