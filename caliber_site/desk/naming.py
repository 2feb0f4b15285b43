"""Authors and tags that the form names: found, or made."""

from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.models import Author, AuthorName, Tag, TagName
from caliber_site.slugs import slugify


def find_author(session: Session, language: str, name: str) -> Author:
    """Return the author whom a language calls so, made if there is none."""
    return known_author(session, language, name) or _name_author(session, language, name)


def known_author(session: Session, language: str, name: str) -> Author | None:
    """Return the author whom a language calls so, if there is one."""
    called = select(Author).join(AuthorName).where(AuthorName.language == language)
    return session.scalar(called.where(AuthorName.name == name))


def find_tag(session: Session, language: str, name: str) -> Tag:
    """Return the tag that a language calls so, in whatever case, made if there is none."""
    return known_tag(session, language, name) or _name_tag(session, language, name)


def known_tag(session: Session, language: str, name: str) -> Tag | None:
    """Return the tag that a language calls so, if there is one."""
    called = select(Tag).join(TagName).where(TagName.language == language)
    return session.scalar(called.where(TagName.name == name))


def _name_author(session: Session, language: str, name: str) -> Author:
    author = session.scalar(select(Author).where(Author.slug == slugify(name)))
    if author is None or any(known.language == language for known in author.names):
        author = Author(slug=_free_slug(session, Author, name))
        session.add(author)
    author.names.append(AuthorName(language=language, name=name))
    session.flush()
    return author


def _name_tag(session: Session, language: str, name: str) -> Tag:
    tag = session.scalar(select(Tag).where(Tag.slug == slugify(name)))
    if tag is None:
        tag = Tag(slug=_free_slug(session, Tag, name))
        session.add(tag)
    if not any(known.language == language for known in tag.names):
        tag.names.append(TagName(language=language, name=name))
    session.flush()
    return tag


def _free_slug(session: Session, kind: type[Author] | type[Tag], name: str) -> str:
    base = slugify(name) or kind.__tablename__
    taken = set(session.scalars(select(kind.slug).where(kind.slug.startswith(base))))
    slugs = (f"{base}-{number}" if number > 1 else base for number in count(1))
    return next(slug for slug in slugs if slug not in taken)
