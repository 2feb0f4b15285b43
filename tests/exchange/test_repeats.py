"""Several lines of one run for the same edition."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.exchange.jsonl import Run
from caliber_site.exchange.repeats import find_superseded
from caliber_site.models import ImageText, OldSlug, Revision
from tests.exchange.conftest import Bring
from tests.exchange.test_import import count, load

OPENS: dict[str, Any] = {}
CLOSES = {"title": "The harbour closes"}


def test_identical_line_is_unchanged(session: Session, bring: Bring) -> None:
    assert bring(OPENS, OPENS).counts == (1, 0, 1, 0)
    assert count(session, Revision) == 1


def test_later_line_brings_the_edition_up_to_date(session: Session, bring: Bring) -> None:
    assert bring(OPENS, CLOSES).counts == (1, 1, 0, 0)
    assert load(session).title == "The harbour closes"
    assert count(session, Revision) == 2


@pytest.mark.parametrize(
    "lines",
    [
        [OPENS, CLOSES],
        [OPENS, CLOSES, OPENS],
        [OPENS, CLOSES, {"title": "The harbour burns", "lead": "At night."}],
        [OPENS | {"lead": "At last."}, CLOSES],
        [OPENS | {"author": "Ann Baker", "tags": ["lake"]}, CLOSES | {"author": "Bo Carr"}],
        [OPENS | {"slug": "a"}, CLOSES | {"slug": "b"}],
        [OPENS | {"section": "sport"}, CLOSES],
        [OPENS, {"language": "ru", "section": "sport"}, CLOSES | {"section": "world"}],
        [OPENS | {"views": 7}, CLOSES | {"views": 9}],
        [OPENS | {"published_at": ...}, CLOSES | {"status": "withdrawn"}],
    ],
)
def test_second_run_changes_nothing(
    session: Session, bring: Bring, lines: list[dict[str, Any]]
) -> None:
    bring(*lines)
    before = _state(session)
    again = bring(*lines)
    assert again.counts == (0, 0, len(lines), 0)
    assert not again.changed
    assert _state(session) == before


def _state(session: Session) -> tuple[object, ...]:
    edition = load(session)
    return (
        edition.title,
        edition.lead,
        edition.slug,
        edition.status,
        edition.imported_views,
        edition.article.section.slug,
        edition.author and edition.author.slug,
        [tag.slug for tag in edition.tags],
        count(session, Revision),
        session.scalars(select(OldSlug.slug)).all(),
    )


def test_last_line_of_an_edition_that_is_there_counts(session: Session, bring: Bring) -> None:
    bring({"title": "The harbour sleeps"})
    assert bring(OPENS, CLOSES).counts == (0, 1, 1, 0)
    assert load(session).title == "The harbour closes"
    assert count(session, Revision) == 2


def test_what_the_last_line_does_not_say_earlier_ones_do(session: Session, bring: Bring) -> None:
    bring({"title": "The harbour sleeps"})
    bring({"lead": "At last.", "author": "Ann Baker"}, CLOSES, {"tags": ["lake"]})
    edition = load(session)
    assert (edition.title, edition.lead) == ("The harbour opens", "At last.")
    assert edition.author
    assert [tag.slug for tag in edition.tags] == ["lake"]


def test_bad_last_line_leaves_the_good_one_before_it(session: Session, bring: Bring) -> None:
    bring({"title": "The harbour sleeps"})
    assert bring(CLOSES, {"title": ""}).counts == (0, 1, 0, 1)
    assert load(session).title == "The harbour closes"


def test_edition_may_be_named_by_label_and_by_tag(session: Session, bring: Bring) -> None:
    bring({"language": "arm"}, {"language": "hy", "title": "Նավահանգիստ"})
    assert load(session, language="hy").title == "Նավահանգիստ"


def test_repeated_line_with_a_picture_changes_nothing(
    session: Session, bring: Bring, photo: str
) -> None:
    line = {"image": photo, "image_alt": "A quiet harbour"}
    assert bring(line, line).counts == (1, 0, 1, 0)
    assert session.scalars(select(ImageText.alt)).all() == ["A quiet harbour"]


def test_files_of_a_run_are_looked_at_together() -> None:
    line = b'{"story": "a", "language": "en", "title": "A", "text": "b"}'
    bad = b'{"story": "a", "language": "en"}'
    files = [[(1, line), (3, line)], [(1, b"{"), (2, line)], [(1, bad)]]
    assert find_superseded(files) == [{1, 3}, set(), set()]


def test_later_file_of_a_run_counts(session: Session, bring: Bring) -> None:
    run = Run()
    bring(OPENS, run=run)
    bring(CLOSES, run=run)
    assert load(session).title == "The harbour closes"
