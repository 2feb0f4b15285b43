import multiprocessing
from datetime import datetime

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from caliber_site.database import prepare, take_write_lock
from caliber_site.models import (
    Edition,
    OldSlug,
    Revision,
    change_slug,
    free_slug,
    next_change,
    now,
    record_change,
)
from caliber_site.settings import Settings
from tests.factories import make_edition, make_section


def test_each_change_keeps_the_text_as_it_was(session: Session) -> None:
    edition = make_edition(session, title="First")
    edition.title = "Second"
    record_change(session, edition)
    session.commit()
    revisions = session.scalars(select(Revision).order_by(Revision.id)).all()
    assert [(r.title, r.version) for r in revisions] == [("First", 1), ("Second", 2)]


def test_change_numbers_grow_over_the_whole_site(session: Session) -> None:
    numbers = [make_edition(session).change, make_edition(session).change, next_change(session, 5)]
    assert numbers == [1, 2, 3]
    assert next_change(session) == 8


def take_numbers(address: str, count: int) -> None:
    engine = create_engine(address)
    prepare(engine)
    with Session(engine) as session:
        for _ in range(count):
            take_write_lock(session)
            next_change(session)
            session.commit()
    engine.dispose()


def test_two_processes_never_get_the_same_change_number(
    session: Session, settings: Settings
) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=take_numbers, args=(settings.database, 50)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert next_change(session) == 101


def test_slug_is_made_unique_in_its_language(session: Session) -> None:
    make_edition(session, slug="quiet-day")
    assert free_slug(session, "en", "Quiet day") == "quiet-day-2"
    assert free_slug(session, "ru", "Quiet day") == "quiet-day"


def test_old_slug_is_not_given_to_another_story(session: Session) -> None:
    edition = make_edition(session, slug="quiet-day")
    change_slug(session, edition, "loud-day")
    session.commit()
    assert free_slug(session, "en", "Quiet day") == "quiet-day-2"
    assert free_slug(session, "en", "Quiet day", own_id=edition.id) == "quiet-day"


def test_slug_taken_back_is_no_old_slug_any_more(session: Session) -> None:
    edition = make_edition(session, slug="quiet-day")
    change_slug(session, edition, "loud-day")
    session.commit()
    change_slug(session, edition, "quiet-day")
    session.commit()
    assert session.scalars(select(OldSlug.slug)).all() == ["loud-day"]


def test_title_without_letters_gets_an_address(session: Session) -> None:
    assert free_slug(session, "en", "💥!") == "story"


def test_edition_follows_its_article_into_another_section(session: Session) -> None:
    edition = make_edition(session, section="politics")
    edition.article.section = make_section(session, "sport")
    session.commit()
    section_id = session.scalar(select(Edition.section_id).where(Edition.id == edition.id))
    assert section_id == edition.article.section_id


def test_edition_cannot_stand_in_another_section_than_its_article(session: Session) -> None:
    edition = make_edition(session, section="politics")
    edition.section_id = make_section(session, "sport").id
    with pytest.raises(IntegrityError):
        session.commit()


def test_article_has_one_edition_a_language(session: Session) -> None:
    edition = make_edition(session)
    with pytest.raises(IntegrityError):
        make_edition(session, title="Again", article=edition.article)


def test_time_without_a_zone_is_refused(session: Session) -> None:
    edition = make_edition(session)
    edition.published_at = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(StatementError):
        session.commit()


def test_time_comes_back_aware(session: Session) -> None:
    edition = make_edition(session)
    session.expire_all()
    assert edition.published_at is not None
    assert edition.published_at < now()


def test_deleting_an_article_deletes_its_editions(session: Session) -> None:
    edition = make_edition(session)
    session.delete(edition.article)
    session.commit()
    assert session.scalar(select(func.count()).select_from(Edition)) == 0
