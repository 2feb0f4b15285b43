"""What the results show of editions: one SELECT for all of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from caliber_site.database import fetch
from caliber_site.languages import BY_TAG, Language
from caliber_site.models import (
    LANGUAGE,
    NOW,
    Article,
    AuthorName,
    Edition,
    Section,
    SectionName,
)
from caliber_site.search.names import NAMED, Name, select_begun
from caliber_site.search.query import Query


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
    session: Session, language: Language, ids: list[int], now: datetime, *, with_text: bool
) -> list[Found]:
    """Return those of the editions that are public, in the order of their ids; one SELECT.

    Args:
        session: The session.
        language: Language of the editions.
        ids: Their ids.
        now: The present moment.
        with_text: Whether lead, body and versions are wanted too.
    """
    statement = WITH_TEXT if with_text else PLAIN
    return _load(session, statement, language, now, {"ids": ids})[0] if ids else []


def load_page(
    session: Session,
    asked: Query,
    ids: list[int],
    sections: Collection[str],
    authors: Collection[str],
) -> tuple[list[Found], list[Name]]:
    """Return what a page of results shows: editions, and the names of what they are counted by.

    Args:
        session: The session.
        asked: The query.
        ids: Ids of the editions that it finds.
        sections: Slugs of sections.
        authors: Slugs of authors.
    """
    if not ids:
        return [], []
    parameters = {"ids": ids, "sections": list(sections), "authors": list(authors)}
    return _load(session, PAGE, asked.language, asked.now, parameters)


def load_begun(session: Session, asked: Query, ids: list[int]) -> tuple[list[Found], list[Name]]:
    """Return what the live box shows: editions, and names that the query may begin; one SELECT."""
    names = select_begun(asked, ids)
    if not ids and not names:
        return [], []
    return _load(session, _join(PLAIN, names), asked.language, asked.now, {"ids": ids})


def _load(
    session: Session, statement: Any, language: Language, now: datetime, more: dict[str, Any]
) -> tuple[list[Found], list[Name]]:
    parameters = {"language": language.tag, "now": now, **more}
    rows = fetch(session, statement, parameters).all()
    # The language is looked at here: an SQL condition would tempt SQLite to the index of the
    # newest editions, which it would read to the end.
    found = {row.id: _found(row) for row in rows if row.language == language.tag}
    shown = [found[edition_id] for edition_id in more["ids"] if edition_id in found]
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
    statement = _editions(with_text=True).where(Edition.id.in_(recent), titled)
    rows = fetch(
        session, statement.order_by(*newest).limit(limit), {"language": language.tag, "now": now}
    )
    return [_found(row) for row in rows]


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


def _editions(*, with_text: bool) -> Select[*tuple[Any, ...]]:
    named = and_(SectionName.section_id == Section.id, SectionName.language == LANGUAGE)
    signed = and_(AuthorName.author_id == Edition.author_id, AuthorName.language == LANGUAGE)
    texts = (Edition.lead, Edition.body, _versions()) if with_text else [literal("")] * 3
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
        .where(Edition.is_public(NOW))
    )


def _versions() -> ScalarSelect[str]:
    """Return the SELECT of the other public editions' addresses: `ru:slug hy:slug`."""
    other = aliased(Edition)
    return (
        select(func.aggregate_strings(other.language + ":" + other.slug, " "))
        .where(
            other.article_id == Edition.article_id,
            other.language != Edition.language,
            other.is_public(NOW),
        )
        .correlate(Edition)
        .scalar_subquery()
    )


def _join(
    editions: Select[*tuple[Any, ...]], names: Iterable[Select[*tuple[Any, ...]]]
) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(editions, *(_widen(part, editions) for part in names))


def _widen(names: Select[*tuple[Any, ...]], model: Select[*tuple[Any, ...]]) -> Select[Any]:
    """Return the SELECT of names with all columns of that of editions, empty where it has none."""
    columns = names.subquery().c
    wanted = model.selected_columns.keys()
    return select(*(columns[name] if name in columns else null().label(name) for name in wanted))


# Made once: to make one takes longer than to execute it.
BY_ID = Edition.id.in_(bindparam("ids", expanding=True))
PLAIN = _editions(with_text=False).where(BY_ID)
WITH_TEXT = _editions(with_text=True).where(BY_ID)
PAGE = _join(WITH_TEXT, NAMED)
