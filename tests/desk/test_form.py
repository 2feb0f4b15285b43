from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.models import Article, Edition, OldSlug, Revision, Status, now
from tests.desk.conftest import Desk, Typed, only_edition, typed_as
from tests.factories import make_edition, make_section


def count(session: Session, model: type[object]) -> int:
    session.rollback()
    return session.scalars(select(func.count()).select_from(model)).one()


def test_saved_story_is_a_draft(desk: Desk, session: Session, typed: Typed) -> None:
    answer = desk.hand_in("/edit/new", **typed)
    edition = only_edition(session)
    assert answer.status_code == 303
    assert answer.location == f"/desk/edit/{edition.id}"
    assert (edition.status, edition.title) == (Status.DRAFT, "A quiet day")


def test_slug_is_made_from_the_title(desk: Desk, session: Session, typed: Typed) -> None:
    desk.hand_in("/edit/new", **typed | {"language": "hy", "title": "Երևանում"})
    assert only_edition(session).slug == "yerevanum"


def test_story_belongs_to_who_began_it(desk: Desk, session: Session, typed: Typed) -> None:
    desk.hand_in("/edit/new", **typed)
    assert only_edition(session).article.owner_id == desk.editor.id


def test_markdown_becomes_html(desk: Desk, session: Session, typed: Typed) -> None:
    desk.hand_in("/edit/new", **typed | {"body": "## News\r\n\r\nIt *rained*.\r\n\r\n- a\r\n- b"})
    assert only_edition(session).body == (
        "<h2>News</h2>\n<p>It <em>rained</em>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
    )


def test_body_is_cleaned(desk: Desk, session: Session, typed: Typed) -> None:
    body = '<p class="MsoNormal" style="color:red">A<script>alert(1)</script> <b>b</b></p><p></p>'
    desk.hand_in("/edit/new", **typed | {"body": body})
    assert only_edition(session).body == "<p>A <strong>b</strong></p>"


def test_tags_and_author_are_made_once(desk: Desk, session: Session, typed: Typed) -> None:
    words = {"tags": "Lake,  Quiet days , lake", "author": "Mira Tellan"}
    desk.hand_in("/edit/new", **typed | words)
    desk.hand_in("/edit/new", **typed | words)
    session.rollback()
    first, second = session.scalars(select(Edition))
    assert first.author_id == second.author_id
    assert sorted(tag.slug for tag in first.tags) == ["lake", "quiet-days"]
    assert {tag.id for tag in first.tags} == {tag.id for tag in second.tags}


def test_form_shows_what_is_stored(desk: Desk, session: Session, typed: Typed) -> None:
    desk.hand_in("/edit/new", **typed | {"tags": "Lake, Rain", "author": "Mira Tellan"})
    page = desk.get(f"/edit/{only_edition(session).id}").text
    for text in ("A quiet day", "Nothing happened.", "&lt;p&gt;Nothing at all.", "Lake, Rain"):
        assert text in page
    assert 'value="Mira Tellan"' in page


def test_each_save_keeps_one_revision(desk: Desk, session: Session, typed: Typed) -> None:
    desk.hand_in("/edit/new", **typed)
    edition = only_edition(session)
    desk.hand_in(f"/edit/{edition.id}", **typed | {"title": "Another day"})
    assert count(session, Revision) == 2
    revision = session.scalars(select(Revision).order_by(Revision.id.desc())).first()
    assert revision
    assert (revision.title, revision.editor_id) == ("Another day", desk.editor.id)


def test_saving_the_same_again_keeps_no_revision(
    desk: Desk, session: Session, typed: Typed
) -> None:
    desk.hand_in("/edit/new", **typed)
    desk.hand_in(f"/edit/{only_edition(session).id}", **typed | {"slug": "a-quiet-day"})
    assert count(session, Revision) == 1


def test_published_story_is_read_at_once(desk: Desk, client: FlaskClient, typed: Typed) -> None:
    desk.hand_in("/edit/new", **typed, action="publish")
    assert client.get("/en/post/a-quiet-day").status_code == 200


def test_published_story_is_found_at_once(desk: Desk, client: FlaskClient, typed: Typed) -> None:
    desk.hand_in("/edit/new", **typed, action="publish")
    assert "A <mark>quiet</mark> day" in client.get("/en/search?q=quiet").text


def test_scheduled_story_waits_for_its_time(
    desk: Desk, client: FlaskClient, session: Session, typed: Typed
) -> None:
    desk.hand_in("/edit/new", **typed, action="publish", published_at="2099-05-01T08:30")
    edition = only_edition(session)
    # The paper's clock hangs in Baku.
    assert edition.published_at == datetime(2099, 5, 1, 4, 30, tzinfo=UTC)
    assert edition.status == Status.PUBLISHED
    assert client.get("/en/post/a-quiet-day").status_code == 404


def test_scheduled_story_can_be_published_now(
    desk: Desk, session: Session, client: FlaskClient
) -> None:
    edition = make_edition(session, minutes_ago=-600)
    path = f"/edit/{edition.id}"
    desk.hand_in(path, **typed_as(edition, published_at="2099-05-01T08:30"), action="publish-now")
    assert client.get(f"/en/post/{edition.slug}").status_code == 200


