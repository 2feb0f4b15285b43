"""What was found, counted."""

from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest

from caliber_site.search.postgres import distribution
from caliber_site.search.whoosh import walk
from tests.search.conftest import MakeIndex
from tests.search.documents import ask, make_document


def test_sections_and_authors_are_counted_the_largest_first(make_any_index: MakeIndex) -> None:
    documents = [
        make_document(1, "Harbour", section="sport", author="Mira Tellan"),
        make_document(2, "Harbour", section="culture", author="Mira Tellan"),
        make_document(3, "Harbour", section="culture"),
        make_document(4, "Pier", section="politics"),
    ]
    facets = make_any_index(documents[:1], documents[1:]).facets(ask("harbour"), UTC)
    assert facets.sections == [("culture", 2), ("sport", 1)]
    assert facets.authors == [("mira-tellan", 2)]


def test_days_and_years_are_those_of_the_paper(make_any_index: MakeIndex) -> None:
    documents = [
        make_document(1, "Harbour", days_ago=0.4),
        make_document(2, "Harbour", days_ago=271),
    ]
    index = make_any_index(documents)
    baku = index.facets(ask("harbour"), ZoneInfo("Asia/Baku"))
    assert baku.days == [(date(2025, 12, 31), 1), (date(2026, 9, 28), 1)]
    assert baku.years == [(2026, 1), (2025, 1)]
    documents = [make_document(1, "Harbour", days_ago=0.6)]
    index = make_any_index(documents)
    assert index.facets(ask("harbour"), UTC).days == [(date(2026, 9, 27), 1)]
    assert index.facets(ask("harbour"), ZoneInfo("Asia/Baku")).days == [(date(2026, 9, 28), 1)]


def test_limits_of_the_query_hold_for_facets(make_any_index: MakeIndex) -> None:
    documents = [make_document(n, "Harbour", section=s) for n, s in ((1, "sport"), (2, "culture"))]
    index = make_any_index(documents)
    assert index.facets(ask("harbour", section="sport"), UTC).sections == [("sport", 1)]


def test_facets_of_common_words_are_those_of_the_newest(
    make_any_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "ENOUGH", 1)
    monkeypatch.setattr(distribution, "MOST", 1)
    index = make_any_index(
        [make_document(1, body="The harbour", days_ago=1)],
        [make_document(2, body="The harbour", days_ago=9)],
    )
    facets = index.facets(ask("harbour"), UTC)
    assert (facets.sections, facets.about) == ([("politics", 1)], True)
