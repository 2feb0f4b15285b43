"""What a reader asked in the address of the search page; whatever it says, it can be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from caliber_site.languages import Language
from caliber_site.search.query import LONGEST_QUERY, SHORTEST_PREFIX, Query, Sort

PAGE_SIZE = 10
LIVE_SIZE = 8
YEARS = range(1900, 2200)
PARAMETERS = {"text": "q", "date_from": "from", "date_to": "to"}
"""Fields that addresses name otherwise."""


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The fields of the search form.

    Attributes:
        text: What to look for.
        section: Slug of a section, or empty.
        date_from: First day.
        date_to: Last day.
        sort: Order of the results.
        page: Number of the page of results.
        live: The words are still being typed: a short list will do.
        verbatim: Look for nothing but what was typed.
        problems: What could not be read and was left out.
    """

    text: str
    section: str
    date_from: date | None
    date_to: date | None
    sort: Sort
    page: int
    live: bool
    verbatim: bool
    problems: list[LazyString]

    @classmethod
    def parse(cls, args: Mapping[str, str]) -> "SearchForm":
        """Read the form from the parameters of an address."""
        problems: list[LazyString] = []
        live = args.get("live") == "1"
        text = args.get("q", "").strip()[:LONGEST_QUERY]
        return cls(
            text,
            args.get("section", "")[:LONGEST_QUERY],
            _parse_date(args.get("from", ""), problems),
            _parse_date(args.get("to", ""), problems),
            "newest" if args.get("sort") == "newest" else "relevance",
            _parse_page(args.get("page", "")),
            live,
            args.get("verbatim") == "1",
            problems,
        )

    @property
    def filtered(self) -> bool:
        """Return whether more than words limits the results."""
        return bool(self.section or self.date_from or self.date_to)

    def link(self, *, page: int = 1, **changes: str) -> dict[str, str]:
        """Return the parameters of the address of a page of these results, or of others.

        Args:
            page: Number of the page of results.
            changes: Other values of fields, by the names of their attributes.
        """
        fields = {
            "text": self.text,
            "section": self.section,
            "date_from": self.date_from.isoformat() if self.date_from else "",
            "date_to": self.date_to.isoformat() if self.date_to else "",
            "sort": "newest" if self.sort == "newest" else "",
            "verbatim": "1" if self.verbatim else "",
            "page": str(page) if page > 1 else "",
        }
        return {PARAMETERS.get(k, k): value for k, value in (fields | changes).items() if value}

    def feed_link(self, text: str | None = None) -> dict[str, str]:
        """Return the parameters of the address of these results' feed.

        Args:
            text: What found them, where it is not what was typed.
        """
        return self.link(text=self.text if text is None else text, sort="", verbatim="")

    def make_query(self, language: Language, zone: ZoneInfo, now: datetime) -> Query:
        """Return the query; days are those of the paper's time zone."""

        def start(day: date) -> datetime:
            return datetime.combine(day, time(), zone)

        too_short = self.live and len(self.text) < SHORTEST_PREFIX
        return Query(
            "" if too_short else self.text,
            language,
            now,
            section=self.section or None,
            date_from=start(self.date_from) if self.date_from else None,
            date_to=start(self.date_to + timedelta(days=1)) if self.date_to else None,
            sort=self.sort,
            page=self.page,
            size=LIVE_SIZE if self.live else PAGE_SIZE,
            live=self.live,
        )


def _parse_date(text: str, problems: list[LazyString]) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        problems.append(_("“%(date)s” is not a date and was left out.", date=text[:20]))
        return None
    return day


def _parse_page(text: str) -> int:
    number = text.isascii() and text.isdecimal() and len(text) < 19
    return max(1, int(text)) if number else 1
