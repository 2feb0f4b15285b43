"""What editors do with an edition: save, publish, withdraw, call back to the drafts.

Each verb is one transaction with at most one revision in it; without a change there is none.
"""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from caliber_site.database import take_write_lock
from caliber_site.desk.framing import apply_frame, merge_frame
from caliber_site.desk.manuscript import ConflictError, ForeignImageError, Manuscript, Part
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
    now,
    record_change,
)


@dataclass(frozen=True, slots=True)
class Saved:
    """The edition that was saved, and the ids of all that the search engine must look at."""

    edition_id: int
    changed: set[int]


def save(session: Session, manuscript: Manuscript, editor: Editor) -> Saved:
    """Keep a text, leaving it in the state in which it is; a new one is a draft.

    Raises:
        ConflictError: Edition or story moved on since the editor began, and differ from this.
        ForeignImageError: The picture is not one for this story.
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
    try:
        frame = merge_frame(session, article, manuscript, editor)
    except ForeignImageError:
        session.rollback()
        raise
    siblings = apply_frame(session, article, frame)
    edition = edition or _begin(session, article, manuscript)
    version = edition.version or 0
    _write(session, edition, manuscript)
    if frame.described:
        _describe(session, article, manuscript)
    _place(edition, manuscript, status)
    session.flush()
    # The same again, as after a double click, is neither a conflict nor a change.
    same = _state(session, edition) == before
    outdated = not same and version != manuscript.version
    conflicts = frame.conflicts | ({Part.TEXT} if outdated else set())
    if conflicts or same:
        session.rollback()
    if conflicts:
        raise ConflictError(conflicts)
    if same:
        return Saved(edition.id, set())
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


def _write(session: Session, edition: Edition, manuscript: Manuscript) -> None:
    language = manuscript.language
    edition.title, edition.lead = manuscript.title, manuscript.lead
    edition.body = manuscript.body
    author = find_author(session, language, manuscript.author) if manuscript.author else None
    edition.author = author
    tags = [find_tag(session, language, name) for name in manuscript.tags]
    edition.tags = list(dict.fromkeys(tags))
    if manuscript.slug != edition.slug:
        wanted = manuscript.slug or manuscript.title
        _move(session, edition, free_slug(session, language, wanted, edition.id))


def _describe(session: Session, article: Article, manuscript: Manuscript) -> None:
    alt, caption, credit = manuscript.picture_words
    text = ImageText(image_id=article.image_id, language=manuscript.language)
    text.alt, text.caption, text.credit = alt, caption, credit
    session.merge(text)


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
