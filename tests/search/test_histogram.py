"""The histogram draws counts by day as bars of days, weeks, months or years."""

from datetime import date, timedelta

import pytest

from caliber_site.languages import ENGLISH
from caliber_site.search.histogram import HEIGHT, draw
from caliber_site.search.periods import Period

FIRST = date(2026, 1, 30)


def over(days: int) -> list[tuple[date, int]]:
    return [(FIRST, 1), (FIRST + timedelta(days), 4)]


@pytest.mark.parametrize(
    ("days", "unit", "bars"),
    [(3, "day", 4), (60, "day", 61), (100, "week", 15), (500, "month", 18), (9000, "year", 25)],
)
def test_longer_spans_have_longer_bars(days: int, unit: str, bars: int) -> None:
    drawn = draw(over(days))
    assert drawn
    assert (drawn.unit, len(drawn.bars)) == (unit, bars)


def test_empty_days_keep_their_place() -> None:
    drawn = draw(over(3))
    assert drawn
    assert [bar.count for bar in drawn.bars] == [1, 0, 0, 4]
    assert [bar.height for bar in drawn.bars] == [HEIGHT // 4, 0, 0, HEIGHT]
    assert drawn.highest is drawn.bars[3]


def test_days_of_a_month_are_one_bar() -> None:
    drawn = draw([(FIRST, 1), (FIRST + timedelta(1), 2), (FIRST + timedelta(700), 1)])
    assert drawn
    assert drawn.bars[0].count == 3


@pytest.mark.parametrize("days", [0, 1])
def test_nothing_is_drawn_that_says_nothing(days: int) -> None:
    assert draw(over(days)) is None
    assert draw([]) is None


def test_rare_bar_is_seen_beside_a_high_one() -> None:
    drawn = draw([(FIRST, 1), (FIRST + timedelta(5), 1000)])
    assert drawn
    assert drawn.bars[0].height > 0


def test_month_ends_where_the_next_begins() -> None:
    january = Period.around("month", FIRST)
    assert (january.first, january.last) == (date(2026, 1, 1), date(2026, 1, 31))
    assert january.following().name(ENGLISH) == "February 2026"
    assert Period.around("month", date(2026, 12, 5)).following().first == date(2027, 1, 1)


def test_week_begins_on_monday() -> None:
    assert Period.around("week", FIRST).first == date(2026, 1, 26)
