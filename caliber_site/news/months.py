"""Pages far down a list, found by the months whose editions are counted."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select, true

from caliber_site.languages import Language
from caliber_site.models import LANGUAGE, NOW, Edition, MonthCount, Status
from caliber_site.reading import ReadConnection

BEFORE = bindparam("before", type_=Integer)
SECTION = bindparam("section", type_=Integer)


def find_moment(
    read: ReadConnection, language: Language, section_id: int | None, before: int, now: datetime
) -> tuple[datetime, int] | None:
    """Return a moment, and how many of the editions public by then are newer than one; one SELECT.

    The moment is the end of that edition's month, or now. None if there are not so many editions.

    Args:
        read: Reads the database.
        language: Of the editions.
        section_id: Of the section whose list it is; None for the list of all.
        before: How many public editions are newer than the one looked for.
        now: The moment that decides what is public.
    """
    asked = {"language": language.tag, "section": section_id, "before": before, "now": now}
    found = read.fetch(_select_month(in_section=section_id is not None), asked)
    if not found:
        return None
    (row,) = found
    year, month = map(int, row.month.split("-"))
    present = now.astimezone(UTC)
    if (year, month) >= (present.year, present.month):  # what is newer is scheduled
        return now, before
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return end - timedelta(microseconds=1), before + row.scheduled - row.newer


@cache
def _select_month(*, in_section: bool) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of an edition's month, of what is newer than it, and what is scheduled.

    Months count scheduled editions too, which are newer than all that are public.
    """
    counted, listed = _of_section(in_section)
    scheduled = (
        select(func.count().label("count"))
        .select_from(Edition)
        .where(Edition.language == LANGUAGE, Edition.status == Status.PUBLISHED, listed)
        .where(Edition.published_at > NOW)
        .subquery()
    )
    months = (
        select(MonthCount.month, func.sum(MonthCount.count).label("count"))
        .where(MonthCount.language == LANGUAGE, counted)
        .group_by(MonthCount.month)
        .subquery()
    )
    so_far = func.sum(months.c.count).over(order_by=months.c.month.desc()).cast(Integer)
    reached = select(months.c.month, months.c.count, so_far.label("so_far")).subquery()
    newer = (reached.c.so_far - reached.c.count).cast(Integer)
    return (
        select(reached.c.month, newer.label("newer"), scheduled.c.count.label("scheduled"))
        .join(scheduled, true())
        .where(reached.c.so_far > BEFORE + scheduled.c.count)
        .order_by(reached.c.month.desc())
        .limit(1)
    )


def _of_section(in_section: bool) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of what is counted and of what is listed."""
    if not in_section:
        return true(), true()
    return MonthCount.section_id == SECTION, Edition.section_id == SECTION
