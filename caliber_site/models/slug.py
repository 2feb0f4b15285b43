"""Addresses of editions: unique in their language, and never lost."""

import re

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from caliber_site.models.edition import Edition, OldSlug
from caliber_site.slugs import slugify

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 160
"""What the columns hold."""

ROOM = 10
"""For a hyphen and a number."""

MOST_CANDIDATES = 256


def free_slug(session: Session, language: str, wanted: str, own_id: int | None = None) -> str:
    """Return `wanted` as a slug that no other edition of the language has or had.

    Args:
        session: The session.
        language: Language tag.
        wanted: A slug or a title.
        own_id: The edition that asks; its own present and old slugs are free to it.
    """
    base = wanted if _is_slug(wanted) else slugify(wanted) or "story"
    stem = base[: LONGEST_SLUG - ROOM].rstrip("-")
    first, size = 1, 8
    while True:
        # By equality, for which there is an index; more at a time, the more are taken.
        numbers = range(first, first + size)
        candidates = [f"{stem}-{number}" if number > 1 else base for number in numbers]
        taken = _owners(session, language, candidates)
        for slug in candidates:
            if taken.get(slug, own_id) == own_id:
                return slug
        first, size = first + size, min(2 * size, MOST_CANDIDATES)


def _is_slug(wanted: str) -> bool:
    return len(wanted) <= LONGEST_SLUG and SLUG.fullmatch(wanted) is not None


def _owners(session: Session, language: str, slugs: list[str]) -> dict[str, int | None]:
    present = select(Edition.slug, Edition.id).where(
        Edition.language == language, Edition.slug.in_(slugs)
    )
    old = select(OldSlug.slug, OldSlug.edition_id).where(
        OldSlug.language == language, OldSlug.slug.in_(slugs)
    )
    return {row.slug: row.id for row in session.execute(present.union_all(old))}


def change_slug(session: Session, edition: Edition, slug: str) -> None:
    """Move an edition to another address; readers of the old one are sent on (301)."""
    if slug == edition.slug:
        return
    session.execute(
        delete(OldSlug).where(OldSlug.language == edition.language, OldSlug.slug == slug)
    )
    session.merge(OldSlug(language=edition.language, slug=edition.slug, edition_id=edition.id))
    edition.slug = slug