def test_scheduled_story_can_go_back_to_the_drafts(desk: Desk, session: Session) -> None:
    edition = make_edition(session, minutes_ago=-600)
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition), action="unschedule")
    assert only_edition(session).status == Status.DRAFT


def test_withdrawn_story_is_gone(desk: Desk, session: Session, client: FlaskClient) -> None:
    edition = make_edition(session)
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition), action="withdraw")
    assert client.get(f"/en/post/{edition.slug}").status_code == 410


def test_restored_story_is_back_with_its_time(
    desk: Desk, session: Session, client: FlaskClient
) -> None:
    edition = make_edition(session, status=Status.WITHDRAWN, minutes_ago=6000)
    at = edition.published_at
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition), action="publish")
    assert client.get(f"/en/post/{edition.slug}").status_code == 200
    assert only_edition(session).published_at == at


def test_saving_a_published_story_leaves_its_time_alone(desk: Desk, session: Session) -> None:
    at = now() - timedelta(hours=3)
    edition = make_edition(session, published_at=at)
    local = (at + timedelta(hours=4)).strftime("%Y-%m-%dT%H:%M")
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, title="New", published_at=local))
    assert only_edition(session).published_at == at


def test_old_address_of_a_public_story_leads_on(
    desk: Desk, session: Session, client: FlaskClient
) -> None:
    edition = make_edition(session, slug="first")
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, slug="second"))
    answer = client.get("/en/post/first")
    assert (answer.status_code, answer.location) == (301, "/en/post/second")


def test_old_address_of_a_draft_is_forgotten(desk: Desk, session: Session) -> None:
    edition = make_edition(session, slug="first", status=Status.DRAFT)
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, slug="second"))
    assert count(session, OldSlug) == 0
    assert only_edition(session).slug == "second"


def test_new_version_joins_its_story(desk: Desk, session: Session, typed: Typed) -> None:
    source = make_edition(session, title="The source text")
    path = f"/edit/new?story={source.article.story}&language=arm"
    assert "The source text" in desk.get(path).text
    desk.hand_in(path, **typed | {"language": "hy", "title": "Լիճ"})
    assert count(session, Article) == 1
    assert {e.language for e in session.scalars(select(Edition))} == {"en", "hy"}


def test_version_that_exists_is_opened(desk: Desk, session: Session) -> None:
    edition = make_edition(session)
    answer = desk.get(f"/edit/new?story={edition.article.story}&language=en")
    assert answer.location == f"/desk/edit/{edition.id}"


def test_form_offers_the_missing_languages(desk: Desk, session: Session) -> None:
    edition = make_edition(session)
    page = desk.get(f"/edit/{edition.id}").text
    assert f"story={edition.article.story}&amp;language=ru" in page
    assert "language=arm" in page
    assert "language=en" not in page


def test_section_changes_for_all_languages(
    desk: Desk, session: Session, client: FlaskClient
) -> None:
    edition = make_edition(session)
    other = make_edition(session, "ru", "Тихий день", article=edition.article)
    change = other.change
    sport = make_section(session, "sport")
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, section=str(sport.id)))
    session.refresh(other)
    assert other.section_id == sport.id
    assert other.change > change
    assert other.title in client.get("/ru/section/sport/").text


def test_empty_title_is_told_at_the_field(desk: Desk, session: Session, typed: Typed) -> None:
    answer = desk.hand_in("/edit/new", **typed | {"title": " ", "lead": "Still here"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert 'href="#title"' in answer.text
    assert "Still here" in answer.text
    assert count(session, Edition) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 301),
        ("lead", "x" * 1001),
        ("tags", "x" * 121),
        ("tags", ",".join(f"tag {n}" for n in range(30))),
        ("author", "x" * 121),
        ("section", "0"),
        ("section", "none"),
        ("language", "arm"),
        ("published_at", "soon"),
        ("published_at", "0001-01-01T00:00"),
        ("published_at", "9999-12-31T23:59"),
    ],
)
def test_invalid_field_is_told_on_the_form(
    desk: Desk, session: Session, typed: Typed, field: str, value: str
) -> None:
    answer = desk.hand_in("/edit/new", **typed | {field: value})
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert "Nothing at all." in answer.text
    assert count(session, Edition) == 0


def test_made_up_story_is_refused(desk: Desk, session: Session, typed: Typed) -> None:
    assert desk.hand_in("/edit/new", **typed | {"story": "budget"}).status_code == 400
    assert count(session, Article) == 0


def test_text_of_500_kilobytes_is_kept(desk: Desk, session: Session, typed: Typed) -> None:
    body = "<p>" + "ա" * 400_000 + "</p>"
    desk.hand_in("/edit/new", **typed | {"body": body})
    assert len(only_edition(session).body) == len(body)


@pytest.mark.parametrize("length", [500_001, 3_000_000])
def test_text_that_is_too_long_is_told_on_the_form(
    desk: Desk, session: Session, typed: Typed, length: int
) -> None:
    answer = desk.hand_in("/edit/new", **typed | {"body": "ա" * length, "tags": "Still here"})
    assert answer.status_code == 422
    assert 'id="body-error"' in answer.text
    assert "Still here" in answer.text
    assert "ա" * length in answer.text
    assert count(session, Edition) == 0


