"""A search as an Atom feed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site.models import Article, Edition, Status, now, record_change
from caliber_site.search.engine import Engine
from tests.conftest import CountSql
from tests.factories import make_author, make_edition

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Read = Callable[..., ElementTree.Element]


@pytest.fixture
def read(session: Session, client: FlaskClient, search_engine: Engine) -> Read:
    """Catch up with the database and return the feed at an address."""

    def read_feed(address: str = "/en/search.atom?q=lake") -> ElementTree.Element:
        search_engine.sync(session)
        response = client.get(address)
        assert response.status_code == 200
        assert response.content_type == "application/atom+xml; charset=utf-8"
        return ElementTree.fromstring(response.data)  # noqa: S314

    return read_feed


def texts(feed: ElementTree.Element, path: str) -> list[str]:
    return [element.text or "" for element in feed.iterfind(path.replace("/", f"/{ATOM}"))]


def entries(feed: ElementTree.Element, name: str) -> list[str]:
    return texts(feed, f"./entry/{name}")


def links(element: ElementTree.Element, rel: str) -> list[str]:
    found = element.iterfind(f"{ATOM}link")
    return [link.get("href", "") for link in found if link.get("rel") == rel]


def test_entries_are_the_newest_first(session: Session, read: Read) -> None:
    for minutes in (30, 10, 20):
        make_edition(session, title=f"Lake {minutes}", minutes_ago=minutes)
    assert entries(read(), "title") == ["Lake 10", "Lake 20", "Lake 30"]


def test_at_most_twenty_are_given(session: Session, read: Read) -> None:
    for number in range(22):
        make_edition(session, title=f"Lake {number}", minutes_ago=number)
    assert len(entries(read(), "id")) == 20


def test_feed_says_its_language(session: Session, read: Read) -> None:
    make_edition(session, "hy", "Հանգիստ լիճ")
    feed = read("/arm/search.atom?q=լիճ")
    assert feed.get(XML_LANG) == "hy"
    assert "arm" not in {link.get("hreflang") for link in feed.iter(f"{ATOM}link")}


def test_feed_names_itself_and_its_page(session: Session, read: Read) -> None:
    feed = read("/en/search.atom?q=lake&section=politics&page=7&sort=newest")
    assert links(feed, "self") == ["http://localhost/en/search.atom?q=lake&section=politics"]
    assert links(feed, "alternate") == ["http://localhost/en/search?q=lake&section=politics"]


def test_entry_has_what_readers_show(session: Session, read: Read) -> None:
    edition = make_edition(
        session, title="Lake & <hills>", lead="A quiet lead.", author=make_author(session)
    )
    feed = read()
    assert entries(feed, "title") == ["Lake & <hills>"]
    assert entries(feed, "summary") == ["A quiet lead."]
    assert texts(feed, "./entry/author/name") == ["Mira Tellan"]
    (entry,) = feed.iterfind(f"{ATOM}entry")
    assert links(entry, "alternate") == [f"http://localhost/en/post/{edition.slug}"]


def test_entry_without_a_lead_has_the_beginning_of_its_text(session: Session, read: Read) -> None:
    make_edition(session, title="Lake", body="<p>It was <em>quiet</em> &amp; cold.</p>")
    assert entries(read(), "summary") == ["It was quiet & cold."]


def test_id_stays_when_the_address_changes(session: Session, read: Read) -> None:
    edition = make_edition(session, title="Lake")
    before = entries(read(), "id")
    edition.slug = "another-address"
    record_change(session, edition)
    session.commit()
    assert entries(read(), "id") == before


def test_each_language_of_a_story_has_its_own_id(session: Session, read: Read) -> None:
    edition = make_edition(session, title="Lake")
    article = session.get_one(Article, edition.article_id)
    make_edition(session, "ru", "Озеро", article=article)
    assert entries(read(), "id") != entries(read("/ru/search.atom?q=озеро"), "id")


def test_updated_is_when_the_text_was_changed(session: Session, read: Read) -> None:
    edition = make_edition(session, title="Lake", minutes_ago=600)
    edition.updated_at = now() - timedelta(minutes=5)
    session.commit()
    feed = read()
    (updated,) = entries(feed, "updated")
    assert abs(datetime.fromisoformat(updated) - edition.updated_at) < timedelta(seconds=1)
    assert texts(feed, "./updated") == [updated]


def test_scheduled_entry_is_as_new_as_its_publication(session: Session, read: Read) -> None:
    edition = make_edition(session, title="Lake", minutes_ago=5)
    edition.updated_at = now() - timedelta(days=3)
    session.commit()
    feed = read()
    assert entries(feed, "updated") == entries(feed, "published")


def test_reader_that_has_it_is_told_so(session: Session, client: FlaskClient, read: Read) -> None:
    edition = make_edition(session, title="Lake")
    read()
    for encoding in ("identity", "gzip, br"):
        first = client.get("/en/search.atom?q=lake", headers={"Accept-Encoding": encoding})
        headers = {"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]}
        assert client.get("/en/search.atom?q=lake", headers=headers).status_code == 304
        edition.title += " again"
        record_change(session, edition)
        session.commit()
        assert client.get("/en/search.atom?q=lake", headers=headers).status_code == 200


def test_feed_is_one_statement(
    session: Session, client: FlaskClient, read: Read, count_sql: CountSql
) -> None:
    make_edition(session, title="Lake")
    read()
    with count_sql() as statements:
        client.get("/en/search.atom?q=lake")
    assert len(statements) == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_unpublished_edition_is_in_no_feed(session: Session, read: Read, status: Status) -> None:
    edition: Edition = make_edition(session, title="Lake")
    read()
    edition.status = status
    session.commit()
    assert entries(read(), "id") == []


@pytest.mark.parametrize("text", ["lake\x00\x0b\x1b", "]]><a>&", "\ufffe", "", "«»'\""])
def test_every_query_makes_well_formed_xml(read: Read, text: str) -> None:
    assert texts(read(f"/en/search.atom?q={quote(text)}"), "./id")


def test_damaged_index_asks_to_come_back(client: FlaskClient) -> None:
    response = client.get("/en/search.atom?q=lake")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
