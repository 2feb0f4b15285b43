"""Segments are merged; whatever is read and written meanwhile, nothing is lost."""

from contextlib import nullcontext
from pathlib import Path

from caliber_site.search.merging import merge_all
from caliber_site.search.whoosh import WhooshIndex, count_to_merge, merge_once, write
from caliber_site.search.whoosh.commits import read_commit
from caliber_site.search.whoosh.snapshot import open_snapshot
from tests.search.documents import ask, current, find, make_document, make_index

UNLOCKED = nullcontext()


def make_worn_index(path: Path) -> WhooshIndex:
    """Make an index of segments with a document each, which wants to be merged."""
    tiers = [[make_document(n, f"Harbour {n}", "A white house", days_ago=n)] for n in range(1, 9)]
    return make_index(path, *tiers)


def count_segments(index: WhooshIndex) -> int:
    return len(read_commit(current(index)).segments)


def test_few_segments_are_left_alone(tmp_path: Path) -> None:
    index = make_index(tmp_path, [make_document(1)], [make_document(2)])
    assert not count_to_merge(current(index))


def test_small_segments_become_one(tmp_path: Path) -> None:
    index = make_worn_index(tmp_path)
    merge_all(index.folder)
    assert count_segments(index) == 1
    assert not count_to_merge(current(index))


def test_large_old_segment_is_left_alone(tmp_path: Path) -> None:
    small = [[make_document(n, days_ago=n)] for n in range(1, 9)]
    large = [make_document(n, days_ago=n) for n in range(100, 150)]
    index = make_index(tmp_path, *small, large)
    merge_all(index.folder)
    assert [s.doc_count() for s in read_commit(current(index)).segments] == [8, 50]


def test_merged_index_finds_the_same(tmp_path: Path) -> None:
    index = make_worn_index(tmp_path)
    queries = ("harbour", "house", "“white house”", "harbour 3", "section:politics")
    before = [index.search(ask(query)) for query in queries]
    merge_all(index.folder)
    assert [index.search(ask(query)) for query in queries] == before


def test_deleted_documents_do_not_come_back(tmp_path: Path) -> None:
    index = make_worn_index(tmp_path)
    write(current(index), [make_document(3, "Harbour anew", "White")], old=[3, 4])
    merge_all(index.folder)
    assert sorted(find(index, "harbour")) == [1, 2, 3, 5, 6, 7, 8]
    assert 3 not in find(index, "“white house”")


def test_what_is_written_while_a_merge_goes_on_is_kept(tmp_path: Path) -> None:
    index = make_worn_index(tmp_path)
    build = current(index)

    class Meanwhile(nullcontext[None]):
        def __enter__(self) -> None:
            write(build, [make_document(2, "Harbour anew"), make_document(99, "Pier")], old=[2, 5])

    merge_once(build, Meanwhile())
    assert sorted(find(index, "harbour")) == [1, 2, 3, 4, 6, 7, 8]
    assert find(index, "anew") == [2]
    assert find(index, "pier") == [99]


def test_search_that_began_before_a_merge_ends_after_it(tmp_path: Path) -> None:
    index = make_worn_index(tmp_path)
    tier = open_snapshot(current(index), None).tiers[0]
    words = index.vocabulary()
    merge_once(current(index), UNLOCKED)
    entry = tier.find("text", "harbour")
    assert entry
    assert len(tier.read_postings(entry).ids) == 1
    assert words.complete("harb", 1) == [("harbour", 8)]


def test_segment_with_many_deleted_documents_is_written_anew(tmp_path: Path) -> None:
    index = make_index(tmp_path, [make_document(n, "Harbour") for n in range(1, 9)])
    write(current(index), [], old=[1, 2, 3])
    merge_all(index.folder)
    (segment,) = read_commit(current(index)).segments
    assert (segment.doc_count_all(), segment.deleted_count()) == (5, 0)


def test_what_a_killed_merge_left_does_not_hinder_the_next(tmp_path: Path) -> None:
    index = make_worn_index(tmp_path)
    left = current(index) / "merged"
    left.mkdir()
    (left / "MAIN_half.pst").write_bytes(b"half")
    merge_all(index.folder)
    assert count_segments(index) == 1


def test_only_one_process_merges(tmp_path: Path) -> None:
    index = make_worn_index(tmp_path)
    with index.folder.locked("merge", 0):
        merge_all(index.folder)
    assert count_segments(index) == 8
