"""Authors and tags that imported lines name: found, or made."""

from collections.abc import Iterable
from itertools import count
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.exchange.fields import Naming, Namings
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
            self._authors[key] = self._find(
                Author, line.language, line.author, line.author_slug, line.author_names, siblings
            )
        return self._authors[key]

    def tags(self, line: Line) -> list[Tag]:
        """Return a line's tags."""
        names = line.tags or ()
        known = len(line.tag_slugs) == len(line.tag_names) == len(names)
        slugs = line.tag_slugs if known else ("",) * len(names)
        namings: tuple[Namings, ...] = line.tag_names if known else ({},) * len(names)
        for name, slug, naming in zip(names, slugs, namings, strict=True):
            if (line.language, name) not in self._tags:
                self._tags[line.language, name] = self._find(Tag, line.language, name, slug, naming)
        return [self._tags[line.language, name] for name in names]

    def _find(
        self,
        kind: type[Named],
        language: str,
        name: str,
        slug: str | None,
        namings: Namings,
        siblings: Iterable[Named] = (),
    ) -> Named:
        found = (
            _holder(self._session, kind, language, name)
            or _by_slug(self._session, kind, slug)
            or next((sibling for sibling in siblings if not _is_named(sibling, language)), None)
            or _namesake(self._session, kind, language, name)
        )
        if found is None:
            found = kind(slug=_free_slug(self._session, kind, slug or name))
            self._session.add(found)
            for tag, naming in namings.items():
                if tag != language and not _holder(self._session, kind, tag, naming.name):
                    add_name(found, tag, naming)
        if not _is_named(found, language):
            described = namings.get(language, Naming(name)).description
            add_name(found, language, Naming(name, described))
        self._session.flush()
        return found


def add_name(thing: Author | Tag, language: str, naming: Naming) -> None:
    """Name an author or a tag in a language."""
    if isinstance(thing, Author):
        name = AuthorName(language=language, name=naming.name, bio=naming.description)
        thing.names.append(name)
    else:
        thing.names.append(TagName(language=language, name=naming.name))


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
