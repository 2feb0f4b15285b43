"""Periods of the calendar: days, weeks, months and years, and what the language calls them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from babel.dates import format_date

from caliber_site.languages import Language

Unit = Literal["day", "week", "month", "year"]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from a first to a last."""

    unit: Unit
    first: date
    last: date

    @classmethod
    def around(cls, unit: Unit, day: date) -> "Period":
        """Return the period of a unit in which a day is; weeks begin on Monday."""
        if unit == "day":
            return cls(unit, day, day)
        if unit == "week":
            monday = day - day.weekday() * DAY
            return cls(unit, monday, monday + 6 * DAY)
        if unit == "month":
            first = day.replace(day=1)
            return cls(unit, first, (first + 31 * DAY).replace(day=1) - DAY)
        return cls(unit, day.replace(month=1, day=1), day.replace(month=12, day=31))

    def following(self) -> "Period":
        """Return the period after this one."""
        return Period.around(self.unit, self.last + DAY)

    def name(self, language: Language) -> str:
        """Return what the language calls it; a week has the name of its first day."""
        if self.unit == "year":
            return str(self.first.year)
        pattern = language.month if self.unit == "month" else language.date
        return str(format_date(self.first, pattern, locale=language.locale))
