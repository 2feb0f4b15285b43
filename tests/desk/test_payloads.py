"""Scripts in every field: none is stored, none comes out again."""

from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.desk.markup import read_body, read_line
from caliber_site.models import Edition
from tests.desk.conftest import Desk, Typed
from tests.desk.payloads import PAYLOADS
from tests.factories import make_image

FIELDS = ("title", "lead", "body", "tags", "author", "alt", "caption", "credit", "slug")
SCRIPTS = {"script"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "srcset", "poster"}


class Danger(HTMLParser):
    """Lists what a browser would run in a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        own = dict(attributes)
        if tag == "script" and not (own.get("src") or "").startswith("/static/"):
            self.found.append(f"<{tag}>")
        if tag in {"iframe", "object", "embed", "base", "math", "style", "applet", "frameset"}:
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            address = "".join((value or "").split()).lower()
            runs = address.startswith(("javascript:", "data:", "vbscript:"))
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.found.append(name)
            elif name in ADDRESSES and runs:
                self.found.append(f"{name}={value}")


def dangers(page: str) -> list[str]:
    danger = Danger()
    danger.feed(page)
    return danger.found


def test_there_are_500_payloads() -> None:
    assert len(set(PAYLOADS)) >= 500


def test_no_payload_is_stored_in_a_text() -> None:
    assert [p for p in PAYLOADS if dangers(read_body(p)) or dangers(read_body(f"<p>{p}</p>"))] == []


def test_no_payload_is_stored_as_markup_in_a_line() -> None:
    assert [p for p in PAYLOADS if dangers(read_line(p))] == []


def test_no_payload_comes_out_again(
    desk: Desk, client: FlaskClient, session: Session, typed: Typed
) -> None:
    form = desk.form("/edit/new")
    for start in range(0, len(PAYLOADS), len(FIELDS)):
        words = dict(zip(FIELDS, PAYLOADS[start : start + len(FIELDS)], strict=False))
        # Nothing but a script is nothing at all, and these may not be empty.
        words |= {name: f"Lake {words.get(name, '')}" for name in ("title", "body", "alt")}
        image = make_image(session, owner=desk.editor)
        data = form | typed | words | {"image": str(image.id), "action": "publish"}
        data["story"] = f"desk:{start:016x}"
        answer = desk.client.post("/desk/edit/new", data=data)
        assert answer.status_code == 303, words
        assert dangers(desk.client.get(answer.location).text) == [], words
        edition = session.scalars(select(Edition).order_by(Edition.id.desc())).first()
        assert edition
        page = client.get(f"/en/post/{edition.slug}")
        assert page.status_code == 200
        assert dangers(page.text) == [], words
        session.rollback()
    assert dangers(desk.get("/").text) == []


@pytest.mark.parametrize("field", ["title", "body", "alt"])
def test_payload_that_leaves_nothing_does_not_come_out_either(
    desk: Desk, session: Session, typed: Typed, field: str
) -> None:
    form = desk.form("/edit/new")
    image = make_image(session, owner=desk.editor)
    for number, payload in enumerate(PAYLOADS[::50]):
        words = typed | {"alt": "A lake", "image": str(image.id), field: payload}
        story = {"story": f"desk:{number:016x}", "action": "publish"}
        answer = desk.client.post("/desk/edit/new", data=form | words | story)
        assert answer.status_code in {303, 422}, payload
        assert dangers(answer.text) == [], payload
