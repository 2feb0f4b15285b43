"""An editor at the desk: a client that is signed in and fills the form."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from caliber_site.models import Editor, Role
from tests.conftest import BROWSER
from tests.factories import make_editor, make_section

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HIDDEN = re.compile(r'<input[^>]*name="(story|version|image)"[^>]*value="([^"]*)"')
WORDS = {"title": "A quiet day", "lead": "Nothing happened.", "body": "<p>Nothing at all.</p>"}


class Desk:
    """A browser at the desk."""

    def __init__(self, app: Flask, editor: Editor | None = None) -> None:
        self.app, self.editor = app, editor
        self.client: FlaskClient = app.test_client()
        self.client.environ_base["HTTP_USER_AGENT"] = BROWSER
        if editor:
            with self.client.session_transaction(path="/desk/") as session:
                session["editor"], session["key"] = editor.id, editor.session_key
                session.permanent = True

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/desk{path}")

    def token(self, path: str = "/account/") -> str:
        found = TOKEN.search(self.get(path).text)
        assert found, path
        return found[1]

    def post(self, path: str, token_from: str = "", **fields: object) -> TestResponse:
        data = {"csrf_token": self.token(token_from or path)} | fields
        return self.client.post(f"/desk{path}", data=data)

    def form(self, path: str) -> dict[str, str]:
        """Return what the form at an address holds in its hidden fields, and its token."""
        page = self.get(path).text
        found = TOKEN.search(page)
        assert found, page
        return {"csrf_token": found[1]} | {n: unescape(v) for n, v in HIDDEN.findall(page)}

    def hand_in(self, path: str, **fields: object) -> TestResponse:
        """Open a form, fill it and press a button."""
        return self.client.post(f"/desk{path}", data=self.form(path) | fields)


Open = Callable[..., Desk]


@pytest.fixture
def open_desk(app: Flask, session: Session) -> Open:
    """Makes an editor of a role and opens the desk as that editor."""

    def open_as(role: Role = Role.EDITOR, **words: str) -> Desk:
        return Desk(app, make_editor(session, role=role, **words))

    return open_as


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    return open_desk()


@pytest.fixture
def typed(session: Session) -> dict[str, str]:
    """What an editor types into the fields."""
    section = make_section(session)
    return {**WORDS, "language": "en", "section": str(section.id)}
