"""Pictures with their sizes and their words in each language."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caliber_site.models.base import Base, now

WIDTHS = (480, 960, 1600)
AVIF_WIDTHS = (480, 720, 960, 1600)
"""One more for telephones, where nearly all browsers take AVIF; WebP stays for the others."""


def fitting_widths(widths: Sequence[int], largest: int) -> list[int]:
    """Return those of the widths that are under a picture's own, and that one."""
    return [width for width in widths if width < largest] + [largest]


def srcset(name: str, largest: int, kind: str, widest: int = WIDTHS[-1]) -> str:
    """Return the addresses of a picture's sizes, as `srcset` lists them.

    Args:
        name: The picture's name.
        largest: The picture's own width in pixels.
        kind: `webp` or `avif`.
        widest: The largest of `WIDTHS` that is of use where it stands.
    """
    return _srcset_of_any(largest, kind, widest).replace("NAME", name)


@cache
def _srcset_of_any(largest: int, kind: str, widest: int) -> str:
    """Return a `srcset` with NAME in place of the picture's, which alone differs between many."""
    widths = fitting_widths(AVIF_WIDTHS if kind == "avif" else WIDTHS, largest)
    of_use = (width for width in widths if width <= widest)
    return ", ".join(f"/media/NAME-{width}.{kind} {width}w" for width in of_use)


class Image(Base):
    """An upload, kept only as the re-encoded sizes that pages show.

    Its words are those of one story: a file that two stories show has a row for each.

    Attributes:
        name: Digest of the upload; its files are `NAME-WIDTH.webp` and `.avif` in the uploads
            folder.
        owner_id: Who uploaded it at the desk.
        width: Width of the largest size in pixels, at most the largest of `WIDTHS`.
        height: Height of the largest size in pixels.
    """

    __tablename__ = "image"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("editor.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    texts: Mapped[list["ImageText"]] = relationship(
        back_populates="image", cascade="all, delete-orphan"
    )

    @property
    def widths(self) -> list[int]:
        """Return the widths in which the picture is kept, smallest first."""
        return fitting_widths(WIDTHS, self.width)


class ImageText(Base):
    """A picture's alternative text, caption and credit in one language."""

    __tablename__ = "image_text"

    image_id: Mapped[int] = mapped_column(
        ForeignKey("image.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    alt: Mapped[str] = mapped_column(String(500), default="")
    caption: Mapped[str] = mapped_column(String(500), default="")
    credit: Mapped[str] = mapped_column(String(200), default="")

    image: Mapped[Image] = relationship(back_populates="texts")
