"""Narrowing: links to fewer of the results, by section, author and time, with their counts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from caliber_site.languages import Language
from caliber_site.search.facets import Facets
from caliber_site.search.form import SearchForm
from caliber_site.search.names import Name
from caliber_site.search.periods import Period
from caliber_site.search.query import Query
from caliber_site.search.syntax import OPEN, PART, PLACE_WORDS, PLACES

MOST_CHOICES = 8

GroupKind = Literal["section", "author", "time"]
Parameters = dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the results.

    Attributes:
        name: What it leaves.
        link: The parameters of its address.
        count: How many results it leaves; None where that is not known.
        chosen: Whether the results are narrowed so already.
    """

    name: str
    link: Parameters
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of one kind.

    Attributes:
        kind: What they are.
        choices: The choices.
        all_link: The parameters of the address without any; None where none is chosen.
    """

    kind: GroupKind
    choices: list[Choice]
    all_link: Parameters | None


def narrow(form: SearchForm, shown: Query, facets: Facets, names: list[Name]) -> list[Group]:
    """Return the groups in which there is something to choose or to give up.

    Args:
        form: What was asked, with the text that the results are of.
        shown: The query that the results are of.
        facets: How the results are spread.
        names: Names of the sections and authors in it.
    """
    groups = (
        _by_section(form, facets, names),
        _by_author(form, shown, facets, names),
        _by_time(form, shown.language, facets),
    )
    return [group for group in groups if group.all_link is not None or len(group.choices) > 1]


def _by_section(form: SearchForm, facets: Facets, names: list[Name]) -> Group:
    known = {name.slug: name.name for name in names if name.kind == "section"}
    choices = [
        Choice(known[slug], form.link(section=slug), count, slug == form.section)
        for slug, count in facets.sections[:MOST_CHOICES]
        if slug in known
    ]
    return Group("section", choices, form.link(section="") if form.section else None)


def _by_author(form: SearchForm, shown: Query, facets: Facets, names: list[Name]) -> Group:
    known = {name.slug: name.name for name in names if name.kind == "author"}
    asked = [within for within in shown.words.within if within.place == "author"]
    others = _without_author(form.text) if asked else form.text
    choices = []
    for slug, count in facets.authors[:MOST_CHOICES]:
        if slug in known:
            by = _author(known[slug], shown.language)
            (within,) = Query(by, shown.language, shown.now).words.within or (None,)
            link = form.link(text=f"{others} {by}".strip())
            choices.append(Choice(known[slug], link, count, within in asked))
    return Group("author", choices, form.link(text=others) if asked and others else None)


def _author(name: str, language: Language) -> str:
    """Return the part of a query that asks for an author."""
    opening, closing, *_ = language.quotes
    plain = name.translate(dict.fromkeys(map(ord, OPEN)))
    return f"{PLACE_WORDS[language.tag]['author']}:{opening}{plain}{closing}"


def _without_author(text: str) -> str:
    def keep(part: re.Match[str]) -> str:
        place = PLACES.get((part["place"] or "").lower())
        return part[0] if place != "author" or part["minus"] else ""

    return " ".join(PART.sub(keep, text).split())


def _by_time(form: SearchForm, language: Language, facets: Facets) -> Group:
    chosen = _chosen_period(form)
    limited = bool(form.date_from or form.date_to)

    def choose(period: Period, count: int | None) -> Choice:
        link = form.link(date_from=period.first.isoformat(), date_to=period.last.isoformat())
        return Choice(period.name(language), link, count, period == chosen)

    years = [(Period.around("year", date(year, 1, 1)), count) for year, count in facets.years]
    choices = [] if limited and not chosen else [choose(*year) for year in years[:MOST_CHOICES]]
    if chosen and chosen.unit == "month":
        choices = [choose(Period.around("year", chosen.first), None)]
    if len(years) == 1 and (chosen or not limited):
        choices += [choose(*month) for month in _count_months(facets)]
    return Group("time", choices, form.link(date_from="", date_to="") if limited else None)


def _chosen_period(form: SearchForm) -> Period | None:
    """Return the month or year that the form asks for, if it is exactly one."""
    if form.date_from is None:
        return None
    periods = (Period.around(unit, form.date_from) for unit in ("month", "year"))
    days = (form.date_from, form.date_to)
    return next((period for period in periods if (period.first, period.last) == days), None)


def _count_months(facets: Facets) -> Iterator[tuple[Period, int]]:
    counts: Counter[Period] = Counter()
    for day, count in facets.days:
        counts[Period.around("month", day)] += count
    return reversed(counts.items())
