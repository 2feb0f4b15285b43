"""Editions from the database as JSON Lines."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload, undefer

from caliber_site.exchange.outgoingsite import describe_site
from caliber_site.exchange.records import (
    Record,
    as_text,
    author_names,
    copy_image,
    section_names,
    tag_names,
)
from caliber_site.exchange.site import SITE
from caliber_site.languages import BY_TAG
from caliber_site.models import (
    Article,
    Author,
    Edition,
    Image,
    OldSlug,
    Section,
    Tag,
    View,
)

BATCH = 200
INSIDE = re.compile(r'src="/media/([0-9a-f]{32})-\d+\.webp"')


def export_lines(session: Session, uploads: Path, folder: Path) -> Iterator[bytes]:
    """Yield every edition as a line, oldest first, drafts and withdrawn ones too.

    The same content gives the same bytes. Beside the fields of the import there are some that
    only make an import complete: names, slugs, words of pictures, views by hour, and in the
    first line what belongs to no edition.

    Args:
        session: The session.
        uploads: The uploads folder.
        folder: Where the lines are written; pictures are copied into a folder in it.
    """
    site: Record | None = describe_site(session, uploads, folder)
    last = 0
    while editions := list(session.scalars(_editions_after(last))):
        last = editions[-1].id
        ids = [edition.id for edition in editions]
        old_slugs, counted = _load_old_slugs(session, ids), _load_counted(session, ids)
        for edition in editions:
            record = _record(edition) | _views(edition, counted.get(edition.id, {}))
            record["old_slugs"] = old_slugs.get(edition.id)
            record |= _images(session, edition, uploads, folder)
            record[SITE], site = site, None
            told = {name: value for name, value in record.items() if value is not None}
            yield json.dumps(told, ensure_ascii=False).encode() + b"\n"
        session.expunge_all()  # or a large site would fill the memory


def count_editions(session: Session) -> int:
    """Return how many lines an export has."""
    return session.scalar(select(func.count()).select_from(Edition)) or 0


def _editions_after(edition_id: int) -> Select[Edition]:
    article = selectinload(Edition.article)
    return (
        select(Edition)
        .where(Edition.id > edition_id)
        .order_by(Edition.id)  # so that they will be in the same order where times are the same
        .limit(BATCH)
        .options(
            undefer(Edition.body),
            selectinload(Edition.author).selectinload(Author.names),
            selectinload(Edition.tags).selectinload(Tag.names),
            article.selectinload(Article.section).selectinload(Section.names),
            article.selectinload(Article.image).selectinload(Image.texts),
        )
    )


def _load_old_slugs(session: Session, ids: list[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(OldSlug.edition_id, OldSlug.slug).where(OldSlug.edition_id.in_(ids))
    )
    slugs: dict[int, list[str]] = {}
    for row in sorted(rows, key=lambda row: row.slug):  # each database has an order of its own
        slugs.setdefault(row.edition_id, []).append(row.slug)
    return slugs


def _load_counted(session: Session, ids: list[int]) -> dict[int, dict[str, int]]:
    rows = session.execute(
        select(View.edition_id, View.hour, View.count.label("readings"))
        .where(View.edition_id.in_(ids))
        .order_by(View.hour)
    )
    counted: dict[int, dict[str, int]] = {}
    for row in rows:
        hour = row.hour.isoformat(timespec="hours")
        counted.setdefault(row.edition_id, {})[hour] = row.readings
    return counted


def _record(edition: Edition) -> Record:
    section, language = edition.article.section, edition.language
    return {
        "story": edition.article.story,
        "language": BY_TAG[language].label,
        "section": section.slug,
        "section_names": section_names(section),
        "title": as_text(edition.title),
        "lead": as_text(edition.lead),
        "body": edition.body,
        **_author(edition.author, language),
        **_tags(edition.tags, language),
        "status": edition.status.value,
        "published_at": edition.published_at and edition.published_at.isoformat(),
        "updated_at": edition.updated_at.isoformat(),
        "slug": edition.slug,
    }


def _views(edition: Edition, by_hour: dict[str, int]) -> Record:
    return {
        "views": edition.imported_views + sum(by_hour.values()),
        "views_by_hour": by_hour or None,
    }


def _author(author: Author | None, language: str) -> Record:
    name = next((n.name for n in author.names if n.language == language), "") if author else ""
    if author is None or not name:
        return {"author": ""}
    return {
        "author": as_text(name),
        "author_slug": author.slug,
        "author_names": author_names(author),
    }


def _tags(tags: list[Tag], language: str) -> Record:
    named = sorted(
        ((tag, name) for tag in tags for name in tag.names if name.language == language),
        key=lambda pair: pair[0].slug,
    )
    return {
        "tags": [as_text(name.name) for _, name in named],
        "tag_slugs": [tag.slug for tag, _ in named],
        "tag_names": [tag_names(tag) for tag, _ in named],
    }


def _images(session: Session, edition: Edition, uploads: Path, folder: Path) -> Record:
    record: Record = {}
    image = edition.article.image
    if image:
        record["image"] = copy_image(image.name, image.width, uploads, folder)
        text = next((text for text in image.texts if text.language == edition.language), None)
        for field in ("alt", "caption", "credit"):
            record[f"image_{field}"] = text and as_text(getattr(text, field))
    names = sorted(set(INSIDE.findall(edition.body)))
    if names:
        sizes = select(Image.name, Image.width).where(Image.name.in_(names)).distinct()
        inside = session.execute(sizes.order_by(Image.name)).all()
        copied = (copy_image(name, width, uploads, folder) for name, width in inside)
        record["images"] = list(filter(None, copied))
    return record
