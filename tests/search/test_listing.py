"""What a page of results has: editions, and links to fewer of them."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from sqlalchemy.orm import Session

from caliber_site.languages import ARMENIAN, ENGLISH, RUSSIAN, Language
from caliber_site.models import Article, Status, now
from caliber_site.search.facets import Facets
from caliber_site.search.form import SearchForm
from caliber_site.search.found import Version, load_found
from caliber_site.search.names import Name
from caliber_site.search.narrowing import Choice, Group, narrow
from caliber_site.search.query import Query
from tests.conftest import CountSql
from tests.factories import make_edition

NAMES = [Name("section", "sport", "Sport"), Name("author", "mira-tellan", "Mira “M” Tellan")]


def narrowed(facets: Facets, address: str = "", language: Language = ENGLISH) -> dict[str, Group]:
    form = SearchForm.parse({"q": "lake", **dict(parse_qsl(address))})
    shown = Query(form.text, language, now())
    return {group.kind: group for group in narrow(form, shown, facets, NAMES)}


def days(*written: str) -> Facets:
    dates = [date.fromisoformat(text) for text in written]
    years = sorted({day.year for day in dates}, reverse=True)
    return Facets(years=[(year, 2) for year in years], days=[(day, 1) for day in dates])


def names(group: Group) -> list[str]:
    return [choice.name for choice in group.choices]


def test_section_is_chosen_by_its_parameter() -> None:
    names_of_two = Facets(sections=[("sport", 3), ("unknown", 1)], authors=[("mira-tellan", 2)])
    assert "section" not in narrowed(names_of_two)  # one choice is none
    group = narrowed(names_of_two, "section=sport")["section"]
    assert group.choices == [Choice("Sport", {"q": "lake", "section": "sport"}, 3, chosen=True)]
    assert group.all_link == {"q": "lake"}


def test_author_is_chosen_by_the_query_in_the_language_s_quotes() -> None:
    authors = Facets(authors=[("mira-tellan", 2)])
    (choice,) = narrowed(authors, "q=lake author:mira")["author"].choices
    assert choice.link["q"] == "lake author:“Mira M Tellan”"
    assert not choice.chosen
    group = narrowed(authors, "q=lake հեղինակ:«Mira M Tellan»", ARMENIAN)["author"]
    assert group.choices[0].chosen
    assert group.all_link == {"q": "lake"}


def test_author_alone_cannot_be_given_up() -> None:
    assert "author" not in narrowed(Facets(authors=[("mira-tellan", 2)]), "q=author:tellan")


def test_author_that_is_left_out_stays_left_out() -> None:
    authors = Facets(authors=[("mira-tellan", 2)])
    group = narrowed(authors, "q=lake -author:varn author:mira")["author"]
    assert group.all_link == {"q": "lake -author:varn"}


def test_years_come_first_latest_first() -> None:
    group = narrowed(days("2024-05-01", "2025-02-03", "2025-03-01"))["time"]
    assert names(group) == ["2025", "2024"]
    assert group.choices[0].link == {"q": "lake", "from": "2025-01-01", "to": "2025-12-31"}
    assert group.all_link is None


def test_chosen_year_has_its_months() -> None:
    year = "from=2025-01-01&to=2025-12-31"
    group = narrowed(days("2025-02-03", "2025-02-05", "2025-03-01"), year)["time"]
    assert [(choice.name, choice.count, choice.chosen) for choice in group.choices] == [
        ("2025", 2, True),
        ("March 2025", 1, False),
        ("February 2025", 2, False),
    ]
    assert group.choices[2].link == {"q": "lake", "from": "2025-02-01", "to": "2025-02-28"}
    assert group.all_link == {"q": "lake"}


def test_chosen_month_leads_back_to_its_year() -> None:
    group = narrowed(days("2025-02-03"), "from=2025-02-01&to=2025-02-28")["time"]
    assert [(choice.name, choice.chosen) for choice in group.choices] == [
        ("2025", False),
        ("February 2025", True),
    ]


def test_other_days_can_only_be_given_up() -> None:
    group = narrowed(days("2025-02-03", "2024-01-01"), "from=2024-01-01")["time"]
    assert group.choices == []
    assert group.all_link == {"q": "lake"}


@pytest.mark.parametrize(
    ("language", "name"),
    [(RUSSIAN, "февраль 2025 г."), (ARMENIAN, "փետրվար, 2025 թ.")],
)
def test_months_are_called_as_the_language_calls_them(language: Language, name: str) -> None:
    assert name in names(narrowed(days("2025-02-03", "2025-03-03"), language=language)["time"])


def test_versions_are_the_public_ones_in_the_order_of_the_site(
    session: Session, count_sql: CountSql
) -> None:
    edition = make_edition(session, "ru", "Озеро")
    article = session.get_one(Article, edition.article_id)
    make_edition(session, "hy", "Լիճ", article=article, slug="lich")
    make_edition(session, "en", "Lake", article=article, slug="lake")
    make_edition(session, "en", "Another", slug="another")
    with count_sql() as statements:
        found = load_found(session, RUSSIAN, [edition.id], now(), with_text=True)
    assert found[0].versions == (Version(ENGLISH, "lake"), Version(ARMENIAN, "lich"))
    assert len(statements) == 1


@pytest.mark.parametrize(
    ("status", "minutes_ago"), [(Status.DRAFT, 5), (Status.WITHDRAWN, 5), (Status.PUBLISHED, -60)]
)
def test_version_that_is_not_public_is_not_named(
    session: Session, status: Status, minutes_ago: int
) -> None:
    edition = make_edition(session, "ru", "Озеро")
    article = session.get_one(Article, edition.article_id)
    make_edition(session, "hy", "Լիճ", article=article, status=status, minutes_ago=minutes_ago)
    found = load_found(session, RUSSIAN, [edition.id], now(), with_text=True)
    assert found[0].versions == ()


def test_editions_come_in_the_order_of_their_ids(session: Session) -> None:
    ids = [make_edition(session, title=f"Lake {n}").id for n in range(3)][::-1]
    found = load_found(session, ENGLISH, [*ids, 10**6], now(), with_text=False)
    assert [edition.edition_id for edition in found] == ids
    assert {edition.body for edition in found} == {""}
