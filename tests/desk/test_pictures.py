from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image as Pillow
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.models import Image, ImageText
from tests.desk.conftest import Desk, Typed, only_edition, typed_as
from tests.factories import make_edition, make_image


def picture(kind: str = "PNG", size: tuple[int, int] = (1000, 500), colour: str = "navy") -> bytes:
    made = BytesIO()
    Pillow.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


def huge() -> bytes:
    made = BytesIO()
    Pillow.new("1", (16_000, 16_000)).save(made, "PNG")
    return made.getvalue()


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
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, alt="New words"))
    assert only_edition(session).version == 2


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
