from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.models import Revision
from tests.desk.conftest import Desk, typed_as
from tests.factories import make_edition


def test_revisions_say_who_and_when(desk: Desk, session: Session) -> None:
    edition = make_edition(session, title="First title")
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, title="Second title"))
    page = desk.get(f"/edit/{edition.id}/revisions").text
    assert page.index("Second title") < page.index("First title")
    assert "Osip Varn" in page
    assert "Import" in page


def test_old_text_can_be_read(desk: Desk, session: Session) -> None:
    edition = make_edition(session, body="<p>The first text</p>")
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, body="<p>The second</p>"))
    first = session.scalars(select(Revision).order_by(Revision.id)).first()
    assert first
    page = desk.get(f"/edit/{edition.id}/revisions/{first.id}").text
    assert "<p>The first text</p>" in page


def test_old_text_goes_into_the_form(desk: Desk, session: Session) -> None:
    edition = make_edition(session, title="First", body="<p>The first text</p>")
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, title="Second", body="<p>2</p>"))
    first = session.scalars(select(Revision).order_by(Revision.id)).first()
    assert first
    path = f"/edit/{edition.id}?revision={first.id}"
    assert "&lt;p&gt;The first text&lt;/p&gt;" in desk.get(path).text
    assert desk.form(path)["version"] == "2"


def test_revision_of_another_edition_is_not_found(desk: Desk, session: Session) -> None:
    edition, other = make_edition(session), make_edition(session)
    revision = session.scalars(select(Revision).where(Revision.edition_id == other.id)).one()
    assert desk.get(f"/edit/{edition.id}/revisions/{revision.id}").status_code == 404
