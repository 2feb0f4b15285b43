"""What belongs to no edition, as the first line of an export tells it, checked.

It is a field of an edition's line, and no line of its own, because other readers of the format
expect an edition in every line and ignore fields that they do not know.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from caliber_site.exchange.fields import Fields, LineError, Namings
from caliber_site.models import Slot

SITE = "caliber_site"
"""Name of the field."""


@dataclass(frozen=True, slots=True)
class Named:
    """A section, an author or a tag."""

    slug: str
    names: Namings


@dataclass(frozen=True, slots=True)
class Advertisement:
    """A banner: headline, text and address by language tag; its picture is a path."""

    slot: Slot
    starts_at: datetime
    ends_at: datetime | None
    sections: tuple[str, ...]
    texts: Mapping[str, tuple[str, str, str]]
    image: str | None

    @property
    def key(self) -> tuple[Slot, frozenset[tuple[str, str]]]:
        """Return what a banner is known by: its slot and its headlines."""
        return self.slot, frozenset((tag, text[0]) for tag, text in self.texts.items())


@dataclass(frozen=True, slots=True)
class Site:
    """All that belongs to no edition."""

    sections: tuple[Named, ...]
    authors: tuple[Named, ...]
    tags: tuple[Named, ...]
    banners: tuple[Advertisement, ...]


def read_site(line: Fields) -> Site | None:
    """Return what a line tells of the site, if it does.

    Raises:
        LineError: Something is not as it should be.
    """
    said = line.record(SITE)
    if said is None:
        return None
    return Site(
        sections=tuple(_read_named(one, 80) for one in said.records("sections")),
        authors=tuple(_read_named(one, 120) for one in said.records("authors")),
        tags=tuple(_read_named(one, 120) for one in said.records("tags")),
        banners=tuple(map(_read_banner, said.records("banners"))),
    )


def _read_named(said: Fields, longest: int) -> Named:
    return Named(said.key("slug", longest), said.namings("names") or {})


def _read_banner(said: Fields) -> Advertisement:
    slot, starts_at = said.raw("slot", 16), said.time("starts_at")
    if slot not in set(Slot) or starts_at is None:
        raise LineError("a banner has no slot of this site or no starts_at")
    return Advertisement(
        slot=Slot(slot),
        starts_at=starts_at,
        ends_at=said.time("ends_at"),
        sections=said.raw_texts("sections", 80) or (),
        texts={
            tag: (
                text.required("headline", 200),
                text.text("text", 300) or "",
                text.key("url", 500),
            )
            for tag, text in said.by_language("texts").items()
        },
        image=said.raw("image", 1000),
    )
