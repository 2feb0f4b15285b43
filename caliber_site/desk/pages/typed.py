"""The page of an edition as it would be with what is typed, of which nothing is stored."""

from markupsafe import Markup

from caliber_site.desk.manuscript import Manuscript
from caliber_site.desk.naming import known_author, known_tag
from caliber_site.extensions import db
from caliber_site.models import Author, Section, SectionName, Tag
from caliber_site.news.article import ArticlePage, Link
from caliber_site.slugs import slugify


def show_manuscript(page: ArticlePage, manuscript: Manuscript) -> ArticlePage:
    """Return an edition's page with what a manuscript says, but for the picture."""
    card = page.card._replace(
        title=manuscript.title or page.card.title,
        lead=manuscript.lead,
        published_at=manuscript.published_at or page.card.published_at,
    )
    language, name = manuscript.language, manuscript.author
    author = _link(known_author(db.session, language, name), name) if name else None
    tags = [_link(known_tag(db.session, language, tag), tag) for tag in manuscript.tags]
    body = Markup(manuscript.body)  # noqa: S704 - cleaned when it was read
    page = page._replace(card=card, body=body, author=author, tags=tags)
    return _place(page, manuscript)


def _link(known: Author | Tag | None, name: str) -> Link:
    return Link(known.slug if known else slugify(name) or "new", name)


def _place(page: ArticlePage, manuscript: Manuscript) -> ArticlePage:
    """Return the page in the section that was chosen; the stories around it are another's."""
    section = db.session.get(Section, manuscript.section_id)
    name = db.session.get(SectionName, (manuscript.section_id, manuscript.language))
    if section is None or name is None or section.slug == page.card.section_slug:
        return page
    card = page.card._replace(section_slug=section.slug, section_name=name.name)
    return page._replace(card=card, section_description=name.description, related=())
