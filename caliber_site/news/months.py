"""Pages far down a list, found by the months whose editions are counted."""

from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select, true

from caliber_site.languages import Language
from caliber_site.models import LANGUAGE, NOW, Edition, MonthCount, Status
from caliber_site.reading import ReadConnection

BEFORE = bindparam("before", type_=MonthCount.count.type)
SECTION = bindparam("section", type_=MonthCount.section_id.type)


class Month(NamedTuple):
    """A month of a list.

    Attributes:
        end: The moment that it does not reach.
        skipped: How many of its editions, newest first, come before the one that was looked for.
    """

    end: datetime
    skipped: int


def find_month(
    read: ReadConnection, language: Language, section_id: int | None, before: int, now: datetime
) -> Month | None:
    """Return where a public edition stands; None if there are not so many; one SELECT.

    Args:
        read: Reads the database.
        language: Of the editions.
        section_id: Of the section whose list it is; None for that of all.
        before: How many public editions are newer.
        now: The moment that decides what is public.
    """
    asked = {"language": language.tag, "section": section_id, "before": before, "now": now}
    found = read.fetch(_select_month(in_section=section_id is not None), asked)
    if not found:
        return None
    (row,) = found
    year, month = map(int, row.month.split("-"))
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return Month(end, before + row.scheduled - row.newer)


@cache
def _select_month(*, in_section: bool) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of the month with an edition, of what is scheduled, and what is newer.

    Scheduled editions are counted, too, and are newer than all that are public.
    """
    counted, listed = _of_section(in_section)
    scheduled = (
        select(func.count())
        .select_from(Edition)
        .where(Edition.language == LANGUAGE, Edition.status == Status.PUBLISHED, listed)
        .where(Edition.published_at > NOW)
        .scalar_subquery()
    )
    months = (
        select(MonthCount.month, func.sum(MonthCount.count).label("count"))
        .where(MonthCount.language == LANGUAGE, counted)
        .group_by(MonthCount.month)
        .subquery()
    )
    so_far = func.sum(months.c.count).over(order_by=months.c.month.desc())
    reached = select(months.c.month, months.c.count, so_far.label("so_far")).subquery()
    return (
        select(
            reached.c.month,
            (reached.c.so_far - reached.c.count).label("newer"),
            scheduled.label("scheduled"),
        )
        .where(reached.c.so_far > BEFORE + scheduled)
        .order_by(reached.c.month.desc())
        .limit(1)
    )


def _of_section(in_section: bool) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of what is counted and of what is listed."""
    if not in_section:
        return true(), true()
    return MonthCount.section_id == SECTION, Edition.section_id == SECTION
