from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site.languages import ARMENIAN, ENGLISH, RUSSIAN, Language
from caliber_site.models import Slot, Status, change_slug, now
from tests.conftest import CountSql
from tests.factories import (
    make_author,
    make_banner,
    make_edition,
    make_image,
    make_section,
    make_tag,
)


def test_article_shows_its_text(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session, title="The lake is back", lead="By a hand’s breadth.")
    page = client.get(f"/en/post/{edition.slug}").text
    for text in (edition.title, edition.lead, edition.body):
        assert text in page


def test_article_costs_eight_statements(
    client: FlaskClient, session: Session, count_sql: CountSql
) -> None:
    for slot in Slot:
        make_banner(session, slot)
    edition = make_edition(
        session,
        author=make_author(session),
        tags=(make_tag(session),),
        image=make_image(session),
    )
    for number in range(30):
        make_edition(session, title=f"Other {number}")
    make_edition(session, "ru", "Тихий день", article=edition.article)
    client.post(f"/en/post/{edition.slug}/views")
    with count_sql() as statements:
        client.get(f"/en/post/{edition.slug}")
    assert len(statements) <= 8


@pytest.mark.parametrize(
    ("language", "name"),
    [
        (ENGLISH, "Caliber"),
        (RUSSIAN, '<span lang="en">Caliber</span>'),
        (ARMENIAN, '<span lang="en">Caliber</span>'),
    ],
    ids=lambda value: getattr(value, "label", ""),
)
def test_story_without_an_author_is_signed_by_the_paper(
    client: FlaskClient, session: Session, language: Language, name: str
) -> None:
    edition = make_edition(session, language.tag)
    page = client.get(f"/{language.label}/post/{edition.slug}").text
    link = f'rel="author" href="/{language.label}/latest/">{name}</a>'
    assert f'<a class="author" {link}' in page
    assert f'<p class="byline"><a {link}</p>' in page


def test_story_is_signed_by_its_author_alone(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session, author=make_author(session))
    page = client.get(f"/en/post/{edition.slug}").text
    link = 'rel="author" href="/en/author/mira-tellan/">Mira Tellan</a>'
    assert f'<a class="author" {link}' in page
    assert page.count('rel="author"') == page.count(link) == 2


def test_title_cannot_bring_markup(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session, title="<script>alert(1)</script>", lead="<img src=x>")
    page = client.get(f"/en/post/{edition.slug}").text
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


@pytest.mark.parametrize(
    ("status", "minutes_ago", "code"),
    [
        (Status.DRAFT, 5, 404),
        (Status.PUBLISHED, -5, 404),
        (Status.WITHDRAWN, 5, 410),
        (Status.PUBLISHED, 5, 200),
    ],
)
def test_only_what_is_public_is_shown(
    client: FlaskClient, session: Session, status: Status, minutes_ago: float, code: int
) -> None:
    edition = make_edition(session, status=status, minutes_ago=minutes_ago)
    answer = client.get(f"/en/post/{edition.slug}")
    assert answer.status_code == code
    assert (edition.body in answer.text) == (code == 200)


def test_old_address_moves_to_the_new_one(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session, slug="first-name")
    change_slug(session, edition, "second-name")
    session.commit()
    answer = client.get("/en/post/first-name")
    assert (answer.status_code, answer.location) == (301, "/en/post/second-name")


def test_old_address_of_a_draft_does_not_reveal_it(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session, slug="first-name", status=Status.DRAFT)
    change_slug(session, edition, "second-name")
    session.commit()
    assert client.get("/en/post/first-name").status_code == 404


def test_old_address_of_a_withdrawn_story_is_gone(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session, slug="first-name", status=Status.WITHDRAWN)
    change_slug(session, edition, "second-name")
    session.commit()
    assert client.get("/en/post/first-name").status_code == 410
    assert client.get("/ru/post/first-name").status_code == 404


