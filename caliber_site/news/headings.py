"""What a list is of: a section, a tag or an author, as the page's language calls it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    SQLColumnExpression,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from caliber_site.languages import LANGUAGES, Language
from caliber_site.models import (
    Author,
    AuthorName,
    Edition,
    Section,
    SectionName,
    Tag,
    TagName,
    edition_tag,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list is of.

    Attributes:
        id: That of the section, tag or author.
        slug: Address part.
        name: Name in the page's language; the slug where it has none.
        description: Description or biography in the page's language, maybe empty.
        languages: Tags of the languages that have the list.
    """

    id: int
    slug: str
    name: str
    description: str
    languages: set[str]


def load_heading(
    session: Session, language: Language, slug: str, rows: CompoundSelect[int, str, str, str]
) -> Heading | None:
    """Return the heading in a language, or None if it has no such list; one SELECT."""
    found = {row.language: row for row in session.execute(rows)}
    own = found.get(language.tag)
    return own and Heading(own.id, slug, own.name, own.description, set(found))


def select_section(where: ColumnElement[bool], now: datetime) -> CompoundSelect[int, str, str, str]:
    """Return the SELECT of a section's rows, one for each language that has its list."""
    editions = Edition.section_id == Section.id
    return _in_languages(Section, SectionName, SectionName.description, editions, where, now)


def select_tag(where: ColumnElement[bool], now: datetime) -> CompoundSelect[int, str, str, str]:
    """Return the SELECT of a tag's rows, one for each language that has its list."""
    editions = and_(edition_tag.c.tag_id == Tag.id, edition_tag.c.edition_id == Edition.id)
    return _in_languages(Tag, TagName, literal(""), editions, where, now)


def select_author(where: ColumnElement[bool], now: datetime) -> CompoundSelect[int, str, str, str]:
    """Return the SELECT of an author's rows, one for each language that has the list."""
    editions = Edition.author_id == Author.id
    return _in_languages(Author, AuthorName, AuthorName.bio, editions, where, now)


def _in_languages(
    thing: type[Section | Tag | Author],
    naming: type[SectionName | TagName | AuthorName],
    description: SQLColumnExpression[str],
    editions: ColumnElement[bool],
    where: ColumnElement[bool],
    now: datetime,
) -> CompoundSelect[int, str, str, str]:
    """Return a row for each language that has a name for the thing or public editions of it.

    Labels lead to the list of an edition's section whether or not an editor has named it.
    """
    return union_all(
        *(
            select(
                thing.id,
                literal(language.tag).label("language"),
                func.coalesce(naming.name, thing.slug).label("name"),
                func.coalesce(description, "").label("description"),
            )
            .outerjoin(thing.names.and_(naming.language == language.tag))
            .where(
                where,
                or_(
                    naming.name.is_not(None),
                    exists().where(
                        editions, Edition.language == language.tag, Edition.is_public(now)
                    ),
                ),
            )
            for language in LANGUAGES
        )
    )
