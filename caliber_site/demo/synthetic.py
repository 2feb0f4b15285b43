"""Synthetic editions in any number: the same for the same number, inserted in bulk."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

from caliber_site.database import take_write_lock
from caliber_site.demo.content import Table, read_synthetic, read_tables
from caliber_site.demo.load import STORY
from caliber_site.demo.names import add_authors, add_sections, add_tags
from caliber_site.demo.texts import write_text
from caliber_site.models import (
    Article,
    Edition,
    Image,
    ImageText,
    Status,
    edition_tag,
    next_change,
)
from caliber_site.slugs import slugify

KEY = "synthetic:"
NEWEST = datetime(2026, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=730)
BATCH = 600
PATTERN = ("en", "ru", "hy"), ("en", "ru", "hy"), ("en", "ru"), ("hy",), ("en",), ("ru", "hy")
"""Languages of six stories in turn: each has a third of the editions, of any three in a row too."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What synthetic editions refer to, in an order that does not depend on ids.

    Attributes:
        images: Rows of pictures, each with the rows of its words; every story gets copies.
    """

    sections: Sequence[int]
    images: Sequence[tuple[Row, list[Row]]]
    authors: Sequence[dict[str, int]]
    tags: Sequence[dict[str, int]]


def add_synthetic(session: Session, count: int, progress: Callable[[int], None]) -> int:
    """Add those of the first `count` synthetic editions that are not there; return how many.

    They have no revisions, and the search index is not told of them. Their times end before
    those of the hand-written stories.

    Args:
        session: The session; committed batch by batch.
        count: How many synthetic editions there are to be.
        progress: Told how many editions were added since it was last told.
    """
    take_write_lock(session)
    around = _load_around(session)
    session.commit()
    rows = session.execute(
        select(Article.story, Edition.language)
        .join(Article.editions)
        .where(Article.story.startswith(KEY))
    )
    there = {(row.story, row.language) for row in rows}
    missing = (pair for pair in islice(_list_editions(), count) if pair not in there)
    added = 0
    while batch := list(islice(missing, BATCH)):
        _insert(session, batch, around)
        added += len(batch)
        progress(len(batch))
    return added


def _list_editions() -> Iterator[tuple[str, str]]:
    number = 0
    while True:
        for languages in PATTERN:
            yield from ((f"{KEY}{number:07}", language) for language in languages)
            number += 1


def _load_around(session: Session) -> Around:
    names, sections = read_synthetic()["names"], add_sections(session)
    authors = add_authors(session, list(_authors(names)))
    tags = add_tags(session, list(_tags(read_synthetic()["tags"])))
    images = (
        select(Image)
        .join(Article, Article.image_id == Image.id)
        .where(Article.story.startswith(STORY))
        .order_by(Article.story)
        .options(selectinload(Image.texts))
    )
    return Around(
        [sections[table["slug"]].id for table in read_tables("section")],
        [_image(image) for image in session.scalars(images)],
        _by_language({key: author.id for key, author in authors.items()}),
        _by_language({key: tag.id for key, tag in tags.items()}),
    )


def _authors(names: Table) -> Iterator[Table]:
    for first in names["first"]:
        for last in names["last"]:
            called = [" ".join(pair) for pair in zip(first.split(), last.split(), strict=True)]
            yield {"key": slugify(called[0])} | {
                tag: {"name": name} for tag, name in zip(PATTERN[0], called, strict=True)
            }


def _tags(names: Table) -> Iterator[Table]:
    for called in zip(*(names[tag] for tag in PATTERN[0]), strict=True):
        yield {"key": slugify(called[0])} | dict(zip(PATTERN[0], called, strict=True))


def _by_language(ids: dict[tuple[str, str], int]) -> list[dict[str, int]]:
    keys = dict.fromkeys(key for key, _ in ids)
    return [{tag: ids[key, tag] for tag in PATTERN[0]} for key in keys]


def _insert(session: Session, batch: list[tuple[str, str]], around: Around) -> None:
    stories = list(dict.fromkeys(story for story, _ in batch))
    articles = {story: _article(story, around) for story in stories}
    texts = [_edition(story, language, around) for story, language in batch]  # not yet locked
    take_write_lock(session)
    known = select(Article.story).where(Article.story.in_(stories))
    new = articles.keys() - set(session.scalars(known))
    if new:
        _insert_articles(session, [articles[story] for story in stories if story in new], around)
    placed = select(Article.story, Article.id, Article.section_id)
    rows = session.execute(placed.where(Article.story.in_(stories)))
    places = {row.story: {"article_id": row.id, "section_id": row.section_id} for row in rows}
    change = next_change(session, len(batch))
    editions = [
        {**row, **places[story], "change": change + number}
        for number, ((story, _), (row, _)) in enumerate(zip(batch, texts, strict=True))
    ]
    session.execute(insert(Edition), editions)
    ids = session.scalars(
        select(Edition.id).where(Edition.change >= change).order_by(Edition.change)
    )
    tagged = [
        {"edition_id": edition_id, "tag_id": tag_id}
        for edition_id, (_, tag_ids) in zip(ids, texts, strict=True)
        for tag_id in tag_ids
    ]
    session.execute(insert(edition_tag), tagged)
    session.commit()


def _insert_articles(session: Session, articles: list[Row], around: Around) -> None:
    shown = [article.pop("image") for article in articles]
    if around.images:
        ids = _copy_images(session, [around.images[place] for place in shown])
        articles = [{**row, "image_id": own} for row, own in zip(articles, ids, strict=True)]
    session.execute(insert(Article), articles)


def _copy_images(session: Session, images: list[tuple[Row, list[Row]]]) -> Sequence[int]:
    """Insert a copy of each image with its words; return the new ids in the same order."""
    copies = insert(Image).returning(Image.id, sort_by_parameter_order=True)
    ids = session.scalars(copies, [image for image, _ in images]).all()
    words = [
        {**text, "image_id": image_id}
        for image_id, (_, texts) in zip(ids, images, strict=True)
        for text in texts
    ]
    session.execute(insert(ImageText), words)
    return ids


def _image(image: Image) -> tuple[Row, list[Row]]:
    texts = [
        {"language": t.language, "alt": t.alt, "caption": t.caption, "credit": t.credit}
        for t in image.texts
    ]
    return {"name": image.name, "width": image.width, "height": image.height}, texts


def _article(story: str, around: Around) -> Row:
    random = Random(story)
    at = NEWEST - SPAN * random.random()
    return {
        "story": story,
        "section_id": _pick(random, around.sections),
        "image": _pick(random, range(len(around.images))) if around.images else None,
        "created_at": at,
    }


def _edition(story: str, language: str, around: Around) -> tuple[Row, set[int]]:
    """Return an edition's row and the ids of its tags."""
    at = _article(story, around)["created_at"]
    random = Random(f"{story} {language}")
    text = write_text(language, random)
    row = {
        "language": language,
        "slug": f"{slugify(text.title)}-{int(story.removeprefix(KEY))}",
        "title": text.title,
        "lead": text.lead,
        "body": text.body,
        "author_id": _pick(random, around.authors)[language],
        "status": Status.PUBLISHED,
        "published_at": at,
        "created_at": at,
        "updated_at": at,
        "version": 1,
        "imported_views": int(20 / (random.random() + 0.002)),
    }
    return row, {_pick(random, around.tags)[language] for _ in range(random.randint(1, 4))}


def _pick(random: Random, things: Sequence[Any]) -> Any:
    # The first ones often, the last ones seldom.
    return things[int(len(things) * random.random() ** 2)]