@pytest.mark.parametrize("query", ["page=2", "page=50000", "page=2&after=x"])
def test_page_of_the_list_below_that_has_no_place_is_the_article(
    client: FlaskClient, session: Session, query: str
) -> None:
    edition = make_edition(session)
    answer = client.get(f"/en/post/{edition.slug}?{query}")
    assert (answer.status_code, answer.location) == (301, f"/en/post/{edition.slug}")


@pytest.mark.parametrize("page", ["0", "-1", "abc", "50001", "99999999", "9" * 400])
def test_impossible_page_of_the_list_below_is_not_found(
    client: FlaskClient, session: Session, page: str
) -> None:
    edition = make_edition(session)
    query = {"page": page, "after": "1700000000000000-1"}
    assert client.get(f"/en/post/{edition.slug}", query_string=query).status_code == 404


def test_address_of_another_language_is_not_found(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    assert client.get(f"/ru/post/{edition.slug}").status_code == 404


def test_switcher_leads_to_the_edition_in_that_language(
    client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session)
    russian = make_edition(session, "ru", "Тихий день", article=edition.article)
    page = client.get(f"/en/post/{edition.slug}").text
    assert f'href="/ru/post/{russian.slug}"' in page


def test_switcher_without_an_edition_leads_to_the_section_that_says_so(
    client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session)
    page = client.get(f"/en/post/{edition.slug}").text
    assert 'href="/arm/section/politics/?unavailable=1"' in page
    nearest = client.get("/arm/section/politics/?unavailable=1")
    assert nearest.status_code == 200
    assert "Այս նյութը հայերեն չկա" in nearest.text


def test_switcher_leads_to_the_front_page_where_the_section_has_no_name(
    client: FlaskClient, session: Session
) -> None:
    make_section(session, "local", ("en",))
    edition = make_edition(session, section="local")
    page = client.get(f"/en/post/{edition.slug}").text
    assert 'href="/ru/?unavailable=1"' in page
    assert client.get("/ru/?unavailable=1").status_code == 200


def test_switcher_leads_to_a_section_without_a_name_that_has_stories(
    client: FlaskClient, session: Session
) -> None:
    make_section(session, "local", ("en",))
    edition = make_edition(session, section="local")
    make_edition(session, "ru", "Тихий день", section="local")
    page = client.get(f"/en/post/{edition.slug}").text
    assert 'href="/ru/section/local/?unavailable=1"' in page
    assert 'href="/arm/?unavailable=1"' in page


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_unpublished_edition_is_no_alternate(
    client: FlaskClient, session: Session, status: Status
) -> None:
    edition = make_edition(session)
    russian = make_edition(session, "ru", "Тихий день", article=edition.article, status=status)
    assert russian.slug not in client.get(f"/en/post/{edition.slug}").text


def test_related_block_leaves_out_the_story_being_read(
    client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session, title="Read now")
    other = make_edition(session, title="Read next")
    make_edition(session, title="Elsewhere", section="sport")
    page = client.get(f"/en/post/{edition.slug}").text
    main = page[page.index("<main") : page.index("</main>")]
    assert f'href="/en/post/{other.slug}"' in main
    assert f'href="/en/post/{edition.slug}"' not in main


def test_scheduled_banner_waits_for_its_time(client: FlaskClient, session: Session) -> None:
    make_banner(session, headline="Tomorrow’s offer", starts_at=now() + timedelta(days=1))
    make_banner(session, headline="Yesterday’s offer", ends_at=now() - timedelta(minutes=1))
    page = client.get("/en/").text
    assert "Tomorrow’s offer" not in page
    assert "Yesterday’s offer" not in page


def test_banner_shows_in_its_section_alone(client: FlaskClient, session: Session) -> None:
    sport = make_section(session, "sport")
    make_banner(session, headline="Boats for sale", sections=(sport,))
    assert "Boats for sale" in client.get("/en/section/sport/").text
    make_section(session, "politics")
    assert "Boats for sale" not in client.get("/en/section/politics/").text


def test_reader_who_chooses_nothing_gets_no_cookie(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    for path in ("/en/", f"/en/post/{edition.slug}", "/en/section/politics/", "/en/search?q=lake"):
        assert "Set-Cookie" not in client.get(path).headers
