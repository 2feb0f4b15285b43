import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.desk.passwords import is_right
from caliber_site.models import Editor, Role, Section, SectionName, Status
from tests.desk.conftest import PASSWORD, Desk, Open
from tests.factories import make_edition, make_editor, make_section


@pytest.fixture
def chief(open_desk: Open) -> Desk:
    return open_desk(Role.CHIEF)


NEW = {
    "email": "New@Paper.example",
    "name": "Newcomer",
    "role": "author",
    "language": "hy",
    "password": PASSWORD,
}


def find(session: Session, email: str) -> Editor | None:
    session.rollback()
    return session.scalar(select(Editor).where(Editor.email == email))


def test_chief_adds_an_editor(chief: Desk, session: Session) -> None:
    assert chief.post("/editors/", **NEW).status_code == 303
    editor = find(session, "new@paper.example")
    assert editor
    assert (editor.role, editor.language, editor.active) == (Role.AUTHOR, "hy", True)
    assert is_right(editor.password, PASSWORD)


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("email", ""), ("password", "short"), ("role", "king"), ("name", "")],
)
def test_invalid_editor_is_told_on_the_form(chief: Desk, field: str, value: str) -> None:
    answer = chief.post("/editors/", **NEW | {field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_address_is_taken_once(chief: Desk, session: Session) -> None:
    make_editor(session, "new@paper.example")
    answer = chief.post("/editors/", **NEW)
    assert answer.status_code == 422
    assert "exists" in answer.text


def test_chief_changes_a_role(chief: Desk, session: Session) -> None:
    editor = make_editor(session, role=Role.AUTHOR)
    chief.post(f"/editors/{editor.id}", name="Risen", role="editor", active="y")
    session.refresh(editor)
    assert (editor.role, editor.name, editor.active) == (Role.EDITOR, "Risen", True)


def test_chief_closes_an_account(chief: Desk, session: Session) -> None:
    editor = make_editor(session)
    key = editor.session_key
    chief.post(f"/editors/{editor.id}", name="Gone", role="editor")
    session.refresh(editor)
    assert not editor.active
    assert editor.session_key != key


def test_last_chief_cannot_step_down(chief: Desk, session: Session) -> None:
    answer = chief.post(f"/editors/{chief.editor.id}", name="Chief", role="editor", active="y")
    assert answer.status_code == 422
    assert "last chief" in answer.text
    assert session.get_one(Editor, chief.editor.id).role == Role.CHIEF


def test_chief_sets_a_forgotten_password(
    app: Flask, chief: Desk, open_desk: Open, session: Session
) -> None:
    other = open_desk()
    path = f"/editors/{other.editor.id}"
    answer = chief.post(f"{path}/password", password="another good one")
    assert answer.location == f"/desk{path}"
    assert is_right(session.get_one(Editor, other.editor.id).password, "another good one")
    assert other.get("/").status_code == 303
    assert Desk(app).sign_in(other.editor.email, "another good one").status_code == 303


def test_short_password_is_told_on_the_form(chief: Desk, session: Session) -> None:
    editor = make_editor(session)
    answer = chief.post(f"/editors/{editor.id}/password", password="short")
    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    session.refresh(editor)
    assert is_right(editor.password, PASSWORD)


def test_own_password_is_changed_with_the_present_one(chief: Desk, session: Session) -> None:
    path = f"/editors/{chief.editor.id}"
    assert "/password" not in chief.get(path).text
    answer = chief.post(f"{path}/password", password="another good one")
    assert answer.location == "/desk/account/"
    assert is_right(session.get_one(Editor, chief.editor.id).password, PASSWORD)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
def test_passwords_of_others_are_the_chiefs(open_desk: Open, session: Session, role: Role) -> None:
    editor = make_editor(session)
    answer = open_desk(role).post(f"/editors/{editor.id}/password", password="another good one")
    assert answer.status_code == 403
    session.refresh(editor)
    assert is_right(editor.password, PASSWORD)


def test_chief_adds_a_section(chief: Desk, session: Session, client: FlaskClient) -> None:
    words = {"name_en": "Chess", "description_en": "All moves", "name_ru": "Шахматы"}
    assert chief.post("/sections/new", **words).status_code == 303
    section = session.scalars(select(Section)).one()
    assert section.slug == "chess"
    assert {name.language for name in section.names} == {"en", "ru"}
    assert "All moves" in client.get("/en/section/chess/").text


def test_section_address_is_taken_once(chief: Desk, session: Session) -> None:
    make_section(session, "chess")
    answer = chief.post("/sections/new", name_en="Chess")
    assert answer.status_code == 422
    assert 'id="slug-error"' in answer.text


def test_section_needs_a_name(chief: Desk) -> None:
    assert chief.post("/sections/new", slug="chess").status_code == 422


def test_chief_names_and_unnames_a_section(chief: Desk, session: Session) -> None:
    section = make_section(session, "chess")
    words = {"name_en": "Board games", "description_en": "All boards", "name_ru": "", "name_hy": ""}
    chief.post(f"/sections/{section.id}", **words)
    session.expire_all()
    assert [(n.language, n.name, n.description) for n in section.names] == [
        ("en", "Board games", "All boards")
    ]


@pytest.mark.parametrize(
    ("status", "minutes_ago", "code"),
    [
        (Status.PUBLISHED, 5, 422),
        (Status.PUBLISHED, -5, 422),
        (Status.DRAFT, 5, 303),
        (Status.WITHDRAWN, 5, 303),
    ],
)
def test_section_keeps_its_name_where_it_has_published_stories(
    chief: Desk, session: Session, status: Status, minutes_ago: int, code: int
) -> None:
    make_edition(session, "ru", section="chess", status=status, minutes_ago=minutes_ago)
    section = make_section(session, "chess")
    words = {"name_en": "Board games", "description_en": "All boards"} | {
        "name_ru": "",
        "name_hy": "",
    }
    answer = chief.post(f"/sections/{section.id}", **words)
    assert answer.status_code == code
    session.rollback()
    session.expire_all()
    names = {name.language: name.name for name in section.names}
    if code == 422:
        assert 'id="name_ru-error"' in answer.text
        assert 'id="name_hy-error"' not in answer.text
        assert "Board games" in answer.text
        assert names["en"] == "chess English"
    else:
        assert names == {"en": "Board games"}


def test_chief_orders_sections_per_language(
    chief: Desk, session: Session, client: FlaskClient
) -> None:
    first, second = make_section(session, "first"), make_section(session, "second")
    places = {
        f"place-{first.id}-en": "2",
        f"place-{second.id}-en": "1",
        f"place-{second.id}-ru": "nonsense",
    }
    assert chief.post("/sections/order", **places).status_code == 303
    english, russian = client.get("/en/").text, client.get("/ru/").text
    assert english.index("/section/second/") < english.index("/section/first/")
    assert russian.index("/section/first/") < russian.index("/section/second/")
    session.expire_all()
    assert session.get_one(SectionName, (second.id, "en")).position == 1
