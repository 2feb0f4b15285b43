"""The demo paper: hand-written stories with their sections, authors, tags and banners."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from caliber_site.database import take_write_lock
from caliber_site.demo.banners import add_banners
from caliber_site.demo.content import PICTURES, Story, Table, read_stories, read_tables
from caliber_site.demo.links import list_pictures, resolve
from caliber_site.demo.names import add_authors, add_sections, add_tags
from caliber_site.demo.readings import spread_readings
from caliber_site.models import (
    Article,
    Edition,
    Image,
    ImageText,
    Section,
    Status,
    free_slug,
    now,
    record_change,
)
from caliber_site.pictures import Picture, add_image, add_story_image, write_picture
from caliber_site.text import clean_html

STORY = "demo:"


def load(session: Session, uploads: Path) -> set[int]:
    """Load what is not there yet of the demo paper and return the ids of the new editions.

    What is there is left alone, whatever has become of it since.

    Args:
        session: The session; committed.
        uploads: The uploads folder.
    """
    pictures = write_pictures(uploads)  # before the lock, for it takes a while
    take_write_lock(session)
    at = now()
    images = {stem: add_image(session, picture) for stem, picture in pictures.items()}
    sections = add_sections(session)
    articles = _add_articles(session, sections, pictures, at)
    new = _add_editions(session, articles)
    _fill_bodies(session, articles, pictures, new)
    for edition, said in new:
        record_change(session, edition)
        edition.updated_at = edition.created_at
        readings = spread_readings(edition, said["views"], at)
        edition.imported_views = said["views"] - sum(view.count for view in readings)
        session.add_all(readings)
    add_banners(session, sections, images, at)
    ids = {edition.id for edition, _ in new}
    session.commit()
    return ids


def write_pictures(uploads: Path) -> dict[str, Picture]:
    """Write the pictures that stories and banners show into the folder; return them by stem."""
    stems = {banner.get("picture", "") for banner in read_tables("banner")}
    for story in read_stories():
        stems.add(story.picture)
        for said in story.editions.values():
            stems.update(list_pictures(said["body"]))
    wanted = sorted(stems - {""})
    with ThreadPoolExecutor(max_workers=4) as pool:
        written = pool.map(
            lambda stem: write_picture(uploads, (PICTURES / f"{stem}.jpg").read_bytes()), wanted
        )
        return dict(zip(wanted, written, strict=True))


def _add_articles(
    session: Session,
    sections: Mapping[str, Section],
    pictures: Mapping[str, Picture],
    at: datetime,
) -> dict[str, Article]:
    loaded = (
        select(Article)
        .where(Article.story.startswith(STORY))
        .options(selectinload(Article.editions))
    )
    articles = {article.story.removeprefix(STORY): article for article in session.scalars(loaded)}
    for story in read_stories():
        if story.key in articles:
            continue
        articles[story.key] = Article(
            story=STORY + story.key,
            section=sections[story.section],
            image=_add_story_image(session, story, pictures),
            created_at=at - timedelta(hours=story.hours_ago),
        )
        session.add(articles[story.key])
    session.flush()
    return articles


def _add_story_image(
    session: Session, story: Story, pictures: Mapping[str, Picture]
) -> Image | None:
    if not story.picture:
        return None
    image = add_story_image(session, pictures[story.picture])
    image.texts = [
        ImageText(
            language=tag,
            alt=said["picture_alt"],
            caption=said["picture_caption"],
            credit=said["picture_credit"],
        )
        for tag, said in story.editions.items()
    ]
    return image


def _add_editions(session: Session, articles: Mapping[str, Article]) -> list[tuple[Edition, Table]]:
    authors = add_authors(session, read_tables("author"))
    tags = add_tags(session, read_tables("tag"))
    new = []
    for story in read_stories():
        article = articles[story.key]
        there = {edition.language for edition in article.editions}
        for tag, said in story.editions.items():
            if tag in there:
                continue
            edition = Edition(
                article=article,
                language=tag,
                slug=free_slug(session, tag, said.get("slug") or said["title"]),
                title=said["title"],
                lead=said["lead"],
                author=authors[said["author"], tag],
                tags=[tags[key, tag] for key in said["tags"]],
                status=Status.PUBLISHED,
                published_at=article.created_at,
                created_at=article.created_at,
            )
            session.add(edition)
            session.flush()
            new.append((edition, said))
    return new


def _fill_bodies(
    session: Session,
    articles: Mapping[str, Article],
    pictures: Mapping[str, Picture],
    new: Iterable[tuple[Edition, Table]],
) -> None:
    # Only now has every edition a slug that others can link to.
    keys = {article.id: key for key, article in articles.items()}
    rows = session.execute(
        select(Edition.article_id, Edition.language, Edition.slug).where(
            Edition.article_id.in_(keys)
        )
    )
    slugs = {(keys[row.article_id], row.language): row.slug for row in rows}
    for edition, said in new:
        edition.body = clean_html(resolve(said["body"], edition.language, slugs, pictures))
