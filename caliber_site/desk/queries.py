"""What the desk's form, its revisions and its staff pages show."""

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload, undefer

from caliber_site.models import (
    Article,
    Author,
    AuthorName,
    Edition,
    Editor,
    Image,
    Revision,
    Section,
    SectionName,
    Tag,
    TagName,
)

MOST_NAMES = 500
MOST_REVISIONS = 500


def load_edition(session: Session, edition_id: int) -> Edition | None:
    """Return an edition with all that its form shows."""
    return session.scalar(_with_all().where(Edition.id == edition_id))


def find_edition(session: Session, story: str, language: str) -> Edition | None:
    """Return the edition of a story in a language, with all that its form shows."""
    found = _with_all().join(Edition.article)
    return session.scalar(found.where(Article.story == story, Edition.language == language))


def _with_all() -> Select[Edition]:
    return select(Edition).options(
        undefer(Edition.body),
        joinedload(Edition.author).selectinload(Author.names),
        selectinload(Edition.tags).selectinload(Tag.names),
        joinedload(Edition.article).options(
            joinedload(Article.image).selectinload(Image.texts),
            joinedload(Article.owner),
            selectinload(Article.editions),
        ),
    )


def find_article(session: Session, story: str) -> Article | None:
    """Return a story with its editions and their texts."""
    return session.scalar(
        select(Article)
        .where(Article.story == story)
        .options(
            joinedload(Article.image).selectinload(Image.texts),
            selectinload(Article.editions).undefer(Edition.body),
        )
    )


def list_sections(session: Session, language: str, article: Article | None) -> dict[int, str]:
    """Return the names of the sections where an edition can be, as its language orders them.

    They have a name in the languages of all the article's editions, but for the section in
    which it is already: that needs one in this language only.
    """
    languages = {language, *(e.language for e in article.editions)} if article else {language}
    name = aliased(SectionName)
    names = select(func.count()).where(name.section_id == Section.id, name.language.in_(languages))
    named = names.scalar_subquery() == len(languages)
    there = Section.id == article.section_id if article else false()
    statement = (
        select(Section.id, SectionName.name)
        .join(
            SectionName,
            and_(SectionName.section_id == Section.id, SectionName.language == language),
        )
        .where(or_(named, there))
        .order_by(SectionName.position, Section.slug)
    )
    return {row.id: row.name for row in session.execute(statement)}


def list_names(session: Session, language: str) -> tuple[list[str], list[str]]:
    """Return the names of authors and of the newest tags in a language."""
    authors = (
        select(AuthorName.name)
        .where(AuthorName.language == language)
        .order_by(AuthorName.name)
        .limit(MOST_NAMES)
    )
    tags = (
        select(TagName.name)
        .where(TagName.language == language)
        .order_by(TagName.tag_id.desc())
        .limit(MOST_NAMES)
    )
    return list(session.scalars(authors)), list(session.scalars(tags))


def last_revision(session: Session, edition_id: int) -> Revision | None:
    """Return what the last save left, with who saved it."""
    return session.scalar(_newest_first(edition_id).limit(1))


def list_revisions(session: Session, edition_id: int) -> list[Revision]:
    """Return an edition's revisions, newest first, with who saved them."""
    return list(session.scalars(_newest_first(edition_id).limit(MOST_REVISIONS)))


def load_revision(session: Session, edition_id: int, revision_id: int) -> Revision | None:
    """Return one revision of an edition."""
    return session.scalar(_newest_first(edition_id).where(Revision.id == revision_id))


def _newest_first(edition_id: int) -> Select[Revision]:
    return (
        select(Revision)
        .where(Revision.edition_id == edition_id)
        .options(joinedload(Revision.editor))
        .order_by(Revision.id.desc())
    )


def list_editors(session: Session) -> list[Editor]:
    """Return all editors: who are there first, then who have left."""
    return list(session.scalars(select(Editor).order_by(Editor.active.desc(), Editor.email)))


def load_sections(session: Session) -> list[Section]:
    """Return all sections with their names."""
    return list(
        session.scalars(select(Section).options(selectinload(Section.names)).order_by(Section.slug))
    )
