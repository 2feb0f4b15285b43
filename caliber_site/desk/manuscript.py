"""An edition as an editor hands it in, and why it may not be kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """An edition as an editor hands it in.

    Attributes:
        story: Key of the article; a new one begins an article.
        language: Language tag.
        version: Version of the edition that the editor began from, 0 for none.
        section_id: The article's section.
        section_before: The section that the editor began from.
        image_id: The article's picture, which `alt`, `caption` and `credit` describe.
        image_before: The picture that the editor began from.
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
    section_before: int | None = None
    title: str
    lead: str = ""
    body: str = ""
    slug: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    published_at: datetime | None = None
    image_id: int | None = None
    image_before: int | None = None
    alt: str = ""
    caption: str = ""
    credit: str = ""

    @property
    def picture_words(self) -> tuple[str, str, str]:
        """Return what the picture is said to be."""
        return self.alt, self.caption, self.credit


class Part(StrEnum):
    """What two editors can change at once: an edition's text, or what its story's share."""

    TEXT = "text"
    SECTION = "section"
    PICTURE = "picture"


class ConflictError(Exception):
    """Somebody else changed the same `parts` meanwhile; nothing was changed."""

    def __init__(self, parts: Collection[Part]) -> None:
        super().__init__(", ".join(sorted(parts)))
        self.parts = frozenset(parts)


class ForeignImageError(Exception):
    """The picture is not there, or is not one that this editor may put into the story."""
