"""An edition's text as it was."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from caliber_site.models.article import Article
from caliber_site.models.base import Base, now
from caliber_site.models.change import next_change
from caliber_site.models.edition import Edition
from caliber_site.models.editor import Editor
from caliber_site.models.image import Image, ImageText


class Revision(Base):
    """What one save left: the text, who saved it (nobody for an import) and when.

    Attributes:
        image_name: The story's picture as it was, with its words in the edition's language.
    """

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editor.id"))
    version: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(300))
    lead: Mapped[str] = mapped_column(String(1000))
    body: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(String(160))
    status: Mapped[str] = mapped_column(String(16))
    published_at: Mapped[datetime | None] = mapped_column()
    image_name: Mapped[str | None] = mapped_column(String(64))
    image_alt: Mapped[str] = mapped_column(String(500), default="")
    image_caption: Mapped[str] = mapped_column(String(500), default="")
    image_credit: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    edition: Mapped[Edition] = relationship()
    editor: Mapped[Editor | None] = relationship()


def record_change(session: Session, edition: Edition, editor: Editor | None = None) -> Revision:
    """Give a changed edition its next version and change number, and keep its text.

    Every verb that changes what an edition shows ends here, in the same transaction, so that
    no change is without a revision and the search index can tell that it is behind.
    """
    edition.version = (edition.version or 0) + 1
    edition.change = next_change(session)
    edition.updated_at = now()
    session.flush()
    image_id = session.get_one(Article, edition.article_id).image_id
    image = session.get(Image, image_id) if image_id else None
    words = session.get(ImageText, (image_id, edition.language)) if image_id else None
    revision = Revision(
        edition=edition,
        editor=editor,
        version=edition.version,
        title=edition.title,
        lead=edition.lead,
        body=edition.body,
        slug=edition.slug,
        status=edition.status.value,
        published_at=edition.published_at,
        image_name=image.name if image else None,
        image_alt=words.alt if words else "",
        image_caption=words.caption if words else "",
        image_credit=words.credit if words else "",
    )
    session.add(revision)
    return revision
