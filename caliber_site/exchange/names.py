"""Authors and tags that imported lines name: found, or made."""

from collections.abc import Iterable
from itertools import count
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.exchange.line import Line
from caliber_site.exchange.sections import find_section
from caliber_site.languages import BY_TAG
from caliber_site.models import Author, AuthorName, Section, Tag, TagName
from caliber_site.slugs import slugify

Named = TypeVar("Named", Author, Tag)


class Names:
    """Sections, authors and tags by what lines call them, remembered while the lock is held."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sections: dict[tuple[str, str | None], Section] = {}
        self._authors: dict[tuple[str, str], Author] = {}
        self._tags: dict[tuple[str, str], Tag] = {}

    def section(self, line: Line) -> Section:
        """Return a line's section."""
        key = (line.language, line.section)
        if key not in self._sections:
            self._sections[key] = find_section(self._session, line)
        return self._sections[key]

    def author(self, line: Line, siblings: Iterable[Author]) -> Author | None:
        """Return a line's author; None if it has none.

        Args:
            line: The line.
            siblings: Authors of the same story in other languages: one that has no name in
                the line's language yet is taken to be the same person.
        """
        if not line.author:
            return None
        key = (line.language, line.author)
        if key not in self._authors:
            self._authors[key] = self._find_author(line, line.author, siblings)
        return self._authors[key]

    def tags(self, line: Line) -> list[Tag]:
        """Return a line's tags."""
        names = line.tags or ()
        slugs = line.tag_slugs if len(line.tag_slugs) == len(names) else ("",) * len(names)
        for name, slug in zip(names, slugs, strict=True):
            if (line.language, name) not in self._tags:
                self._tags[line.language, name] = self._find_tag(line.language, name, slug)
        return [self._tags[line.language, name] for name in names]

    def _find_author(self, line: Line, name: str, siblings: Iterable[Author]) -> Author:
        author = (
            _holder(self._session, Author, line.language, name)
            or _by_slug(self._session, Author, line.author_slug)
            or next((a for a in siblings if not _is_named(a, line.language)), None)
            or _namesake(self._session, Author, line.language, name)
        )
        if author is None:
            author = Author(slug=_free_slug(self._session, Author, line.author_slug or name))
            self._session.add(author)
        if not _is_named(author, line.language):
            bio = line.author_bio or ""
            author.names.append(AuthorName(language=line.language, name=name, bio=bio))
        self._session.flush()
        return author

    def _find_tag(self, language: str, name: str, slug: str) -> Tag:
        tag = (
            _holder(self._session, Tag, language, name)
            or _by_slug(self._session, Tag, slug)
            or _namesake(self._session, Tag, language, name)
        )
        if tag is None:
            tag = Tag(slug=_free_slug(self._session, Tag, slug or name))
            self._session.add(tag)
        if not _is_named(tag, language):
            tag.names.append(TagName(language=language, name=name))
        self._session.flush()
        return tag


def _is_named(thing: Author | Tag, language: str) -> bool:
    return language in {name.language for name in thing.names}


def _by_slug(session: Session, kind: type[Named], slug: str | None) -> Named | None:
    return session.scalar(select(kind).where(kind.slug == slug)) if slug else None


def _list_called(
    session: Session, kind: type[Named], languages: list[str], name: str
) -> list[Named]:
    names: type[AuthorName] | type[TagName] = AuthorName if kind is Author else TagName
    called = (
        select(kind)
        .join(kind.names)
        .where(names.language.in_(languages), names.name == name)
        .order_by(kind.id)
    )
    return list(session.scalars(called).unique())


def _holder(session: Session, kind: type[Named], language: str, name: str) -> Named | None:
    return next(iter(_list_called(session, kind, [language], name)), None)


def _namesake(session: Session, kind: type[Named], language: str, name: str) -> Named | None:
    """Return who is called the same in another language and has no name in this one."""
    others = [tag for tag in BY_TAG if tag != language]
    called = _list_called(session, kind, others, name)
    return next((thing for thing in called if not _is_named(thing, language)), None)


def _free_slug(session: Session, kind: type[Named], wanted: str) -> str:
    base = slugify(wanted) or kind.__tablename__
    slugs = (f"{base}-{number}" if number > 1 else base for number in count(1))
    return next(slug for slug in slugs if _by_slug(session, kind, slug) is None)
