from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image as Pillow
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.models import Edition, Image, ImageText, Revision
from tests.desk.conftest import HIDDEN, Desk, Open, Typed, only_edition, typed_as
from tests.factories import make_edition, make_image


def picture(kind: str = "PNG", size: tuple[int, int] = (1000, 500), colour: str = "navy") -> bytes:
    made = BytesIO()
    Pillow.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


def huge() -> bytes:
    made = BytesIO()
    Pillow.new("1", (16_000, 16_000)).save(made, "PNG")
    return made.getvalue()


ALT = {"alt": "A lake"}
BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "page": ("JPEG, PNG, WebP or AVIF", lambda: b"<html><script>alert(1)</script></html>"),
    "drawing": ("JPEG, PNG, WebP or AVIF", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "gif": ("JPEG, PNG, WebP or AVIF", lambda: picture("GIF")),
    "liar": ("damaged", lambda: b"\x89PNG\r\n\x1a\n" + b"MZ" * 400),
    "broken": ("damaged", lambda: picture("JPEG")[:900]),
    "huge": ("too many pixels", huge),
    "heavy": ("at most 20 MB", lambda: picture() + b"\0" * 23_000_000),
    "very heavy": ("at most 20 MB", lambda: picture() + b"\0" * 60_000_000),
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_of_each_kind_is_kept(
    desk: Desk, session: Session, typed: Typed, kind: str
) -> None:
    upload = (BytesIO(picture(kind)), "photo.bin")
    words = {"alt": "A lake", "caption": "The lake", "credit": "Ada"}
    desk.hand_in("/edit/new", **typed | words, picture=upload)
    image = only_edition(session).article.image
    assert image
    text = session.get_one(ImageText, (image.id, "en"))
    assert (text.alt, text.caption, text.credit) == ("A lake", "The lake", "Ada")


@pytest.mark.parametrize("name", BAD)
def test_bad_picture_is_told_on_the_form(desk: Desk, typed: Typed, name: str) -> None:
    message, make = BAD[name]
    fields = typed | {"alt": "Still here", "tags": "This too"}
    answer = desk.hand_in("/edit/new", **fields, picture=(BytesIO(make()), "photo.jpg"))
    assert answer.status_code == 422
    for text in (message, "Still here", "This too", "Nothing at all."):
        assert text in answer.text


def test_good_picture_is_kept_while_the_form_is_mended(
    desk: Desk, session: Session, typed: Typed
) -> None:
    data = desk.form("/edit/new") | typed | {"title": "", "alt": "A lake"}
    upload = (BytesIO(picture()), "photo.png")
    page = desk.client.post("/desk/edit/new", data=data | {"picture": upload}).text
    image = session.scalars(select(Image)).one()
    assert f'name="image" type="hidden" value="{image.id}"' in page
    desk.client.post("/desk/edit/new", data=data | {"title": "Mended", "image": str(image.id)})
    assert only_edition(session).article.image_id == image.id


def test_picture_needs_words_for_who_cannot_see_it(desk: Desk, typed: Typed) -> None:
    answer = desk.hand_in("/edit/new", **typed, picture=(BytesIO(picture()), "photo.png"))
    assert answer.status_code == 422
    assert 'id="alt-error"' in answer.text


def test_picture_can_be_removed(desk: Desk, session: Session) -> None:
    edition = make_edition(session, image=make_image(session))
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition), remove_picture="y")
    assert only_edition(session).article.image_id is None


def test_words_of_a_picture_are_of_one_language(desk: Desk, session: Session) -> None:
    image = make_image(session)
    edition = make_edition(session, image=image)
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, alt="New words"))
    session.expire_all()
    words = {text.language: text.alt for text in image.texts}
    assert words == {"en": "New words", "ru": "A quiet lake", "hy": "A quiet lake"}


def test_changed_words_of_a_picture_are_a_revision(desk: Desk, session: Session) -> None:
    edition = make_edition(session, image=make_image(session))
    change = edition.change
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, alt="New words"))
    assert only_edition(session).version == 2
    assert only_edition(session).change > change
    revisions = session.scalars(select(Revision).order_by(Revision.id)).all()
    pages = [desk.get(f"/edit/{edition.id}/revisions/{r.id}").text for r in revisions]
    assert ["A quiet lake" in page for page in pages] == [True, False]
    assert ["New words" in page for page in pages] == [False, True]


