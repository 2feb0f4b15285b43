"""What the editions of a story have in common, its section and its picture.

Editors of several languages change it at once: what one of them left alone follows the others.
"""

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from caliber_site.desk.manuscript import ForeignImageError, Manuscript, Part
from caliber_site.models import Article, Editor, Image, ImageText, next_change

Id = TypeVar("Id", bound=int | None)


@dataclass(frozen=True, slots=True)
class Frame:
    """What an article is to have.

    Attributes:
        described: Whether the manuscript's words are those of this picture.
        conflicts: Parts that another editor has changed in another way.
    """

    section_id: int
    image_id: int | None
    described: bool
    conflicts: frozenset[Part]


def find_image(
    session: Session, image_id: int | None, article: Article | None, editor: Editor
) -> Image | None:
    """Return the picture of an id, if the editor may put it into the article.

    That is the article's own, by its id or its files, or one that the editor uploaded and no
    article has: the words of a picture are never those of another story.
    """
    image = session.get(Image, image_id) if image_id else None
    own = article.image if article else None
    if image is None:
        return None
    if own and own.name == image.name:
        return own
    taken = session.scalar(select(exists().where(Article.image_id == image.id)))
    return image if image.owner_id == editor.id and not taken else None


def merge_frame(
    session: Session, article: Article, manuscript: Manuscript, editor: Editor
) -> Frame:
    """Return what a manuscript makes of an article's section and picture.

    Raises:
        ForeignImageError: The picture is not one for this article.
    """
    left_alone = manuscript.image_id == manuscript.image_before
    mine = manuscript.image_id if left_alone else _find_mine(session, article, manuscript, editor)
    section_id, moved = _merge(manuscript.section_before, manuscript.section_id, article.section_id)
    image_id, replaced = _merge(manuscript.image_before, mine, article.image_id)
    described = mine is not None and mine == image_id
    # New words for a picture that is not there any more must not be lost either.
    replaced |= not described and _says_anew(session, manuscript)
    conflicts = {Part.SECTION: moved, Part.PICTURE: replaced}
    return Frame(
        section_id, image_id, described, frozenset(part for part in conflicts if conflicts[part])
    )


def _merge(before: int | None, mine: Id, there: Id) -> tuple[Id, bool]:
    """Return what is to be, and whether two have changed what was before in two ways."""
    if mine == before:
        return there, False
    return mine, there not in {mine, before}


def apply_frame(session: Session, article: Article, frame: Frame) -> set[int]:
    """Set what all editions share; return the ids of those whose pages that changes."""
    if (article.section_id, article.image_id) == (frame.section_id, frame.image_id):
        return set()
    article.section_id, article.image_id = frame.section_id, frame.image_id
    session.flush()
    for edition in article.editions:
        session.refresh(edition, ["section_id"])  # the database has set it
        edition.change = next_change(session)
    return {edition.id for edition in article.editions}


def _find_mine(
    session: Session, article: Article, manuscript: Manuscript, editor: Editor
) -> int | None:
    if manuscript.image_id is None:
        return None
    image = find_image(session, manuscript.image_id, article, editor)
    if image is None:
        raise ForeignImageError
    return image.id


def _says_anew(session: Session, manuscript: Manuscript) -> bool:
    """Return whether there are new words for a picture that the story has no more."""
    if manuscript.image_id is None:
        return False
    stored = session.get(ImageText, (manuscript.image_id, manuscript.language))
    known = (stored.alt, stored.caption, stored.credit) if stored else ("", "", "")
    return manuscript.picture_words != known
