"""Editions as imported lines state them: added, or brought up to date where they differ."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.database import upsert
from caliber_site.exchange.fields import LineError
from caliber_site.exchange.line import Line
from caliber_site.models import (
    Article,
    Author,
    Edition,
    OldSlug,
    Status,
    Tag,
    View,
    change_slug,
    free_slug,
)
from caliber_site.models.base import Base

HOURS_AT_ONCE = 1000


def check_status(line: Line, edition: Edition | None) -> None:
    """Make sure that a published edition has a time.

    Raises:
        LineError: It has none.
    """
    there = edition.published_at if edition else None
    if line.status is Status.PUBLISHED and not (line.published_at or there):
        raise LineError("published_at is missing, though the status is published")


def add_edition(
    session: Session, article: Article, line: Line, author: Author | None, tags: list[Tag]
) -> Edition:
    """Add the edition that a line states; without a time it is a draft."""
    edition = Edition(
        article=article,
        language=line.language,
        slug=free_slug(session, line.language, line.slug or line.title),
        title=line.title,
        lead=line.lead or "",
        body=line.body,
        author=author,
        tags=tags,
        status=line.status or (Status.PUBLISHED if line.published_at else Status.DRAFT),
        published_at=line.published_at,
        imported_views=_counted_elsewhere(line),
    )
    session.add(edition)
    session.flush()
    _raise_hours(session, edition, line)
    _keep_old_slugs(session, edition, line)
    return edition


def update_edition(
    session: Session, edition: Edition, line: Line, author: Author | None, tags: list[Tag]
) -> bool:
    """Bring an edition up to date with what its line speaks of; return whether it differed."""
    stated = {
        "title": line.title,
        "lead": line.lead,
        "body": line.body,
        "status": line.status or _status_with_time(edition, line),
        "published_at": line.published_at,
    }
    differs = assign(edition, **{name: v for name, v in stated.items() if v is not None})
    if line.author is not None and edition.author is not author:
        edition.author, differs = author, True
    if line.tags is not None and set(edition.tags) != set(tags):
        edition.tags, differs = tags, True
    if line.slug:
        slug = free_slug(session, line.language, line.slug, edition.id)
        differs |= slug != edition.slug
        change_slug(session, edition, slug)
    _keep_old_slugs(session, edition, line)
    return differs


def update_views(session: Session, edition: Edition, line: Line) -> bool:
    """Take over how often an edition was read elsewhere; return whether that is news.

    Without hours, a number between what was imported and all readings was exported here,
    readings counted here included: taken over, it would count them twice.
    """
    if line.views is None:
        return False
    if line.views_by_hour is not None:
        raised = _raise_hours(session, edition, line)
        return assign(edition, imported_views=_counted_elsewhere(line)) or raised
    before = edition.imported_views
    if line.views == before:
        return False
    counted = session.scalar(select(func.sum(View.count)).where(View.edition_id == edition.id))
    if before <= line.views <= before + (counted or 0):
        return False
    edition.imported_views = line.views
    return True


def _counted_elsewhere(line: Line) -> int:
    return max(0, (line.views or 0) - sum((line.views_by_hour or {}).values()))


def _raise_hours(session: Session, edition: Edition, line: Line) -> bool:
    """Take over the readings of hours in which fewer are known here; return whether any are.

    Readings of an hour are only ever added to: of two numbers the larger one is the later.
    """
    rows = [
        {"edition_id": edition.id, "hour": hour, "count": count}
        for hour, count in (line.views_by_hour or {}).items()
        if count
    ]
    raised = False
    for start in range(0, len(rows), HOURS_AT_ONCE):
        statement = upsert(session, View).values(rows[start : start + HOURS_AT_ONCE])
        later = statement.excluded.count
        statement = statement.on_conflict_do_update(
            index_elements=["edition_id", "hour"], set_={"count": later}, where=View.count < later
        )
        raised |= bool(session.execute(statement.returning(View.hour)).all())
    return raised


def assign(row: Base, **values: Any) -> bool:
    """Set those attributes of a row that differ; return whether any did."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def _status_with_time(edition: Edition, line: Line) -> Status | None:
    # A draft that had no time for lack of one in the file is published when it gets one.
    waited = edition.status is Status.DRAFT and edition.published_at is None
    return Status.PUBLISHED if waited and line.published_at else None


def _keep_old_slugs(session: Session, edition: Edition, line: Line) -> None:
    for slug in line.old_slugs:
        free = free_slug(session, edition.language, slug, edition.id) == slug
        if free and slug != edition.slug:
            session.merge(OldSlug(language=edition.language, slug=slug, edition_id=edition.id))
