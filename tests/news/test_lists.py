import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site.models import Author, AuthorName, Status, View, now
from caliber_site.news.listing import Place
from tests.conftest import CountSql
from tests.factories import make_author, make_edition, make_image, make_section, make_tag

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


def test_front_page_costs_at_most_four_statements(
    client: FlaskClient, session: Session, count_sql: CountSql
) -> None:
    make_many(session, 30)
    with count_sql() as statements:
        client.get("/en/")
    assert len(statements) <= 4


def test_story_of_the_front_page_stands_in_the_places_it_belongs_to(
    client: FlaskClient, session: Session
) -> None:
    make_edition(session, title="Old one", section="economy", minutes_ago=9000, views=0)
    for number in range(20):
        make_edition(session, title=f"Story {number}", minutes_ago=20 - number)
    most_read = make_edition(session, title="Most read", minutes_ago=8000)
    session.add(View(edition_id=most_read.id, hour=now(), count=3))
    session.commit()
    page = client.get("/en/").text
    latest, popular, bands = (
        posts(page[page.index(begin) : page.index(end)])
        for begin, end in (
            ('class="latest"', 'class="popular"'),
            ('class="popular"', 'class="bands"'),
            ('class="bands"', "<footer"),
        )
    )
    assert latest == [f"story-{number}" for number in reversed(range(7, 17))]
    assert popular == ["most-read"]
    assert bands == ["old-one", "story-19", "story-18", "story-17", "story-16"]


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


@pytest.mark.parametrize("path", LISTS)
def test_page_after_a_place_is_looked_up_by_it_alone(
    client: FlaskClient, count_sql: CountSql, path: str, session: Session
) -> None:
    make_many(session, 1)
    with count_sql() as statements:
        client.get(path, query_string={"page": 2, "after": "1767217976815263-41560"})
    (listing,) = [statement for statement in statements if "LIMIT" in statement]
    ids = listing.rpartition("JOIN (SELECT")[2]
    assert "(edition.published_at, edition.id) < (" in ids
    assert "edition.published_at <=" not in ids


@pytest.mark.parametrize("path", LISTS)
def test_place_in_the_future_shows_nothing_of_it(
    client: FlaskClient, path: str, session: Session
) -> None:
    make_many(session, 1)
    author, tag = make_author(session), make_tag(session)
    make_edition(session, title="Too early", minutes_ago=-10, author=author, tags=(tag,))
    later = Place(now() + timedelta(days=1), 10**6)
    shown = client.get(path, query_string={"page": 2, "after": str(later)}).text
    assert posts(shown) == ["story-0"]


def test_card_of_a_list_offers_no_larger_picture_than_it_can_need(
    client: FlaskClient, session: Session
) -> None:
    make_edition(session, image=make_image(session))
    avif, webp = re.findall(r' srcset="([^"]+)"', client.get("/en/latest/").text)
    assert re.findall(r"(\d+)w", avif) == ["480", "720", "960"]
    assert re.findall(r"(\d+)w", webp) == ["480", "960"]


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


def test_section_without_a_name_in_the_language_is_listed_by_its_slug(
    client: FlaskClient, session: Session
) -> None:
    make_section(session, "local", ("en",))
    edition = make_edition(session, "ru", "Тихий день", section="local")
    assert 'href="/ru/section/local/"' in client.get(f"/ru/post/{edition.slug}").text
    answer = client.get("/ru/section/local/")
    assert answer.status_code == 200
    assert "<h1>local</h1>" in answer.text
    assert edition.slug in answer.text
    for label in ("en", "ru"):
        page = client.get(f"/{label}/section/local/").text
        assert 'hreflang="ru" href="http://localhost/ru/section/local/"' in page
        assert 'hreflang="en" href="http://localhost/en/section/local/"' in page


def test_section_without_a_name_or_an_edition_is_not_found(
    client: FlaskClient, session: Session
) -> None:
    make_section(session, "local", ("en",))
    make_edition(session, "ru", "Тихий день", section="local", status=Status.DRAFT)
    make_edition(session, "ru", "Завтра", section="local", minutes_ago=-5)
    assert client.get("/ru/section/local/").status_code == 404
    assert client.get("/en/section/local/").status_code == 200


def test_front_page_ends_with_the_sections_that_have_no_name(
    client: FlaskClient, session: Session
) -> None:
    make_section(session, "local", ("en",))
    unnamed = make_edition(session, "ru", "Тихий день", section="local")
    make_edition(session, "ru", "Громкий день", section="politics", minutes_ago=100)
    bands = client.get("/ru/").text.partition('class="bands"')[2]
    assert bands.index('id="band-politics"') < bands.index('id="band-local"')
    assert unnamed.slug in bands
    assert 'href="/ru/section/local/"' in bands


def test_author_without_a_name_in_the_language_is_listed_by_the_slug(
    client: FlaskClient, session: Session
) -> None:
    author = Author(slug="osip-varn", names=[AuthorName(language="en", name="Osip Varn")])
    edition = make_edition(session, "ru", "Тихий день", author=author)
    assert 'href="/ru/author/osip-varn/"' in client.get(f"/ru/post/{edition.slug}").text
    answer = client.get("/ru/author/osip-varn/")
    assert answer.status_code == 200
    assert edition.slug in answer.text
    assert client.get("/arm/author/osip-varn/").status_code == 404
