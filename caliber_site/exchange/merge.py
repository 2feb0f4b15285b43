"""An imported line and the story that is there: what differs is brought up to date."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from caliber_site.exchange.editions import (
    add_edition,
    assign,
    check_status,
    update_edition,
    update_views,
)
from caliber_site.exchange.incomingsite import add_site
from caliber_site.exchange.line import Line
from caliber_site.exchange.lineimages import LineImages
from caliber_site.exchange.names import Names
from caliber_site.models import Article, Edition, ImageText, record_change
from caliber_site.pictures import add_image, add_story_image


class Outcome(StrEnum):
    """What became of a line that went in."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Said:
    """What the lines of a run have settled: each thing is settled once, by the first line of it.

    So lines that disagree cannot undo each other in every run.
    """

    _things: set[tuple[object, ...]] = field(default_factory=set)

    def first(self, *thing: object) -> bool:
        """Return whether nothing has settled a thing yet; it is settled from now on."""
        new = thing not in self._things
        self._things.add(thing)
        return new


class Merger:
    """Brings lines in, one by one, while the write lock is held.

    Attributes:
        changed: Ids of the editions that have changed.
    """

    def __init__(self, session: Session, articles: dict[str, Article], said: Said) -> None:
        self.changed: set[int] = set()
        self._session = session
        self._articles = articles
        self._said = said
        self._names = Names(session)

    def merge(self, line: Line, images: LineImages, *, superseded: bool = False) -> Outcome:
        """Bring a line in.

        A superseded line, after which another states the same edition, only adds what is
        missing: what is there waits for the last line, or each run would change it twice.

        Raises:
            LineError: It cannot be; nothing was written.
        """
        article = self._articles.get(line.story)
        edition = _find(article, line.language) if article else None
        check_status(line, edition)
        if line.site:
            add_site(self._session, line.site, images)
        if superseded and edition is not None:
            return Outcome.UNCHANGED
        for path in line.images:
            if path in images:
                add_image(self._session, images[path])
        if article is None:
            article = self._add_article(line)
        elif line.section is None:
            line = replace(line, section=article.section.slug)
        moved = self._place(article, line, images, superseded=superseded)
        told = self._tell_image(article, line, superseded=superseded)
        if moved:
            self._record([other for other in article.editions if other is not edition])
        siblings = [other.author for other in article.editions if other.author]
        author, tags = self._names.author(line, siblings), self._names.tags(line)
        if edition is None:
            edition = add_edition(self._session, article, line, author, tags)
            self._record([edition], line)
            return Outcome.ADDED
        differs = update_edition(self._session, edition, line, author, tags)
        if moved or told or differs:
            self._record([edition], line)
        recounted = update_views(self._session, edition, line)
        return Outcome.UPDATED if moved or told or differs or recounted else Outcome.UNCHANGED

    def _add_article(self, line: Line) -> Article:
        article = Article(story=line.story, section=self._names.section(line))
        self._articles[line.story] = article
        self._session.add(article)
        self._session.flush()
        return article

    def _place(self, article: Article, line: Line, images: LineImages, *, superseded: bool) -> bool:
        """Put the story into the line's section, and the line's picture into the story."""
        section = self._names.section(line)
        settles = not superseded and self._said.first("section", article.id)
        moved = settles and article.section is not section
        if moved:
            article.section = section
        shown, picture = article.image and article.image.name, images.get(line.image or "")
        if (
            picture
            and picture.name != shown
            and self._settles(superseded, article.image, "image", article.id)
        ):
            article.image, moved = add_story_image(self._session, picture), True
        self._session.flush()
        return moved

    def _tell_image(self, article: Article, line: Line, *, superseded: bool) -> bool:
        """Give the story's picture the words that the line has for it."""
        words = {
            name: value
            for name, value in (
                ("alt", line.image_alt),
                ("caption", line.image_caption),
                ("credit", line.image_credit),
            )
            if value is not None
        }
        image = article.image
        if not (image and words):
            return False
        text = next((text for text in image.texts if text.language == line.language), None)
        if not self._settles(superseded, text, "words", image.id, line.language):
            return False
        if text is None:
            image.texts.append(ImageText(language=line.language, **words))
            return True
        return assign(text, **words)

    def _settles(self, superseded: bool, there: object, *thing: object) -> bool:
        """Return whether a line has the say on a thing; a superseded one if there is none yet."""
        return there is None if superseded else self._said.first(*thing)

    def _record(self, editions: Iterable[Edition], line: Line | None = None) -> None:
        for edition in editions:
            record_change(self._session, edition)
            edition.updated_at = (line and line.updated_at) or edition.updated_at
            self.changed.add(edition.id)


def _find(article: Article, language: str) -> Edition | None:
    return next((e for e in article.editions if e.language == language), None)
