from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.models import Edition, Status
from tests.desk.conftest import Desk


def only_edition(session: Session) -> Edition:
    session.rollback()
    return session.scalars(select(Edition)).one()


def test_saved_story_is_a_draft(desk: Desk, session: Session, typed: dict[str, str]) -> None:
    answer = desk.hand_in("/edit/new", **typed)
    edition = only_edition(session)
    assert answer.status_code == 303
    assert answer.location == f"/desk/edit/{edition.id}"
    assert (edition.status, edition.title, edition.slug) == (
        Status.DRAFT,
        "A quiet day",
        "a-quiet-day",
    )