@pytest.fixture
def public(session: Session) -> Edition:
    return make_edition(session, title="Public", image=make_image(session))


def test_picture_of_another_story_cannot_be_taken(
    desk: Desk, session: Session, client: FlaskClient, typed: Typed, public: Edition
) -> None:
    words = {"image": str(public.article.image_id), "alt": "Slander", "caption": "Slander"}
    answer = desk.hand_in("/edit/new", **typed | words)
    assert answer.status_code == 422
    assert "belongs to another story" in answer.text
    assert "Nothing at all." in answer.text
    assert only_edition(session).title == "Public"
    assert "Slander" not in client.get(f"/en/post/{public.slug}").text


def test_form_with_a_refused_picture_can_be_saved(
    desk: Desk, session: Session, typed: Typed, public: Edition
) -> None:
    answer = desk.hand_in("/edit/new", **typed | {"image": str(public.article.image_id)} | ALT)
    held = {n: unescape(v) for n, v in HIDDEN.findall(answer.text)}
    assert held["image"] == ""
    assert desk.hand_in("/edit/new", **typed | held).status_code == 303


def test_same_file_in_two_stories_has_words_of_each(
    desk: Desk, session: Session, typed: Typed
) -> None:
    for title in ("One", "Two"):
        words = typed | {"title": title, "alt": f"Picture of {title}"}
        desk.hand_in("/edit/new", **words, picture=(BytesIO(picture()), "photo.png"))
    session.rollback()
    first, second = (edition.article.image for edition in session.scalars(select(Edition)))
    assert first
    assert second
    assert first.name == second.name
    assert [i.texts[0].alt for i in (first, second)] == ["Picture of One", "Picture of Two"]


def test_same_file_again_is_the_same_picture(desk: Desk, session: Session, typed: Typed) -> None:
    data = desk.form("/edit/new") | typed | ALT
    for _press in range(2):
        upload = (BytesIO(picture()), "photo.png")
        assert desk.send("/edit/new", data | {"picture": upload}).status_code == 303
    assert only_edition(session).version == 1


@pytest.mark.parametrize("image", ["99999999", "9999999999999", "-1", "0", "x", "١"])
def test_picture_that_is_not_there_is_told_on_the_form(
    desk: Desk, session: Session, image: str
) -> None:
    edition = make_edition(session, image=make_image(session))
    answer = desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, image=image, **ALT))
    assert answer.status_code == 422
    assert 'id="picture-error"' in answer.text
    assert only_edition(session).article.image_id == edition.article.image_id


def test_unused_picture_is_its_uploaders_alone(
    open_desk: Open, session: Session, typed: Typed
) -> None:
    first, second = open_desk(), open_desk()
    image = make_image(session, owner=first.editor)
    words = typed | {"image": str(image.id), "title": ""} | ALT
    assert image.name in first.hand_in("/edit/new", **words).text
    assert image.name not in second.hand_in("/edit/new", **words).text
    assert second.hand_in("/edit/new", **words | {"title": "Mine"}).status_code == 422
    assert first.hand_in("/edit/new", **words | {"title": "Mine"}).status_code == 303


def test_picture_of_the_text_says_where_it_is(desk: Desk) -> None:
    answer = desk.post("/pictures", picture=(BytesIO(picture()), "photo.png"))
    assert answer.json
    assert (answer.json["width"], answer.json["height"]) == (960, 480)
    with desk.client.get(answer.json["src"]) as shown:
        assert shown.mimetype == "image/webp"


def test_bad_picture_of_the_text_is_explained(desk: Desk) -> None:
    answer = desk.post("/pictures", picture=(BytesIO(b"<svg/>"), "photo.png"))
    assert answer.status_code == 422
    assert answer.json
    assert "JPEG" in answer.json["error"]


def test_signed_out_upload_is_refused(desk: Desk) -> None:
    token = desk.form("/account/")["csrf_token"]
    with desk.client.session_transaction(path="/desk/") as kept:
        del kept["editor"]
    data = {"csrf_token": token, "picture": (BytesIO(picture()), "photo.png")}
    assert desk.client.post("/desk/pictures", data=data).status_code == 401


def test_picture_of_the_text_that_is_too_large_is_explained(desk: Desk) -> None:
    upload = (BytesIO(picture() + b"\0" * 30_000_000), "photo.png")
    answer = desk.post("/pictures", picture=upload)
    assert answer.status_code == 422
    assert answer.json
    assert "at most 20 MB" in answer.json["error"]
