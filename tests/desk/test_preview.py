import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.models import Author, Edition, Image, Status, Tag
from tests.desk.conftest import Desk, Open, Typed, only_edition, typed_as
from tests.desk.test_pictures import picture
from tests.factories import (
    make_author,
    make_edition,
    make_editor,
    make_image,
    make_section,
    make_tag,
)


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


@pytest.fixture
def edition(session: Session) -> Edition:
    author, tag = make_author(session), make_tag(session)
    return make_edition(session, author=author, tags=(tag,), image=make_image(session))


def preview(desk: Desk, edition: Edition, **changes: object) -> str:
    """Return the preview of what is typed into an edition's form."""
    held = {"alt": "A quiet lake", "credit": "Drawing", "author": "Mira Tellan", "tags": "Lake"}
    data = desk.form(f"/edit/{edition.id}") | typed_as(edition) | held | changes
    answer = desk.send(f"/preview/{edition.id}", data)
    assert answer.status_code == 200
    return answer.text


def test_preview_of_an_unchanged_form_is_the_page(desk: Desk, edition: Edition) -> None:
    assert preview(desk, edition) == desk.get(f"/preview/{edition.id}").text


def test_preview_shows_author_tags_section_and_time_as_typed(
    desk: Desk, session: Session, edition: Edition
) -> None:
    sport = make_section(session, "sport")
    page = preview(
        desk,
        edition,
        author="Somebody New",
        tags="Lake, Quiet days",
        section=str(sport.id),
        published_at="2099-05-01T08:30",
    )
    article = page.partition("<article")[2].partition("</article>")[0]
    for text in ("Somebody New", "Quiet days", "sport English", "1 May 2099 08:30"):
        assert text in article
    assert 'href="/en/tag/lake/"' in article
    assert "Mira Tellan" not in article
    session.rollback()
    assert session.scalars(select(Author.slug)).all() == ["mira-tellan"]
    assert session.scalars(select(Tag.slug)).all() == ["lake"]
    assert only_edition(session).article.section.slug == "politics"


def test_preview_shows_the_words_of_the_picture_as_typed(
    desk: Desk, session: Session, edition: Edition
) -> None:
    page = preview(desk, edition, alt="New words", caption="Here", credit="Ada")
    assert 'alt="New words"' in page
    assert re.search(r"<figcaption>\s*Here\s*<span class=\"credit\">Ada</span>", page)
    session.expire_all()
    image = only_edition(session).article.image
    assert image
    assert {text.alt for text in image.texts} == {"A quiet lake"}


def test_preview_shows_a_picture_that_was_just_chosen(
    desk: Desk, session: Session, edition: Edition
) -> None:
    upload = (BytesIO(picture()), "photo.png")
    page = preview(desk, edition, picture=upload, alt="New picture")
    source = re.search(r'src="(/media/[^"]+)"[^>]*alt="New picture"', page)
    assert source
    with desk.client.get(source[1]) as shown:
        assert shown.mimetype == "image/webp"
    session.rollback()
    assert session.scalars(select(func.count()).select_from(Image)).one() == 1


def test_preview_shows_no_picture_that_was_removed(desk: Desk, edition: Edition) -> None:
    assert 'class="picture"' not in preview(desk, edition, remove_picture="y")


def test_preview_passes_over_a_bad_picture(desk: Desk, edition: Edition) -> None:
    page = preview(desk, edition, picture=(BytesIO(b"<svg/>"), "photo.png"))
    assert 'alt="A quiet lake"' in page


def test_preview_shows_no_picture_of_others(desk: Desk, session: Session, edition: Edition) -> None:
    hidden = make_image(session, owner=make_editor(session))
    assert hidden.name not in preview(desk, edition, image=str(hidden.id))


def test_preview_shows_a_long_text(desk: Desk, edition: Edition) -> None:
    assert "ա" * 3_000_000 in preview(desk, edition, body="<p>" + "ա" * 3_000_000 + "</p>")


def test_preview_counts_no_view(desk: Desk, draft: Edition) -> None:
    assert "js/seen.js" not in desk.get(f"/preview/{draft.id}").text


def test_editor_returns_to_the_desk_in_own_language(open_desk: Open, draft: Edition) -> None:
    desk = open_desk(language="ru")
    desk.get(f"/preview/{draft.id}")
    assert '<html lang="ru"' in desk.get("/").text
