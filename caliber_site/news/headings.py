"""What a list is of: a section, a tag or an author, as the page's language calls it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    SQLColumnExpression,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from caliber_site.languages import LANGUAGES, Language
from caliber_site.models import (
    NOW,
    Author,
    AuthorName,
    Edition,
    Section,
    SectionName,
    Tag,
    TagName,
    edition_tag,
)
from caliber_site.news.listing import Scope
from caliber_site.reading import ReadConnection


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
    languages: frozenset[str]


def load_heading(
    read: ReadConnection, language: Language, scope: Scope, slug: str, now: datetime
) -> Heading | None:
    """Return what a section's, tag's or author's list is of, or None; one SELECT.

    None means that the language has no such list.
    """
    rows = read.fetch(STATEMENTS[scope], {"slug": slug, "now": now})
    found = {row.language: row for row in rows}
    own = found.get(language.tag)
    return own and Heading(own.id, slug, own.name, own.description, frozenset(found))


def _in_languages(
    thing: type[Section | Tag | Author],
    naming: type[SectionName | TagName | AuthorName],
    description: SQLColumnExpression[str],
    editions: ColumnElement[bool],
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
                thing.slug == bindparam("slug"),
                or_(
                    naming.name.is_not(None),
                    exists().where(
                        editions, Edition.language == language.tag, Edition.is_public(NOW)
                    ),
                ),
            )
            for language in LANGUAGES
        )
    )


STATEMENTS = {
    Scope.SECTION: _in_languages(
        Section, SectionName, SectionName.description, Edition.section_id == Section.id
    ),
    Scope.TAG: _in_languages(
        Tag,
        TagName,
        literal(""),
        and_(edition_tag.c.tag_id == Tag.id, edition_tag.c.edition_id == Edition.id),
    ),
    Scope.AUTHOR: _in_languages(Author, AuthorName, AuthorName.bio, Edition.author_id == Author.id),
}
