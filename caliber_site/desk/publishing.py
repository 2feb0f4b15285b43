"""What editors do with an edition: save, publish, withdraw, call back to the drafts.

Each verb is one transaction with at most one revision in it; without a change there is none.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from caliber_site.database import take_write_lock
from caliber_site.desk.naming import find_author, find_tag
from caliber_site.models import (
    Article,
    Edition,
    Editor,
    ImageText,
    Revision,
    Status,
    change_slug,
    free_slug,
    next_change,
    now,
    record_change,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """An edition as an editor hands it in.

    Attributes:
        story: Key of the article; a new one begins an article.
        language: Language tag.
        version: Version of the edition that the editor began from, 0 for none.
        section_id: The article's section.
        image_id: The article's picture, which `alt`, `caption` and `credit` describe.
        body: Clean HTML.
        slug: Wanted slug; empty to have one made from the title.
        author: Name in the language; empty for none.
        tags: Names in the language.
        published_at: When it is to be public; None to leave that as it is.
    """

    story: str
    language: str
    version: int
    section_id: int
    title: str
    lead: str = ""
    body: str = ""
    slug: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    published_at: datetime | None = None
    image_id: int | None = None
    alt: str = ""
    caption: str = ""
    credit: str = ""


class ConflictError(Exception):
    """Somebody else saved the edition meanwhile; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The edition that was saved, and the ids of all that the search engine must look at."""

    edition_id: int
    changed: set[int]


def save(session: Session, manuscript: Manuscript, editor: Editor) -> Saved:
    """Keep a text, leaving it in the state in which it is; a new one is a draft.

    Raises:
        ConflictError: The edition moved on since the editor began, and is not the same anyway.
        sqlalchemy.exc.OperationalError: The database stayed locked.
    """
    return _keep(session, manuscript, editor, None)


def publish(session: Session, manuscript: Manuscript, editor: Editor) -> Saved:
    """Keep a text and make it public at its time, or at once if it has none; raises as `save`."""
    return _keep(session, manuscript, editor, Status.PUBLISHED)


def withdraw(session: Session, manuscript: Manuscript, editor: Editor) -> Saved:
    """Keep a text and take it from the readers, who are told that it is gone; raises as `save`."""
    return _keep(session, manuscript, editor, Status.WITHDRAWN)


def unschedule(session: Session, manuscript: Manuscript, editor: Editor) -> Saved:
    """Keep a text and put it back among the drafts; raises as `save`."""
    return _keep(session, manuscript, editor, Status.DRAFT)


def _keep(session: Session, manuscript: Manuscript, editor: Editor, status: Status | None) -> Saved:
    take_write_lock(session)
    article = _find_article(session, manuscript, editor)
    edition = next((e for e in article.editions if e.language == manuscript.language), None)
    before = _state(session, edition) if edition else None
    siblings = _frame(session, article, manuscript)
    edition = edition or _begin(session, article, manuscript)
    version = edition.version or 0
    _write(session, edition, manuscript)
    _place(edition, manuscript, status)
    session.flush()
    if _state(session, edition) == before:
        # The same again, as after a double click, is neither a conflict nor a change.
        session.rollback()
        return Saved(edition.id, set())
    if version != manuscript.version:
        session.rollback()
        raise ConflictError
    record_change(session, edition, editor)
    saved = Saved(edition.id, {edition.id, *siblings})
    session.commit()
    return saved


def _find_article(session: Session, manuscript: Manuscript, editor: Editor) -> Article:
    article = session.scalar(select(Article).where(Article.story == manuscript.story))
    if article is None:
        article = Article(
            story=manuscript.story, section_id=manuscript.section_id, owner_id=editor.id
        )
        session.add(article)
        session.flush()
    return article


def _begin(session: Session, article: Article, manuscript: Manuscript) -> Edition:
    edition = Edition(
        article_id=article.id,
        section_id=article.section_id,
        language=manuscript.language,
        slug=free_slug(session, manuscript.language, manuscript.slug or manuscript.title),
        title=manuscript.title,
        status=Status.DRAFT,
        version=0,
    )
    session.add(edition)
    session.flush()
    return edition


def _frame(session: Session, article: Article, manuscript: Manuscript) -> set[int]:
    """Set what all editions share; return the ids of those whose pages that changes."""
    if (article.section_id, article.image_id) == (manuscript.section_id, manuscript.image_id):
        return set()
    article.section_id, article.image_id = manuscript.section_id, manuscript.image_id
    session.flush()
    for edition in article.editions:
        session.refresh(edition, ["section_id"])  # the database has set it
        edition.change = next_change(session)
    return {edition.id for edition in article.editions}


def _write(session: Session, edition: Edition, manuscript: Manuscript) -> None:
    language = manuscript.language
    edition.title, edition.lead = manuscript.title, manuscript.lead
    edition.body = manuscript.body
    author = find_author(session, language, manuscript.author) if manuscript.author else None
    edition.author = author
    tags = [find_tag(session, language, name) for name in manuscript.tags]
    edition.tags = list(dict.fromkeys(tags))
    if manuscript.image_id is not None:
        session.merge(
            ImageText(
                image_id=manuscript.image_id,
                language=language,
                alt=manuscript.alt,
                caption=manuscript.caption,
                credit=manuscript.credit,
            )
        )
    if manuscript.slug != edition.slug:
        wanted = manuscript.slug or manuscript.title
        _move(session, edition, free_slug(session, language, wanted, edition.id))


def _move(session: Session, edition: Edition, slug: str) -> None:
    left_drafts = exists().where(
        Revision.edition_id == edition.id, Revision.status != Status.DRAFT.value
    )
    if edition.status != Status.DRAFT or session.scalar(select(left_drafts)):
        change_slug(session, edition, slug)
    else:
        edition.slug = slug


def _place(edition: Edition, manuscript: Manuscript, status: Status | None) -> None:
    """Set where an edition stands and since when."""
    was = edition.status
    edition.status = status or was
    at = manuscript.published_at
    if at is None and was != Status.DRAFT:
        at = edition.published_at
    if status == Status.PUBLISHED and manuscript.published_at is None:
        at = min(at or now(), now())  # without a time of its own it is public at once
    edition.published_at = at


def _state(session: Session, edition: Edition) -> tuple[object, ...]:
    image_id = edition.article.image_id
    text = session.get(ImageText, (image_id, edition.language)) if image_id else None
    return (
        edition.title,
        edition.lead,
        edition.body,
        edition.slug,
        edition.status,
        edition.published_at,
        edition.section_id,
        edition.author_id,
        {tag.id for tag in edition.tags},
        image_id,
        text and (text.alt, text.caption, text.credit),
    )
