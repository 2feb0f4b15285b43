"""One line of an import: what it says, checked."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from caliber_site.exchange.fields import Fields, LineError, Namings
from caliber_site.exchange.site import Site, read_site
from caliber_site.models import Status
from caliber_site.models.slug import LONGEST_SLUG

LONGEST_STORY = 200
TOGETHER = (
    ("section", "section_names"),
    ("lead",),
    ("slug",),
    ("author", "author_slug", "author_names"),
    ("tags", "tag_slugs", "tag_names"),
    ("status",),
    ("published_at",),
    ("updated_at",),
    ("views", "views_by_hour"),
    ("image",),
    ("image_alt",),
    ("image_caption",),
    ("image_credit",),
)
"""What a line need not speak of: the first of each group says whether it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An edition as a line states it; None is what it does not speak of.

    Attributes:
        language: Language tag.
        body: Clean HTML.
        published_at: In UTC.
        section_names: Names of the section in all languages; in those that are missing here it
            has none.
        views_by_hour: Those of `views` that were counted by the exporting site.
        image: Path of the story's picture, relative to the file.
        images: Paths of the pictures inside the body.
        tag_slugs: Slugs of `tags`, in their order.
        tag_names: Names of `tags` in all languages, in their order.
    """

    story: str
    language: str
    title: str
    body: str
    section: str | None
    section_names: Namings | None
    lead: str | None
    slug: str | None
    old_slugs: tuple[str, ...]
    author: str | None
    author_slug: str | None
    author_names: Namings
    tags: tuple[str, ...] | None
    tag_slugs: tuple[str, ...]
    tag_names: tuple[Namings, ...]
    status: Status | None
    published_at: datetime | None
    updated_at: datetime | None
    views: int | None
    views_by_hour: dict[datetime, int] | None
    image: str | None
    image_alt: str | None
    image_caption: str | None
    image_credit: str | None
    images: tuple[str, ...]
    site: Site | None

    def after(self, earlier: "Line") -> "Line":
        """Return this line with what it does not speak of as an earlier one states it."""
        silent = [group for group in TOGETHER if getattr(self, group[0]) is None]
        taken = {name: getattr(earlier, name) for group in silent for name in group}
        return replace(self, **taken, old_slugs=(*earlier.old_slugs, *self.old_slugs))


def parse(data: bytes) -> Line:
    """Return what a line says.

    Titles, leads and names lose their tags and entities; the body becomes clean HTML.

    Raises:
        LineError: Something that is required is missing, or something is not as it should be.
    """
    said = Fields(_load(data))
    status = said.status()
    body = said.body()
    if not body and status not in {Status.DRAFT, Status.WITHDRAWN}:
        raise LineError("body or text is missing or empty")
    tags = said.texts("tags", 120)
    return Line(
        story=said.key("story", LONGEST_STORY),
        language=said.language(),
        title=said.required("title", 300),
        body=body,
        section=said.text("section", 80),
        section_names=said.namings("section_names"),
        lead=said.text("lead", 1000),
        slug=said.text("slug", LONGEST_SLUG),
        old_slugs=said.texts("old_slugs", LONGEST_SLUG) or (),
        author=said.text("author", 120),
        author_slug=said.text("author_slug", 120),
        author_names=said.namings("author_names") or {},
        tags=None if tags is None else tuple(dict.fromkeys(tags)),
        tag_slugs=said.texts("tag_slugs", 120) or (),
        tag_names=said.list_of_namings("tag_names"),
        status=status,
        published_at=said.time("published_at"),
        updated_at=said.time("updated_at"),
        views=said.number("views"),
        views_by_hour=said.counts_by_hour("views_by_hour"),
        image=said.raw("image", 1000),
        image_alt=said.text("image_alt", 500),
        image_caption=said.text("image_caption", 500),
        image_credit=said.text("image_credit", 200),
        images=said.raw_texts("images", 1000) or (),
        site=read_site(said),
    )


def key_of(data: bytes) -> tuple[str, str] | None:
    """Return story and language of a line, or None if it has no good ones."""
    try:
        said = Fields(_load(data))
        return said.key("story", LONGEST_STORY), said.language()
    except LineError:
        return None


def _load(data: bytes) -> dict[str, Any]:
    try:
        record = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LineError("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise LineError("not JSON") from error
    if not isinstance(record, dict):
        raise LineError("not a JSON object")
    return record