EMPTY = ["", " ", "<p></p>", "<script>x</script>"]


@pytest.mark.parametrize("body", EMPTY)
@pytest.mark.parametrize("at", ["", "2099-05-01T08:30"])
def test_nothing_is_not_published(
    desk: Desk, session: Session, typed: Typed, body: str, at: str
) -> None:
    words = typed | {"body": body, "published_at": at}
    answer = desk.hand_in("/edit/new", **words, action="publish")
    assert answer.status_code == 422
    assert 'id="body-error"' in answer.text
    assert "Nothing happened." in answer.text
    assert count(session, Edition) == 0


@pytest.mark.parametrize("action", ["save", "publish-now"])
@pytest.mark.parametrize("minutes_ago", [5, -5])
def test_what_is_published_keeps_a_text(
    desk: Desk, session: Session, action: str, minutes_ago: int
) -> None:
    edition = make_edition(session, minutes_ago=minutes_ago)
    answer = desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, body=""), action=action)
    assert answer.status_code == 422
    assert only_edition(session).body


@pytest.mark.parametrize("body", EMPTY)
def test_draft_may_be_empty(desk: Desk, session: Session, typed: Typed, body: str) -> None:
    assert desk.hand_in("/edit/new", **typed | {"body": body}).status_code == 303
    assert only_edition(session).body == ""


def test_story_without_a_text_can_be_withdrawn(desk: Desk, session: Session) -> None:
    edition = make_edition(session)
    desk.hand_in(f"/edit/{edition.id}", **typed_as(edition, body=""), action="withdraw")
    assert only_edition(session).status == Status.WITHDRAWN


def test_nameless_section_is_not_offered(desk: Desk, session: Session, typed: Typed) -> None:
    make_section(session, "chess", languages=("en",))
    assert "chess" in desk.get("/edit/new?language=en").text
    assert "chess" not in desk.get("/edit/new?language=ru").text
    chess = str(make_section(session, "chess").id)
    answer = desk.hand_in("/edit/new", **typed | {"language": "ru", "section": chess})
    assert answer.status_code == 422


def test_section_must_have_a_name_in_all_languages_of_a_story(desk: Desk, session: Session) -> None:
    make_section(session, "chess", languages=("en", "ru"))
    edition = make_edition(session)
    assert "chess" in desk.get(f"/edit/{edition.id}").text
    make_edition(session, "hy", "Լիճ", article=edition.article)
    assert "chess" not in desk.get(f"/edit/{edition.id}").text


@pytest.fixture
def version(session: Session, typed: Typed) -> Edition:
    """A Russian draft in a section that has an English name alone."""
    make_section(session, "chess", languages=("en",))
    english = make_edition(session, section="chess")
    return make_edition(session, "ru", "Шахматы", article=english.article, status=Status.DRAFT)


def test_draft_may_stay_in_a_nameless_section(
    desk: Desk, session: Session, version: Edition
) -> None:
    path = f"/edit/{version.id}"
    assert "It stays in chess English, which has no name" in desk.get(path).text
    answer = desk.hand_in(path, **typed_as(version, section="", title="Шашки"))
    assert answer.status_code == 303
    session.expire_all()
    assert (version.title, version.article.section.slug) == ("Шашки", "chess")


def test_nothing_is_published_in_a_nameless_section(
    desk: Desk, session: Session, version: Edition
) -> None:
    words = typed_as(version, section="", title="Шашки")
    answer = desk.hand_in(f"/edit/{version.id}", **words, action="publish")
    assert answer.status_code == 422
    assert 'id="section-error"' in answer.text
    assert "Шашки" in answer.text
    words["section"] = str(make_section(session, "politics").id)
    answer = desk.hand_in(f"/edit/{version.id}", **words, action="publish")
    assert answer.status_code == 303


def test_mixed_scripts_are_pointed_out(desk: Desk, session: Session) -> None:
    edition = make_edition(session, "ru", "Москвa вечером")
    page = desk.get(f"/edit/{edition.id}").text
    assert "Москв<mark>a</mark>" in page


def test_plain_words_are_not_pointed_out(desk: Desk, session: Session) -> None:
    edition = make_edition(session, "ru", "Москва и YouTube-канал", lead="IT-рынок")
    assert "<mark>" not in desk.get(f"/edit/{edition.id}").text


def test_mixed_scripts_do_not_hinder(desk: Desk, session: Session, typed: Typed) -> None:
    assert desk.hand_in("/edit/new", **typed | {"title": "Москвa"}).status_code == 303


def test_failing_engine_does_not_fail_the_save(
    desk: Desk, session: Session, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def update(self, _session: Session, _ids: set[int]) -> None:
            raise RuntimeError

    monkeypatch.setitem(desk.app.extensions, "search", Broken())
    answer = desk.hand_in("/edit/new", **typed, action="publish")
    assert answer.status_code == 303
    assert only_edition(session).status == Status.PUBLISHED
