"""Rows for tests: each factory makes what it needs around it and commits."""

from datetime import datetime, timedelta
from itertools import count

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.database import begin_write
from caliber_site.languages import BY_TAG, LANGUAGES
from caliber_site.models import (
    Article,
    Author,
    AuthorName,
    Banner,
    BannerText,
    Edition,
    Editor,
    Image,
    ImageText,
    Role,
    Section,
    SectionName,
    Slot,
    Status,
    Tag,
    TagName,
    free_slug,
    now,
    record_change,
)

numbers = count(1)
quick_hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ALL = tuple(language.tag for language in LANGUAGES)


def make_section(
    session: Session, slug: str = "politics", languages: tuple[str, ...] = ALL, name: str = ""
) -> Section:
    found = session.scalar(select(Section).where(Section.slug == slug))
    if found:
        return found
    names = [
        SectionName(
            language=tag,
            name=name or f"{slug} {BY_TAG[tag].name}",
            description=f"All of {slug}",
            position=next(numbers),
        )
        for tag in languages
    ]
    section = Section(slug=slug, names=names)
    session.add(section)
    session.commit()
    return section


def make_author(session: Session, slug: str = "mira-tellan", name: str = "Mira Tellan") -> Author:
    found = session.scalar(select(Author).where(Author.slug == slug))
    if found:
        return found
    author = Author(slug=slug, names=[AuthorName(language=tag, name=name) for tag in ALL])
    session.add(author)
    session.commit()
    return author


def make_tag(session: Session, slug: str = "lake", name: str = "Lake") -> Tag:
    found = session.scalar(select(Tag).where(Tag.slug == slug))
    if found:
        return found
    tag = Tag(slug=slug, names=[TagName(language=language, name=name) for language in ALL])
    session.add(tag)
    session.commit()
    return tag


def make_image(
    session: Session,
    alt: str = "A quiet lake",
    owner: Editor | None = None,
    languages: tuple[str, ...] = ALL,
) -> Image:
    image = Image(name=f"{next(numbers):032x}", width=1600, height=1067)
    image.owner_id = owner.id if owner else None
    image.texts = [ImageText(language=tag, alt=alt, credit="Drawing") for tag in languages]
    session.add(image)
    session.commit()
    return image


def make_edition(
    session: Session,
    language: str = "en",
    title: str = "A quiet day on the lake",
    *,
    article: Article | None = None,
    section: str = "politics",
    slug: str = "",
    lead: str = "",
    body: str = "<p>Nothing happened, and everybody was content.</p>",
    status: Status = Status.PUBLISHED,
    published_at: datetime | None = None,
    minutes_ago: float = 60,
    author: Author | None = None,
    tags: tuple[Tag, ...] = (),
    image: Image | None = None,
    owner: Editor | None = None,
    views: int = 0,
) -> Edition:
    section_id = article.section_id if article else make_section(session, section).id
    begin_write(session)  # a site that runs may write after this has read, and it would fail
    if article is None:
        article = Article(
            story=f"story-{next(numbers)}",
            section_id=section_id,
            image=image,
            owner=owner,
        )
        session.add(article)
        session.flush()
    edition = Edition(
        article_id=article.id,
        section_id=section_id,
        language=language,
        slug=free_slug(session, language, slug or title),
        title=title,
        lead=lead,
        body=body,
        status=status,
        published_at=published_at or now() - timedelta(minutes=minutes_ago),
        author=author,
        tags=list(tags),
        imported_views=views,
    )
    session.add(edition)
    record_change(session, edition)
    session.commit()
    return edition


def make_editor(
    session: Session,
    email: str = "",
    role: Role = Role.EDITOR,
    password: str = "correct horse battery",
    language: str = "en",
) -> Editor:
    editor = Editor(
        email=email or f"editor{next(numbers)}@paper.example",
        name="Osip Varn",
        password=quick_hasher.hash(password),
        role=role,
        language=language,
        session_key=f"key-{next(numbers)}",
    )
    session.add(editor)
    session.commit()
    return editor


def make_banner(
    session: Session,
    slot: Slot = Slot.TOP,
    headline: str = "The evening letter",
    languages: tuple[str, ...] = ALL,
    sections: tuple[Section, ...] = (),
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Banner:
    banner = Banner(
        slot=slot,
        starts_at=starts_at or now() - timedelta(days=1),
        ends_at=ends_at,
        sections=list(sections),
        texts=[BannerText(language=tag, headline=headline, url="/en/") for tag in languages],
    )
    session.add(banner)
    session.commit()
    return banner
