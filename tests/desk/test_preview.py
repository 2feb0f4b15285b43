import pytest
from flask import Flask
from sqlalchemy.orm import Session

from caliber_site.models import Edition, Status
from tests.desk.conftest import Desk, Open, Typed, only_edition, typed_as
from tests.factories import make_edition


@pytest.fixture
def draft(session: Session) -> Edition:
    return make_edition(session, "hy", "Լիճը", body="<p>Չհրապարակված</p>", status=Status.DRAFT)


def test_preview_is_the_real_page(desk: Desk, draft: Edition) -> None:
    page = desk.get(f"/preview/{draft.id}").text
    assert '<html lang="hy"' in page
    assert "<p>Չհրապարակված</p>" in page
    assert 'class="headline"' in page or "<h1>Լիճը</h1>" in page


def test_preview_does_without_a_time(desk: Desk, session: Session, typed: Typed) -> None:
    answer = desk.hand_in("/edit/new", **typed, action="preview")
    assert answer.location == f"/desk/preview/{only_edition(session).id}"
    assert desk.get(answer.location.removeprefix("/desk")).status_code == 200


def test_stranger_sees_no_preview(app: Flask, draft: Edition) -> None:
    answer = Desk(app).get(f"/preview/{draft.id}")
    assert answer.status_code == 303
    assert "Լիճը" not in answer.text


def test_preview_shows_what_is_typed_and_saves_nothing(
    desk: Desk, session: Session, draft: Edition
) -> None:
    data = desk.form(f"/edit/{draft.id}") | typed_as(
        draft, title="Նոր", body="<p>Just typed<script>alert(1)</script></p>"
    )
    page = desk.client.post(f"/desk/preview/{draft.id}", data=data).text
    assert "<p>Just typed</p>" in page
    assert "Նոր" in page
    assert only_edition(session).title == "Լիճը"


def test_preview_counts_no_view(desk: Desk, draft: Edition) -> None:
    assert "js/seen.js" not in desk.get(f"/preview/{draft.id}").text


def test_editor_returns_to_the_desk_in_own_language(open_desk: Open, draft: Edition) -> None:
    desk = open_desk(language="ru")
    desk.get(f"/preview/{draft.id}")
    assert '<html lang="ru"' in desk.get("/").text
