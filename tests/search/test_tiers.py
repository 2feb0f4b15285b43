"""Newer tiers are searched before older ones, and not all of them for common words."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from caliber_site.search.whoosh import create, walk, write
from caliber_site.search.whoosh.searching import REACHABLE
from tests.search.documents import NOW, ask, current, find, make_document, make_index, search


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "ENOUGH", 5)


def test_title_is_found_in_a_tier_that_is_too_old_for_common_words(tmp_path: Path) -> None:
    new = [make_document(n, body="The harbour festival", days_ago=n) for n in range(1, 9)]
    old = make_document(99, "Harbour festival", days_ago=2000)
    index = make_index(tmp_path, new, [old])
    assert find(index, "harbour festival")[0] == 99


def test_total_is_an_estimate_where_tiers_were_left_out(tmp_path: Path) -> None:
    tiers = [
        [make_document(20 * k + n, body="The harbour", days_ago=100 * k + n) for n in range(1, 11)]
        for k in range(4)
    ]
    results = search(make_index(tmp_path, *tiers), "harbour")
    assert (results.total, results.about) == (40, True)


def test_total_is_exact_for_rare_words(tmp_path: Path) -> None:
    tiers = [[make_document(k, body="The harbour", days_ago=100 * k)] for k in range(4)]
    results = search(make_index(tmp_path, *tiers), "harbour")
    assert (results.total, results.about) == (4, False)


def test_unknown_word_beside_one_too_common_for_all_tiers_is_left_out(tmp_path: Path) -> None:
    tiers = [
        [make_document(20 * k + n, body="The harbour", days_ago=100 * k + n) for n in range(1, 11)]
        for k in range(4)
    ]
    results = search(make_index(tmp_path, *tiers), "harbour qwertz")
    assert (results.total, results.all_words) == (40, False)


def test_limits_alone_are_counted_in_all_tiers(tmp_path: Path) -> None:
    tiers = [
        [make_document(20 * k + n, days_ago=100 * k + n) for n in range(1, 11)] for k in range(4)
    ]
    results = search(make_index(tmp_path, *tiers), "section:politics")
    assert (results.total, results.about) == (40, False)


def test_newest_come_first_across_tiers(tmp_path: Path) -> None:
    tiers = [[make_document(k, "Harbour", days_ago=10 * k)] for k in range(1, 5)]
    index = make_index(tmp_path, *tiers)
    assert find(index, "harbour", sort="newest") == [1, 2, 3, 4]


def test_days_are_found_in_the_tier_that_has_them(tmp_path: Path) -> None:
    tiers = [[make_document(k, "Harbour", days_ago=10 * k)] for k in range(1, 5)]
    start, end = NOW - timedelta(days=35), NOW - timedelta(days=25)
    assert find(make_index(tmp_path, *tiers), "harbour", date_from=start, date_to=end) == [3]


def test_edition_that_was_changed_is_found_once(tmp_path: Path) -> None:
    documents = [make_document(n, "Harbour", days_ago=n) for n in (1, 2)]
    index = make_index(tmp_path, documents)
    write(current(index), [replace(documents[1], title="Harbour market")], old=[2])
    assert find(index, "harbour", sort="newest") == [1, 2]
    assert find(index, "market") == [2]


def test_pages_end_where_nobody_reads_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "ENOUGH", 10**6)
    documents = [make_document(n, "Harbour", days_ago=n) for n in range(1, REACHABLE + 50)]
    index = make_index(tmp_path, documents)
    results = search(index, "harbour", page=10**9)
    assert results.pages == results.page == REACHABLE // 10
    assert len(results.hits) == 10


def test_pages_do_not_overlap(tmp_path: Path) -> None:
    documents = [make_document(n, "Old harbour", days_ago=n % 9) for n in range(1, 96)]
    index = make_index(tmp_path, documents)
    found = [number for page in range(1, 11) for number in find(index, "old harbour", page=page)]
    assert sorted(found) == list(range(1, 96))


def test_answer_is_made_anew_when_a_scheduled_edition_is_due(tmp_path: Path) -> None:
    documents = [make_document(1, "Harbour"), make_document(2, "Harbour", days_ago=-0.001)]
    index = make_index(tmp_path, documents)
    query = ask("harbour")
    assert index.search(query).total == 1
    assert index.search(replace(query, now=NOW + timedelta(minutes=1))).total == 1
    assert index.search(replace(query, now=NOW + timedelta(minutes=2))).total == 2


def test_answer_is_made_anew_after_a_commit(tmp_path: Path) -> None:
    index = make_index(tmp_path, [make_document(1, "Harbour")])
    assert find(index, "harbour") == [1]
    write(current(index), [make_document(2, "Harbour", days_ago=3)], old=[])
    assert sorted(find(index, "harbour")) == [1, 2]


def test_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    index = make_index(tmp_path)
    assert search(index, "harbour").total == 0
    create(tmp_path / "another", [])
