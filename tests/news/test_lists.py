import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site.languages import ENGLISH
from caliber_site.models import Status, now
from caliber_site.news.popular import DAY, load_popular
from tests.conftest import CountSql
from tests.factories import make_author, make_edition, make_section, make_tag

POST = re.compile(r'href="/en/post/([\w-]+)"')


def posts(page: str) -> list[str]:
    """Return the slugs of the main list in their order, each once."""
    main = page[page.index("<main") : page.index("</main>")] if "<main" in page else page
    return list(dict.fromkeys(POST.findall(main)))


def make_many(session: Session, count: int) -> None:
    author, tag = make_author(session), make_tag(session)
    for number in range(count):
        make_edition(session, title=f"Story {number}", minutes_ago=count - number, author=author,
                     tags=(tag,))  # fmt: skip


LISTS = ["/en/latest/", "/en/section/politics/", "/en/tag/lake/", "/en/author/mira-tellan/"]


@pytest.mark.parametrize("path", LISTS)
def test_list_costs_at_most_four_statements(
    client: FlaskClient, session: Session, count_sql: CountSql, path: str
) -> None:
    make_many(session, 30)
    with count_sql() as statements:
        assert client.get(path).status_code == 200
    assert len(statements) <= 4


def test_front_page_costs_at_most_six_statements(
    client: FlaskClient, session: Session, count_sql: CountSql
) -> None:
    make_many(session, 30)
    with count_sql() as statements:
        client.get("/en/")
    assert len(statements) <= 6


@pytest.mark.parametrize("path", LISTS)
def test_pages_hold_every_story_once_newest_first(
    client: FlaskClient, session: Session, path: str
) -> None:
    make_many(session, 45)
    found: list[str] = []
    for page in (1, 2, 3):
        answer = client.get(path, query_string={"page": page}, headers={"HX-Request": "true"})
        found += posts(answer.text)
    assert found == [f"story-{number}" for number in reversed(range(45))]
    assert client.get(path, query_string={"page": 4}).status_code == 404


def test_list_goes_on_from_its_place_when_something_is_published_meanwhile(
    client: FlaskClient, session: Session
) -> None:
    make_many(session, 45)
    first = client.get("/en/latest/").text
    onward = re.search(r'href="([^"]*after=[^"]*)"', first)
    assert onward
    for number in range(5):
        make_edition(session, title=f"News {number}")
        session.commit()
    address = onward[1].replace("&amp;", "&").split("#")[0]
    second = client.get(address, headers={"HX-Request": "true"}).text
    assert posts(second) == [f"story-{number}" for number in reversed(range(5, 25))]


@pytest.mark.parametrize(("status", "ago"), [(Status.DRAFT, 1), (Status.PUBLISHED, -1)])
@pytest.mark.parametrize("path", ["/en/", *LISTS])
def test_unpublished_edition_is_in_no_list(
    client: FlaskClient, session: Session, status: Status, ago: int, path: str
) -> None:
    make_many(session, 1)
    hidden = make_edition(
        session,
        title="Under wraps",
        status=status,
        minutes_ago=ago,
        author=make_author(session),
        tags=(make_tag(session),),
    )
    assert hidden.slug not in client.get(path).text


def test_scheduled_edition_appears_when_its_time_has_come(
    client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session, minutes_ago=-10)
    assert edition.slug not in client.get("/en/latest/").text
    edition.published_at = now()
    session.commit()
    assert edition.slug in client.get("/en/latest/").text


def test_sections_stand_in_the_editors_order(client: FlaskClient, session: Session) -> None:
    for slug in ("zoology", "arts", "money"):
        make_section(session, slug)
    page = client.get("/en/").text
    assert page.index("/section/zoology/") < page.index("/section/arts/")
    assert page.index("/section/arts/") < page.index("/section/money/")


def test_most_read_lists_what_was_read(client: FlaskClient, session: Session) -> None:
    make_many(session, 3)
    for number, readers in ((0, 3), (1, 1), (2, 2)):
        for reader in range(readers):
            agent = f"Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/{100 + reader}.0"
            client.post(f"/en/post/story-{number}/views", headers={"User-Agent": agent})
    popular = load_popular(session, ENGLISH, now(), DAY)
    assert [card.title for card in popular] == ["Story 0", "Story 2", "Story 1"]
