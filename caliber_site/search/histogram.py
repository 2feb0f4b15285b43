"""The histogram: when what was found was published, as the bars of a small drawing."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from caliber_site.search.periods import Period, Unit

HEIGHT = 48
BAR, GAP = 8, 2
LEAST_BARS = 3
MOST_DAYS: dict[Unit, int] = {"day": 62, "week": 400, "month": 3_700}
"""The longest span in days that is drawn with a bar for each day, week and month."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in units of the drawing.

    Attributes:
        period: The time it stands for.
        count: How many results are of that time.
        x: Where it begins.
        height: How high it is.
    """

    period: Period
    count: int
    x: int
    height: int

    @property
    def y(self) -> int:
        """Return where its top is."""
        return HEIGHT - self.height


@dataclass(frozen=True)
class Histogram:
    """Bars from the first to the last period, the empty ones too."""

    unit: Unit
    bars: list[Bar]

    @property
    def width(self) -> int:
        """Return the width of the drawing in its units."""
        return len(self.bars) * (BAR + GAP) - GAP

    height = HEIGHT
    bar = BAR

    @cached_property
    def highest(self) -> Bar:
        """Return the first of the highest bars."""
        return max(self.bars, key=lambda bar: bar.count)


def draw(days: list[tuple[date, int]]) -> Histogram | None:
    """Return the histogram of counts by day, in order; None where it would say nothing."""
    if not days:
        return None
    first, last = days[0][0], days[-1][0]
    span = (last - first).days
    unit: Unit = next((unit for unit, most in MOST_DAYS.items() if span <= most), "year")
    counts: Counter[Period] = Counter()
    for day, count in days:
        counts[Period.around(unit, day)] += count
    most = max(counts.values())
    bars: list[Bar] = []
    period = Period.around(unit, first)
    while period.first <= last:
        count = counts[period]
        height = max(2, HEIGHT * count // most) if count else 0
        bars.append(Bar(period, count, len(bars) * (BAR + GAP), height))
        period = period.following()
    return Histogram(unit, bars) if len(bars) >= LEAST_BARS else None
