"""The demo paper's sections, authors and tags. Names that others hold already are theirs."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.demo.content import Table, read_tables
from caliber_site.languages import BY_TAG
from caliber_site.models import Author, AuthorName, Section, SectionName, Tag, TagName


def add_sections(session: Session) -> dict[str, Section]:
    """Add the sections that are not there and return them all, by slug."""
    sections = {section.slug: section for section in session.scalars(select(Section))}
    for position, table in enumerate(read_tables("section")):
        section = sections.setdefault(table["slug"], Section(slug=table["slug"]))
        named = {name.language for name in section.names}
        section.names += [
            SectionName(language=tag, position=position, **table[tag])
            for tag in BY_TAG
            if tag not in named
        ]
    session.add_all(sections.values())
    session.flush()
    return sections


def add_authors(session: Session, tables: Iterable[Table]) -> dict[tuple[str, str], Author]:
    """Add those authors that are not there; return them all by key and language tag."""
    authors = {author.slug: author for author in session.scalars(select(Author))}
    holders = {
        (name.language, name.name): name.author for name in session.scalars(select(AuthorName))
    }
    found = {}
    for table in tables:
        author = authors.get(table["key"]) or Author(slug=table["key"])
        named = {name.language for name in author.names}
        for tag in BY_TAG:
            holder = holders.get((tag, table[tag]["name"]))
            if holder is None and tag not in named:
                author.names.append(AuthorName(language=tag, **table[tag]))
                session.add(author)
            found[table["key"], tag] = holder or author
    session.flush()
    return found


def add_tags(session: Session, tables: Iterable[Table]) -> dict[tuple[str, str], Tag]:
    """Add those tags that are not there; return them all by key and language tag."""
    tags = {tag.slug: tag for tag in session.scalars(select(Tag))}
    holders = {(name.language, name.name): name.tag for name in session.scalars(select(TagName))}
    found = {}
    for table in tables:
        subject = tags.get(table["key"]) or Tag(slug=table["key"])
        named = {name.language for name in subject.names}
        for tag in BY_TAG:
            holder = holders.get((tag, table[tag]))
            if holder is None and tag not in named:
                subject.names.append(TagName(language=tag, name=table[tag]))
                session.add(subject)
            found[table["key"], tag] = holder or subject
    session.flush()
    return found
