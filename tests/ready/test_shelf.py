import math
import os

from caliber_site.ready.encoding import FIRST, HOT
from caliber_site.ready.freshness import UNCHANGED, Stamp
from caliber_site.ready.key import Key
from caliber_site.ready.page import ReadyPage
from caliber_site.ready.shelf import Shelf


def make_page(size: int) -> ReadyPage:
    return ReadyPage("200 OK", [], os.urandom(size), FIRST, HOT)


def keys(*paths: str) -> list[Key]:
    return [Key(path, "", is_block=False, lifetime=math.inf) for path in paths]


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    shelf, (one, two, three) = Shelf(100_000), keys("/1", "/2", "/3")
    for name in (one, two):
        shelf.put(name, UNCHANGED, make_page(40_000), math.inf)
    assert shelf.find(one, UNCHANGED)
    shelf.put(three, UNCHANGED, make_page(40_000), math.inf)
    assert [bool(shelf.find(name, UNCHANGED)) for name in (one, two, three)] == [True, False, True]


def test_codings_of_a_page_count_too() -> None:
    shelf, (one, two) = Shelf(100_000), keys("/1", "/2")
    for name in (one, two):
        shelf.put(name, UNCHANGED, make_page(40_000), math.inf)
    entry = shelf.find(two, UNCHANGED)
    assert entry
    entry.page.size += 40_000
    shelf.weigh_again(two)
    assert [bool(shelf.find(name, UNCHANGED)) for name in (one, two)] == [False, True]


def test_page_that_is_larger_than_the_shelf_is_not_kept() -> None:
    shelf, (one,) = Shelf(10_000), keys("/1")
    shelf.put(one, UNCHANGED, make_page(40_000), math.inf)
    assert shelf.find(one, UNCHANGED) is None


def test_page_that_came_out_the_same_keeps_its_time_of_change() -> None:
    shelf, (one,) = Shelf(100_000), keys("/1")
    first, again = (ReadyPage("200 OK", [], b"same", FIRST, HOT) for _ in range(2))
    shelf.put(one, UNCHANGED, first, math.inf)
    assert shelf.put(one, Stamp(2, math.inf), again, math.inf) is first
