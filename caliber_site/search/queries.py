"""The SELECTs of search: what is indexed, and what has changed."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select
from sqlalchemy.orm import Session

from caliber_site.models import (
    Author,
    AuthorName,
    ChangeNumber,
    Edition,
    Section,
    SectionName,
    Status,
    TagName,
    edition_tag,
)
from caliber_site.text import plain_text

BATCH = 500
"""Editions read at once: enough to be quick, few enough to be small in memory."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the index knows of an edition; the texts are plain, without marks of any kind.

    Attributes:
        tags: Their names, one a line.
        author: The author's name, or empty.
        author_slug: The author's slug, or empty.
        section: Slug of the section.
        section_name: Name of the section, or empty.
        change: The number of the edition's last change.
    """

    edition_id: int
    title: str
    lead: str
    body: str
    tags: str
    author: str
    author_slug: str
    section: str
    section_name: str
    published_at: datetime
    change: int


def last_change(session: Session) -> int:
    """Return the last change number given out on the site."""
    return session.scalar(select(ChangeNumber.value)) or 0


def list_changed(session: Session, tag: str, after: int) -> set[int]:
    """Return the ids of a language's editions, public or not, changed after a change number."""
    # As an expression, or SQLite would look through all editions of the language by its index.
    spoken = func.coalesce(Edition.language, "") == tag
    return set(session.scalars(select(Edition.id).where(spoken, Edition.change > after)))


def list_published(session: Session, tag: str) -> dict[int, int]:
    """Return the change numbers of a language's published and scheduled editions, newest first."""
    columns = select(Edition.id, Edition.change).where(_indexed(tag))
    newest_first = columns.order_by(Edition.published_at.desc(), Edition.id.desc())
    # Batch by batch: all rows at once would take as much memory again.
    rows = session.execute(newest_first, execution_options={"yield_per": BATCH})
    return {row.id: row.change for row in rows}


def count_published(session: Session, tag: str) -> int:
    """Return how many published and scheduled editions a language has."""
    return session.scalars(select(func.count()).select_from(Edition).where(_indexed(tag))).one()


def next_due(connection: Connection, tag: str, now: datetime) -> float:
    """Return when a language's next scheduled edition is published, in seconds since 1970.

    Infinity if there is none.
    """
    # Not `_indexed`: of two bounds of a moment SQLite would take the other.
    due = select(func.min(Edition.published_at)).where(
        Edition.language == tag, Edition.status == Status.PUBLISHED, Edition.published_at > now
    )
    found: datetime | None = connection.execute(due).scalar()
    return found.timestamp() if found else math.inf


def load_languages(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Return the tags of editions' languages, by id; those that are deleted have none."""
    rows = session.execute(select(Edition.id, Edition.language).where(Edition.id.in_(ids)))
    return {row.id: row.language for row in rows}


def load_documents(session: Session, tag: str, ids: Iterable[int]) -> Iterator[Document]:
    """Yield what is to be indexed of those editions that are published or scheduled."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        tags = _load_tags(session, tag, batch)
        for row in session.execute(_documents(tag).where(Edition.id.in_(batch))):
            yield Document(
                row.id,
                row.title,
                row.lead,
                plain_text(row.body),
                "\n".join(tags[row.id]),
                row.author or "",
                row.author_slug or "",
                row.section,
                row.section_name or "",
                row.published_at,
                row.change,
            )


def _indexed(tag: str) -> ColumnElement[bool]:
    return and_(
        Edition.language == tag,
        Edition.status == Status.PUBLISHED,
        Edition.published_at.is_not(None),
    )


def _documents(tag: str) -> Select[*tuple[Any, ...]]:
    signed = and_(AuthorName.author_id == Edition.author_id, AuthorName.language == tag)
    named = and_(SectionName.section_id == Edition.section_id, SectionName.language == tag)
    return (
        select(
            Edition.id,
            Edition.title,
            Edition.lead,
            Edition.body,
            Edition.published_at,
            Edition.change,
            AuthorName.name.label("author"),
            Author.slug.label("author_slug"),
            Section.slug.label("section"),
            SectionName.name.label("section_name"),
        )
        .select_from(Edition)
        .join(Section, Section.id == Edition.section_id)
        .outerjoin(Author, Author.id == Edition.author_id)
        .outerjoin(AuthorName, signed)
        .outerjoin(SectionName, named)
        .where(_indexed(tag))
    )


def _load_tags(session: Session, tag: str, ids: list[int]) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = defaultdict(list)
    statement = (
        select(edition_tag.c.edition_id, TagName.name)
        .join(TagName, TagName.tag_id == edition_tag.c.tag_id)
        .where(edition_tag.c.edition_id.in_(ids), TagName.language == tag)
        .order_by(TagName.name)
    )
    for row in session.execute(statement):
        tags[row.edition_id].append(row.name)
    return tags
