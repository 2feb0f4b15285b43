"""Addresses of editions: unique in their language, and never lost."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from caliber_site.models.edition import Edition, OldSlug
from caliber_site.slugs import slugify


def free_slug(session: Session, language: str, wanted: str, own_id: int | None = None) -> str:
    """Return `wanted` as a slug that no other edition of the language has or had.

    Args:
        session: The session.
        language: Language tag.
        wanted: A slug or a title.
        own_id: The edition that asks; its own present and old slugs are free to it.
    """
    base = slugify(wanted) or "story"
    present = select(Edition.slug, Edition.id).where(
        Edition.language == language, Edition.slug.startswith(base, autoescape=True)
    )
    old = select(OldSlug.slug, OldSlug.edition_id).where(
        OldSlug.language == language, OldSlug.slug.startswith(base, autoescape=True)
    )
    taken = {slug for slug, owner in session.execute(present.union_all(old)) if owner != own_id}
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def change_slug(session: Session, edition: Edition, slug: str) -> None:
    """Move an edition to another address; readers of the old one are sent on (301)."""
    if slug == edition.slug:
        return
    session.execute(
        delete(OldSlug).where(OldSlug.language == edition.language, OldSlug.slug == slug)
    )
    session.merge(OldSlug(language=edition.language, slug=edition.slug, edition_id=edition.id))
    edition.slug = slug
