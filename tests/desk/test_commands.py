import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.desk.passwords import is_right
from caliber_site.models import Editor, Role
from tests.desk.conftest import PASSWORD
from tests.factories import make_editor

NEW = "another good one"


def run(app: Flask, *arguments: str, typed: str = PASSWORD + "\n", command: str = "add") -> Result:
    return app.test_cli_runner().invoke(args=["editors", command, *arguments], input=typed)


def test_editor_is_added(app: Flask, session: Session) -> None:
    options = ("--role", "chief", "--name", "Ada", "--language", "arm", "--password-stdin")
    result = run(app, "Ada@paper.example", *options)
    assert result.exit_code == 0
    editor = session.scalars(select(Editor)).one()
    assert (editor.email, editor.role, editor.name, editor.language) == (
        "ada@paper.example",
        Role.CHIEF,
        "Ada",
        "hy",
    )
    assert is_right(editor.password, PASSWORD)


def test_password_is_asked_for_twice(app: Flask) -> None:
    twice = f"{PASSWORD}\n{PASSWORD}\n"
    assert run(app, "a@paper.example", "--role", "author", typed=twice).exit_code == 0


def test_known_address_is_one_line(app: Flask) -> None:
    options = ("ada@paper.example", "--role", "author", "--password-stdin")
    run(app, *options)
    result = run(app, *options)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_short_password_is_refused(app: Flask, session: Session) -> None:
    options = ("ada@paper.example", "--role", "author", "--password-stdin")
    result = run(app, *options, typed="short\n")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert session.scalars(select(Editor)).all() == []


@pytest.mark.parametrize(
    "arguments", [("ada@paper.example",), ("nobody", "--role", "author"), ("a@b", "--role", "king")]
)
def test_wrong_usage_exits_with_2(app: Flask, arguments: tuple[str, ...]) -> None:
    assert run(app, *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("options", "typed"), [(("--password-stdin",), f"{NEW}\n"), ((), f"{NEW}\n{NEW}\n")]
)
def test_forgotten_password_is_set(
    app: Flask, session: Session, options: tuple[str, ...], typed: str
) -> None:
    editor = make_editor(session, "ada@paper.example")
    key = editor.session_key
    result = run(app, "Ada@paper.example", *options, typed=typed, command="password")
    assert result.exit_code == 0, result.output
    session.refresh(editor)
    assert is_right(editor.password, NEW)
    assert editor.session_key != key


@pytest.mark.parametrize(
    ("email", "typed"), [("nobody@paper.example", f"{NEW}\n"), ("ada@paper.example", "short\n")]
)
def test_password_that_cannot_be_set_is_one_line(
    app: Flask, session: Session, email: str, typed: str
) -> None:
    editor = make_editor(session, "ada@paper.example")
    result = run(app, email, "--password-stdin", typed=typed, command="password")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    session.refresh(editor)
    assert is_right(editor.password, PASSWORD)
