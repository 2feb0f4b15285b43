"""What the results show of editions: one SELECT for all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    and_,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from caliber_site.languages import BY_TAG, Language
from caliber_site.models import Article, AuthorName, Edition, Section, SectionName
from caliber_site.search.names import Name


@dataclass(frozen=True, slots=True)
class Version:
    """Where the same story is to be read in another language."""

    language: Language
    slug: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the results show of an edition.

    Attributes:
        edition_id: Its id.
        story: Key of its story.
        slug: Its address.
        title: Its title.
        section_slug: Address of its section.
        section_name: Name of its section.
        author: Name of its author, maybe empty.
        published_at: When it was published.
        updated_at: When it was last changed.
        lead: Its lead; empty in the live box.
        body: Clean HTML; empty in the live box.
        versions: Public editions of its story in other languages; none in the live box.
    """

    edition_id: int
    story: str
    slug: str
    title: str
    section_slug: str
    section_name: str
    author: str
    published_at: datetime
    updated_at: datetime
    lead: str
    body: str
    versions: tuple[Version, ...]


def load_found(
    session: Session,
    language: Language,
    ids: list[int],
    now: datetime,
    *,
    with_text: bool,
    names: Sequence[Select[*tuple[Any, ...]]] = (),
) -> tuple[list[Found], list[Name]]:
    """Return those of the editions that are public, in the order of their ids; one SELECT.

    Args:
        session: The session.
        language: Language of the editions.
        ids: Their ids.
        now: The present moment.
        with_text: Whether lead, body and versions are wanted too.
        names: SELECTs of names, which come second.
    """
    if not ids and not names:
        return [], []
    editions = _editions(language, now, with_text=with_text).where(Edition.id.in_(ids))
    rows = session.execute(union_all(editions, *(_widen(part, editions) for part in names))).all()
    # The language is looked at here: an SQL condition would tempt SQLite to the index of the
    # newest editions, which it would read to the end.
    found = {row.id: _found(row) for row in rows if row.language == language.tag}
    shown = [found[edition_id] for edition_id in ids if edition_id in found]
    return shown, [Name(row.kind, row.slug, row.name) for row in rows if row.kind != "edition"]


def load_titled(
    session: Session,
    language: Language,
    titled: ColumnElement[bool],
    now: datetime,
    *,
    among: int,
    limit: int,
) -> list[Found]:
    """Return the newest public editions whose titles fulfil a condition; one SELECT.

    Only the newest `among` editions are looked at, so that it costs the same in any archive.
    """
    newest = (Edition.published_at.desc(), Edition.id.desc())
    recent = (
        select(Edition.id)
        .where(Edition.language == language.tag, Edition.is_public(now))
        .order_by(*newest)
        .limit(among)
    )
    statement = _editions(language, now, with_text=True).where(Edition.id.in_(recent), titled)
    return [_found(row) for row in session.execute(statement.order_by(*newest).limit(limit))]


def _found(row: Row[*tuple[Any, ...]]) -> Found:
    addresses = dict(address.split(":") for address in (row.versions or "").split())
    versions = (Version(BY_TAG[tag], addresses[tag]) for tag in BY_TAG if tag in addresses)
    return Found(
        row.id,
        row.story,
        row.slug,
        row.name,
        row.section_slug,
        row.section_name,
        row.author or "",
        row.published_at,
        row.updated_at,
        row.lead,
        row.body,
        tuple(versions),
    )


def _editions(language: Language, now: datetime, *, with_text: bool) -> Select[*tuple[Any, ...]]:
    named = and_(SectionName.section_id == Section.id, SectionName.language == language.tag)
    signed = and_(AuthorName.author_id == Edition.author_id, AuthorName.language == language.tag)
    texts = (Edition.lead, Edition.body, _versions(now)) if with_text else [literal("")] * 3
    return (
        select(
            literal("edition").label("kind"),
            Edition.id,
            Edition.language,
            Edition.slug,
            Edition.title.label("name"),
            Article.story,
            Section.slug.label("section_slug"),
            func.coalesce(SectionName.name, Section.slug).label("section_name"),
            AuthorName.name.label("author"),
            Edition.published_at,
            Edition.updated_at,
            *(x.label(name) for x, name in zip(texts, ("lead", "body", "versions"), strict=True)),
        )
        .select_from(Edition)
        .join(Article, Article.id == Edition.article_id)
        .join(Section, Section.id == Edition.section_id)
        .outerjoin(SectionName, named)
        .outerjoin(AuthorName, signed)
        .where(Edition.is_public(now))
    )


def _versions(now: datetime) -> ScalarSelect[str]:
    """Return the SELECT of the other public editions' addresses: `ru:slug hy:slug`."""
    other = aliased(Edition)
    return (
        select(func.aggregate_strings(other.language + ":" + other.slug, " "))
        .where(
            other.article_id == Edition.article_id,
            other.language != Edition.language,
            other.is_public(now),
        )
        .correlate(Edition)
        .scalar_subquery()
    )


def _widen(names: Select[*tuple[Any, ...]], model: Select[*tuple[Any, ...]]) -> Select[Any]:
    """Return the SELECT of names with all columns of that of editions, empty where it has none."""
    columns = names.subquery().c
    wanted = model.selected_columns.keys()
    return select(*(columns[name] if name in columns else null().label(name) for name in wanted))
