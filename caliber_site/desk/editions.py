"""The list of editions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from caliber_site.models import (
    Article,
    AuthorName,
    Edition,
    Editor,
    Role,
    Section,
    SectionName,
    Status,
)

PAGE_SIZE = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is to show: words of the title, states, languages, whose."""

    words: str = ""
    state: str = ""
    language: str = ""
    owner_id: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class EditionList:
    """One page of the list of editions: rows, how many there are in all, how many pages."""

    rows: list[Row[*tuple[Any, ...]]]
    total: int
    page: int
    pages: int


def list_editions(session: Session, editor: Editor, wanted: Wanted, at: datetime) -> EditionList:
    """Return the editions that an editor may see, newest change first; two SELECTs.

    A page beyond the last is the last.
    """
    conditions = _conditions(editor, wanted, at)
    counted = select(func.count()).select_from(Edition).join(Article).where(*conditions)
    total = session.scalars(counted).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(wanted.page, pages)
    rows = session.execute(
        _select_rows()
        .where(*conditions)
        .order_by(Edition.updated_at.desc(), Edition.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return EditionList(list(rows.all()), total, page, pages)


def _select_rows() -> Select[*tuple[Any, ...]]:
    owner = aliased(Editor)
    return (
        select(
            Edition.id,
            Edition.title,
            Edition.language,
            Edition.status,
            Edition.published_at,
            Edition.updated_at,
            func.coalesce(SectionName.name, Section.slug).label("section"),
            AuthorName.name.label("author"),
            func.coalesce(func.nullif(owner.name, ""), owner.email).label("owner"),
        )
        .join(Article, Article.id == Edition.article_id)
        .join(Section, Section.id == Edition.section_id)
        .outerjoin(
            SectionName,
            and_(SectionName.section_id == Section.id, SectionName.language == Edition.language),
        )
        .outerjoin(
            AuthorName,
            and_(
                AuthorName.author_id == Edition.author_id,
                AuthorName.language == Edition.language,
            ),
        )
        .outerjoin(owner, owner.id == Article.owner_id)
    )


def _conditions(editor: Editor, wanted: Wanted, at: datetime) -> list[ColumnElement[bool]]:
    conditions = [_has_word(word) for word in wanted.words.split()[:10]]
    if editor.role == Role.AUTHOR:
        conditions.append(Article.owner_id == editor.id)
    if wanted.owner_id is not None:
        conditions.append(Article.owner_id == wanted.owner_id)
    if wanted.language:
        conditions.append(Edition.language == wanted.language)
    states = {
        "draft": Edition.status == Status.DRAFT,
        "scheduled": and_(Edition.status == Status.PUBLISHED, Edition.published_at > at),
        "published": Edition.is_public(at),
        "withdrawn": Edition.status == Status.WITHDRAWN,
    }
    if wanted.state in states:
        conditions.append(states[wanted.state])
    return conditions


def _has_word(word: str) -> ColumnElement[bool]:
    # SQLite folds the case of Latin letters only, PostgreSQL that of all.
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(Edition.title.icontains(spelling, autoescape=True) for spelling in spellings))


def state_of(status: Status, published_at: datetime | None, at: datetime) -> str:
    """Return where an edition stands: draft, scheduled, published or withdrawn."""
    if status == Status.PUBLISHED and published_at and published_at > at:
        return "scheduled"
    return status.value
