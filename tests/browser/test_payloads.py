"""Scripts in every field of the form: what was saved is opened, and none of them runs."""

import pytest
from sqlalchemy import select

from caliber_site.languages import ENGLISH
from caliber_site.models import Edition, Editor, Image, Section
from tests.browser.kinds import PASSWORD, editor_email
from tests.browser.reader import Readers
from tests.desk.payloads import PAYLOADS
from tests.server import Site

FIELDS = ("title", "lead", "body", "tags", "author", "alt", "caption", "credit", "slug")
# `ran` is what the payloads call; Readers fails the test for whatever reaches the console.
BATCHES = 4
LISTEN = "window.ran = () => console.error('a payload ran');"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_payload_runs(readers: Readers, desk_site: Site, batch: int) -> None:
    page = readers.open(desk_site, "/desk/signin", script=LISTEN)
    page.on("dialog", lambda dialog: readers.faults.append(dialog.message))
    # A picture that payloads name: there, but broken, so that its handlers are called.
    page.context.route("**/media/x.webp", lambda route: route.fulfill(status=200, body=""))
    page.fill("#email", editor_email(ENGLISH))
    page.fill("#password", PASSWORD)
    page.click("main [type=submit]")
    page.goto("/desk/edit/new?language=en")
    token = page.input_value("#edition [name=csrf_token]")
    with desk_site.session() as session:
        section = session.scalars(select(Section.id).limit(1)).one()
        editor = session.scalars(select(Editor).where(Editor.email == editor_email(ENGLISH))).one()
        starts = range(0, len(PAYLOADS), len(FIELDS))[batch::BATCHES]
        shown = session.scalars(select(Image).limit(1)).one()
        size = {"name": shown.name, "width": shown.width, "height": shown.height}
        rows = [Image(owner_id=editor.id, **size) for _ in starts]
        session.add_all(rows)
        session.commit()
        images = [row.id for row in rows]
    saved = []
    for start, image in zip(starts, images, strict=True):
        payloads = PAYLOADS[start : start + len(FIELDS)]
        words = dict(zip(FIELDS, payloads, strict=False))
        form: dict[str, str | float | bool] = {
            "csrf_token": token,
            "story": f"desk:{start:016x}",
            "version": "0",
            "language": "en",
            "section": str(section),
            "image": str(image),
            "action": "publish",
            **words,
            "title": f"{start} {words['title']}",
            "body": f"Lake\n\n{words.get('body', '')}",
            "alt": f"Lake {words.get('alt', '')}",
            "tags": words.get("tags", "").replace(",", " ")[:100],
        }
        answer = page.request.post("/desk/edit/new", form=form)
        assert answer.ok, words
        saved.append(answer.url)
    for url in saved:
        page.goto(url)
        edition_id = int(url.rsplit("/", 1)[1])
        with desk_site.session() as session:
            slug = session.get_one(Edition, edition_id).slug
        page.goto(f"/en/post/{slug}")
    for path in ("/desk/", "/en/", "/en/latest/"):
        page.goto(path)
    assert len(saved) == len(starts)
