import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.desk.passwords import is_right
from caliber_site.models import Editor, Role, Section, SectionName
from tests.desk.conftest import PASSWORD, Desk, Open
from tests.factories import make_editor, make_section


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
