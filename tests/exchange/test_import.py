from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.exchange.files import read_lines
from caliber_site.exchange.jsonl import Run
from caliber_site.models import (
    Article,
    Author,
    AuthorName,
    Edition,
    OldSlug,
    Revision,
    SectionName,
    Status,
    Tag,
    View,
    change_slug,
    now,
    record_change,
)
from caliber_site.models.base import Base
from caliber_site.models.change import ChangeNumber
from tests.exchange.conftest import Bring
from tests.exchange.samples import FILES
from tests.factories import make_author, make_edition, make_section, make_tag


def count(session: Session, kind: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def load(session: Session, story: str = "harbour", language: str = "en") -> Edition:
    return session.scalars(
        select(Edition).join(Article).where(Article.story == story, Edition.language == language)
    ).one()


def read(path: Path) -> list[bytes]:
    return [line for _, line in read_lines(path, lambda _: None) if isinstance(line, bytes)]


@pytest.mark.parametrize("database", ["sqlite"])  # takes long, and both tell the same
@pytest.mark.parametrize("path", FILES)
def test_every_line_goes_in_and_again_nothing_changes(
    session: Session, bring: Bring, path: Path
) -> None:
    lines = read(path)
    assert bring(*lines).counts == (len(lines), 0, 0, 0)
    revisions, change = count(session, Revision), session.scalar(select(ChangeNumber.value))
    again = bring(*lines)
    assert again.counts == (0, 0, len(lines), 0)
    assert not again.changed
    assert count(session, Revision) == revisions
    assert session.scalar(select(ChangeNumber.value)) == change


def test_new_edition_says_what_its_line_says(session: Session, bring: Bring) -> None:
    bring({"lead": "At last.", "views": 188, "tags": ["lake"], "author": "Ann Baker"})
    edition = load(session)
    assert (edition.title, edition.lead, edition.body, edition.slug) == (
        "The harbour opens",
        "At last.",
        "<p>Quietly.</p>",
        "the-harbour-opens",
    )
    assert edition.published_at == datetime(2025, 7, 6, 6, 11, tzinfo=UTC)
    assert (edition.status, edition.imported_views) == (Status.PUBLISHED, 188)
    assert edition.author
    assert edition.author.names[0].name == "Ann Baker"
    assert [tag.slug for tag in edition.tags] == ["lake"]


def test_new_edition_has_a_revision_and_a_change_number(session: Session, bring: Bring) -> None:
    changed = bring({}).changed
    edition = load(session)
    assert (edition.version, edition.change) == (1, 1)
    assert count(session, Revision) == 1
    assert changed == [{edition.id}]


def test_languages_of_a_story_meet(session: Session, bring: Bring) -> None:
    bring({}, {"language": "ru", "title": "Порт"}, {"language": "arm", "title": "Նավահանգիստ"})
    assert {e.language for e in session.scalars(select(Article)).one().editions} == {
        "en",
        "ru",
        "hy",
    }


def test_differing_edition_is_brought_up_to_date(session: Session, bring: Bring) -> None:
    bring({})
    assert bring({"title": "The harbour closes", "lead": "Again."}).counts == (0, 1, 0, 0)
    edition = load(session)
    assert (edition.title, edition.lead) == ("The harbour closes", "Again.")
    assert edition.version == 2
    assert count(session, Revision) == 2


def test_what_a_line_does_not_say_is_left_alone(session: Session, bring: Bring) -> None:
    bring({"lead": "At last.", "author": "Ann Baker", "tags": ["lake"], "views": 7})
    assert bring({"section": ..., "published_at": ...}).counts == (0, 0, 1, 0)
    assert load(session).lead == "At last."


def test_empty_author_and_tags_are_taken_away(session: Session, bring: Bring) -> None:
    bring({"author": "Ann Baker", "tags": ["lake"]})
    bring({"author": "", "tags": []})
    edition = load(session)
    assert edition.author is None
    assert edition.tags == []


def test_bad_lines_are_told_and_the_rest_goes_in(bring: Bring) -> None:
    result = bring(b"nonsense", {}, {"title": ""}, {"story": "other"})
    assert result.counts == (2, 0, 0, 2)
    assert result.faults == [(1, "not JSON"), (3, "title is missing or empty")]


def test_batches_are_told_one_by_one(bring: Bring) -> None:
    result = bring(*({"story": f"s{number}"} for number in range(250)))
    assert [len(ids) for ids in result.changed] == [200, 50]


def test_edition_without_time_is_a_draft(session: Session, bring: Bring) -> None:
    bring({"published_at": ...})
    assert (load(session).status, load(session).published_at) == (Status.DRAFT, None)


def test_draft_that_gets_a_time_is_published(session: Session, bring: Bring) -> None:
    bring({"published_at": ...})
    bring({})
    assert load(session).status is Status.PUBLISHED


def test_withdrawn_edition_stays_withdrawn(session: Session, bring: Bring) -> None:
    bring({})
    edition = load(session)
    edition.status = Status.WITHDRAWN
    record_change(session, edition)
    session.commit()
    assert bring({"title": "Corrected"}).counts == (0, 1, 0, 0)
    assert load(session).status is Status.WITHDRAWN


def test_published_status_needs_a_time(session: Session, bring: Bring) -> None:
    result = bring({"status": "published", "published_at": ...})
    assert result.faults == [(1, "published_at is missing, though the status is published")]
    assert count(session, Article) == 0


@pytest.mark.parametrize("status", list(Status))
def test_status_is_taken(session: Session, bring: Bring, status: Status) -> None:
    bring({"status": status.value})
    assert load(session).status is status


def test_slugs_of_equal_titles_differ(session: Session, bring: Bring) -> None:
    bring(*({"story": f"s{number}"} for number in range(20)))
    slugs = set(session.scalars(select(Edition.slug)))
    assert slugs == {"the-harbour-opens"} | {f"the-harbour-opens-{n}" for n in range(2, 21)}


def test_equal_explicit_slugs_differ_and_stay(session: Session, bring: Bring) -> None:
    lines = [{"story": "a", "slug": "harbour"}, {"story": "b", "slug": "harbour"}]
    bring(*lines)
    assert load(session, "b").slug == "harbour-2"
    assert bring(*lines).counts == (0, 0, 2, 0)


def test_explicit_slug_is_kept_as_it_is(session: Session, bring: Bring) -> None:
    slug = "a-" * 45 + "2"
    bring({"slug": slug})
    assert load(session).slug == slug


def test_changed_slug_keeps_the_old_one(session: Session, bring: Bring) -> None:
    bring({"slug": "harbour"})
    bring({"slug": "port"})
    assert load(session).slug == "port"
    assert session.scalars(select(OldSlug.slug)).all() == ["harbour"]


def test_slug_of_the_desk_is_left_alone(session: Session, bring: Bring) -> None:
    bring({})
    change_slug(session, load(session), "harbour")
    session.commit()
    assert bring({}).counts == (0, 0, 1, 0)
    assert load(session).slug == "harbour"


def test_old_slug_of_another_is_not_taken(session: Session, bring: Bring) -> None:
    bring({"slug": "harbour"})
    bring({"slug": "port"})
    bring({"story": "other", "slug": "harbour"})
    assert load(session, "other").slug == "harbour-2"


def test_new_section_has_a_name_in_each_language(session: Session, bring: Bring) -> None:
    bring({}, {"language": "ru"}, {"language": "arm"})
    names = {n.language: n.name for n in session.scalars(select(SectionName))}
    assert names == {"en": "News", "ru": "Новости", "hy": "Նորություններ"}


@pytest.mark.parametrize(
    ("given", "slug", "name"),
    [
        ("news", "news", "Новости"),
        ("Экономика", "economy", "Экономика"),
        ("Жизнь села", "zhizn-sela", "Жизнь села"),
        ("local-affairs", "local-affairs", "Local affairs"),
        (..., "news", "Новости"),
    ],
)
def test_section_is_made(session: Session, bring: Bring, given: str, slug: str, name: str) -> None:
    bring({"language": "ru", "section": given})
    section = load(session, language="ru").article.section
    assert (section.slug, section.names[0].name) == (slug, name)


def test_section_is_found_by_its_name(session: Session, bring: Bring) -> None:
    section = make_section(session, "around-town", name="Our town")
    bring({"section": "Our town"})
    assert load(session).section_id == section.id


def test_changed_section_moves_every_edition_of_the_story(session: Session, bring: Bring) -> None:
    bring({}, {"language": "ru"})
    result = bring({"section": "sport"})
    moved = {load(session).id, load(session, language="ru").id}
    assert result.changed == [moved]
    assert {e.article.section.slug for e in session.scalars(select(Edition))} == {"sport"}
    assert {e.section_id for e in session.scalars(select(Edition))} == {
        load(session).article.section_id
    }


def test_first_line_settles_the_section(session: Session, bring: Bring) -> None:
    lines = [{"section": "sport"}, {"section": "news", "language": "ru"}]
    bring(*lines)
    assert bring(*lines).counts == (0, 0, 2, 0)
    assert load(session).article.section.slug == "sport"


def test_author_and_tag_are_found_by_name(session: Session, bring: Bring) -> None:
    author, tag = make_author(session), make_tag(session)
    bring({"author": "Mira Tellan", "tags": ["Lake"]})
    edition = load(session)
    assert (edition.author_id, edition.tags[0].id) == (author.id, tag.id)
    assert (count(session, Author), count(session, Tag)) == (1, 1)


def test_new_authors_have_slugs_of_their_own(session: Session, bring: Bring) -> None:
    bring({"author": "Ann Baker"}, {"story": "other", "author": "Ann  Bâker"})
    assert set(session.scalars(select(Author.slug))) == {"ann-baker", "ann-baker-2"}


def test_author_of_a_translation_is_the_author_of_the_story(session: Session, bring: Bring) -> None:
    bring({"author": "Ann Baker"}, {"language": "ru", "author": "Анна Бейкер"})
    assert load(session).author_id == load(session, language="ru").author_id
    assert count(session, AuthorName) == 2


def test_author_with_another_name_in_the_language_is_another(
    session: Session, bring: Bring
) -> None:
    bring(
        {"author": "Ann Baker"},
        {"language": "ru", "author": "Анна Бейкер"},
        {"story": "other", "author": "Ann Baker"},
        {"story": "other", "language": "ru", "author": "Кто-то другой"},
    )
    assert count(session, Author) == 2


def test_tag_called_the_same_in_two_languages_is_one(session: Session, bring: Bring) -> None:
    bring({"tags": ["news"]}, {"language": "ru", "tags": ["news"]})
    assert count(session, Tag) == 1


def test_changed_views_make_no_revision(session: Session, bring: Bring) -> None:
    bring({"views": 7})
    assert bring({"views": 9}).counts == (0, 1, 0, 0)
    assert load(session).imported_views == 9
    assert count(session, Revision) == 1


@pytest.mark.parametrize(("views", "imported"), [(7, 7), (10, 7), (12, 7), (13, 13), (5, 5)])
def test_readings_counted_here_are_not_counted_twice(
    session: Session, bring: Bring, views: int, imported: int
) -> None:
    bring({"views": 7})
    session.add(View(edition_id=load(session).id, hour=now(), count=5))
    session.commit()
    bring({"views": views})
    assert load(session).imported_views == imported


def test_edition_of_the_desk_is_joined_by_its_translation(session: Session, bring: Bring) -> None:
    edition = make_edition(session)
    story = edition.article.story
    assert bring({"story": story, "language": "ru", "title": "День"}).counts == (1, 0, 0, 0)
    assert load(session, story, "ru").article_id == edition.article_id


def test_files_imported_together_are_one_run(session: Session, bring: Bring) -> None:
    run = Run()
    bring({"section": "sport"}, run=run)
    bring({"language": "ru", "section": "news"}, run=run)
    assert (run.added, run.faults) == (2, 0)
    assert load(session).article.section.slug == "sport"


def test_long_slug_is_kept_as_it_is(session: Session, bring: Bring) -> None:
    slug = "a" * 150 + "-" + "b" * 9
    bring({"slug": slug}, {"story": "other", "slug": slug})
    assert load(session).slug == slug
    assert load(session, "other").slug == "a" * 150 + "-2"
    assert bring({"slug": slug}).counts == (0, 0, 1, 0)


@pytest.mark.parametrize("names", [{}, {"en": {"name": "Weather"}}])
def test_section_without_a_name_in_the_language_gets_none(
    session: Session, bring: Bring, names: dict[str, dict[str, str]]
) -> None:
    line = {"language": "ru", "section": "weather", "section_names": names}
    for _ in range(2):
        bring(line)
        assert [n.language for n in session.scalars(select(SectionName))] == list(names)


def test_readings_of_hours_are_taken_over(session: Session, bring: Bring) -> None:
    hours = {"2026-11-24T07+00:00": 5, "2026-11-24T08+00:00": 1}
    bring({"views": 10, "views_by_hour": hours})
    counted = session.execute(select(View.hour, View.count).order_by(View.hour)).all()
    assert [(hour.hour, count) for hour, count in counted] == [(7, 5), (8, 1)]
    assert load(session).imported_views == 4


def test_later_readings_of_the_exporting_site_are_not_counted_twice(
    session: Session, bring: Bring
) -> None:
    bring({"views": 10, "views_by_hour": {"2026-11-24T07+00:00": 5}})
    later = {"2026-11-24T07+00:00": 6, "2026-11-24T09+00:00": 2}
    assert bring({"views": 13, "views_by_hour": later}).counts == (0, 1, 0, 0)
    assert load(session).imported_views == 5
    assert sum(session.scalars(select(View.count))) == 8
    assert count(session, Revision) == 1


def test_readings_since_the_export_stay(session: Session, bring: Bring) -> None:
    line = {"views": 10, "views_by_hour": {"2026-11-24T07+00:00": 5}}
    bring(line)
    for view in session.scalars(select(View)):
        view.count = 9
    session.commit()
    assert bring(line).counts == (0, 0, 1, 0)
    assert session.scalars(select(View.count)).all() == [9]
