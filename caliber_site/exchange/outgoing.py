"""Editions from the database as JSON Lines."""

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload, undefer

from caliber_site.exchange.fields import one_line
from caliber_site.languages import BY_TAG, LANGUAGES
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
PICTURES = "pictures"
ORDER = {language.tag: place for place, language in enumerate(LANGUAGES)}
INSIDE = re.compile(r'src="/media/([0-9a-f]{32})-\d+\.webp"')

Record = dict[str, Any]


def export_lines(session: Session, uploads: Path, folder: Path) -> Iterator[bytes]:
    """Yield every edition as a line, by story and language, drafts and withdrawn ones too.

    The same content gives the same bytes, whatever its ids. Beside the fields of the import
    there are some that only make an import complete: names, slugs and words of pictures.

    Args:
        session: The session.
        uploads: The uploads folder.
        folder: Where the lines are written; pictures are copied into a folder in it.
    """
    last = ""
    while articles := list(session.scalars(_articles_after(last))):
        last = articles[-1].story
        ids = [edition.id for article in articles for edition in article.editions]
        old_slugs, counted = _load_old_slugs(session, ids), _load_counted(session, ids)
        for article in articles:
            for edition in sorted(article.editions, key=lambda e: ORDER[e.language]):
                record = _record(article, edition)
                record["views"] = edition.imported_views + counted.get(edition.id, 0)
                record["old_slugs"] = old_slugs.get(edition.id)
                record |= _images(session, article, edition, uploads, folder)
                told = {name: value for name, value in record.items() if value is not None}
                yield json.dumps(told, ensure_ascii=False).encode() + b"\n"
        session.expunge_all()  # or a large site would fill the memory


def count_editions(session: Session) -> int:
    """Return how many lines an export has."""
    return session.scalar(select(func.count()).select_from(Edition)) or 0


def _articles_after(story: str) -> Select[Article]:
    return (
        select(Article)
        .where(Article.story > story)
        .order_by(Article.story)
        .limit(BATCH)
        .options(
            selectinload(Article.editions).options(
                undefer(Edition.body),
                selectinload(Edition.author).selectinload(Author.names),
                selectinload(Edition.tags).selectinload(Tag.names),
            ),
            selectinload(Article.section).selectinload(Section.names),
            selectinload(Article.image).selectinload(Image.texts),
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


def _load_counted(session: Session, ids: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(View.edition_id, func.sum(View.count).label("readings"))
        .where(View.edition_id.in_(ids))
        .group_by(View.edition_id)
    )
    return {row.edition_id: int(row.readings) for row in rows}


def _record(article: Article, edition: Edition) -> Record:
    language = edition.language
    return {
        "story": article.story,
        "language": BY_TAG[language].label,
        "section": article.section.slug,
        "section_names": _section_names(article.section),
        "title": _text(edition.title),
        "lead": _text(edition.lead),
        "body": edition.body,
        **_author(edition.author, language),
        **_tags(edition.tags, language),
        "status": edition.status.value,
        "published_at": edition.published_at and edition.published_at.isoformat(),
        "updated_at": edition.updated_at.isoformat(),
        "slug": edition.slug,
    }


def _author(author: Author | None, language: str) -> Record:
    name = next((n.name for n in author.names if n.language == language), "") if author else ""
    if author is None or not name:
        return {"author": ""}
    namings = {
        n.language: {"name": _text(n.name), "description": _text(n.bio)} for n in author.names
    }
    return {
        "author": _text(name),
        "author_slug": author.slug,
        "author_names": _by_label(namings),
    }


def _section_names(section: Section) -> Record:
    return _by_label(
        {
            name.language: {
                "name": _text(name.name),
                "description": _text(name.description),
                "position": name.position,
            }
            for name in section.names
        }
    )


def _tags(tags: list[Tag], language: str) -> Record:
    named = sorted(
        ((tag, name) for tag in tags for name in tag.names if name.language == language),
        key=lambda pair: pair[0].slug,
    )
    return {
        "tags": [_text(name.name) for _, name in named],
        "tag_slugs": [tag.slug for tag, _ in named],
        "tag_names": [
            _by_label({name.language: {"name": _text(name.name)} for name in tag.names})
            for tag, _ in named
        ],
    }


def _by_label(namings: Record) -> Record:
    return {lang.label: namings[lang.tag] for lang in LANGUAGES if lang.tag in namings}


def _images(
    session: Session, article: Article, edition: Edition, uploads: Path, folder: Path
) -> Record:
    record: Record = {}
    image = article.image
    if image:
        record["image"] = _copy(image, uploads, folder)
        text = next((text for text in image.texts if text.language == edition.language), None)
        for field in ("alt", "caption", "credit"):
            record[f"image_{field}"] = text and _text(getattr(text, field))
    names = sorted(set(INSIDE.findall(edition.body)))
    if names:
        inside = session.scalars(select(Image).where(Image.name.in_(names)).order_by(Image.name))
        record["images"] = list(filter(None, (_copy(i, uploads, folder) for i in inside)))
    return record


def _copy(image: Image, uploads: Path, folder: Path) -> str | None:
    file = f"{image.name}-{image.width}.webp"
    there = folder / PICTURES / file
    if not (uploads / file).is_file():
        return None  # a picture that is lost here cannot be had there
    if not there.is_file():
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(uploads / file, there)
    return f"{PICTURES}/{file}"


def _text(text: str) -> str:
    """Return a text as the import gives it back: what looks like HTML is escaped."""
    return text if one_line(text) == text else html.escape(text, quote=False)
