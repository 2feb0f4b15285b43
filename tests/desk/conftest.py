"""An editor at the desk: a client that is signed in and fills the form."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from caliber_site.desk import passwords
from caliber_site.models import Edition, Editor, Role
from tests.conftest import BROWSER
from tests.factories import make_editor, make_section

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HIDDEN = re.compile(
    r'<input[^>]*name="(story|version|section_before|image_before|image|language)"'
    r' type="hidden" value="([^"]*)"'
)
WORDS = {"title": "A quiet day", "lead": "Nothing happened.", "body": "<p>Nothing at all.</p>"}
PASSWORD = "correct horse battery"
HASHER = passwords.hasher
"""That of the site, which takes a third of a second of a core for a hash."""


@pytest.fixture(autouse=True)
def _hash_quickly() -> Iterator[None]:
    # Still another way than that of the editors whom tests make, so that theirs is outdated. Not
    # by the test's own monkeypatch: begun before the app, it would end after it.
    quick = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    passwords._nobodys_hash.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", quick)
        yield


class Desk:
    """A browser at the desk."""

    def __init__(self, app: Flask, editor: Editor | None = None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.client.environ_base["HTTP_USER_AGENT"] = BROWSER
        if editor:
            self.editor = editor
            with self.client.session_transaction(path="/desk/") as session:
                session["editor"], session["key"] = editor.id, editor.session_key
                session.permanent = True

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/desk{path}")

    def form(self, path: str) -> dict[str, str]:
        """Return what the form at an address holds in its hidden fields, and its token."""
        page = self.get(path).text
        tokens = TOKEN.findall(page)
        assert tokens, page
        return {"csrf_token": tokens[-1]} | {n: unescape(v) for n, v in HIDDEN.findall(page)}

    def post(self, path: str, **fields: object) -> TestResponse:
        """Press a button of a small form, with the token of the account page."""
        return self.send(path, {"csrf_token": self.form("/account/")["csrf_token"]} | fields)

    def hand_in(self, path: str, **fields: object) -> TestResponse:
        """Open a form, fill it and press a button."""
        return self.send(path, self.form(path) | fields)

    def send(self, path: str, data: Mapping[str, object]) -> TestResponse:
        # Encoded here, since the client would leave a temporary file open for a large upload.
        files = {n: FileStorage(*v) for n, v in data.items() if isinstance(v, tuple)}
        boundary, body = encode_multipart({**data, **files})
        kind = f"multipart/form-data; boundary={boundary}"
        return self.client.post(f"/desk{path}", data=body, content_type=kind)

    def sign_in(self, email: str, password: str = PASSWORD, target: str = "") -> TestResponse:
        return self.hand_in(f"/signin{target}", email=email, password=password)


Open = Callable[..., Desk]
Typed = dict[str, str]


@pytest.fixture
def open_desk(app: Flask, session: Session) -> Open:
    """Makes an editor of a role and opens the desk as that editor."""

    def open_as(role: Role = Role.EDITOR, **words: str) -> Desk:
        editor = make_editor(session, role=role, **words)
        session.expunge(editor)
        return Desk(app, editor)

    return open_as


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    return open_desk()


@pytest.fixture
def typed(session: Session) -> Typed:
    """What an editor types into the fields."""
    section = make_section(session)
    return {**WORDS, "language": "en", "section": str(section.id)}


def only_edition(session: Session) -> Edition:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Edition)).one()


def typed_as(edition: Edition, **changes: str) -> Typed:
    """What is in the fields when an edition's form is opened, with changes."""
    stored = {
        "title": edition.title,
        "lead": edition.lead,
        "body": edition.body,
        "slug": edition.slug,
        "section": str(edition.section_id),
        "language": edition.language,
    }
    return stored | changes
