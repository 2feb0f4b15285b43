"""Sections of the paper: the verbs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.database import take_write_lock
from caliber_site.models import Edition, Section, SectionName, Status
from caliber_site.slugs import slugify


@dataclass(frozen=True, slots=True)
class Words:
    """What a section is called in one language and what it says of itself."""

    name: str
    description: str


class TakenError(ValueError):
    """Another section has this slug."""


class NeededError(ValueError):
    """Readers of these `languages` need the section's name, for it has stories there."""

    def __init__(self, languages: Collection[str]) -> None:
        super().__init__(", ".join(sorted(languages)))
        self.languages = frozenset(languages)


def add_section(session: Session, slug: str, words: Mapping[str, Words]) -> Section:
    """Add a section, last in each language that names it, and commit.

    Raises:
        TakenError: A section has this slug.
    """
    slug = slugify(slug) or "section"
    take_write_lock(session)
    if session.scalar(select(Section.id).where(Section.slug == slug)) is not None:
        session.rollback()
        raise TakenError(slug)
    section = Section(slug=slug)
    session.add(section)
    _name(session, section, words)
    session.commit()
    return section


def change_section(session: Session, section: Section, words: Mapping[str, Words]) -> None:
    """Change a section's names and descriptions by language tag, and commit.

    A language that is not in `words` has the section no more in its menu.

    Raises:
        NeededError: Editions are published in the section in a language that is left out.
    """
    take_write_lock(session)
    needed = _published_languages(session, section) - words.keys()
    if needed:
        session.rollback()
        raise NeededError(needed)
    _name(session, section, words)
    session.commit()


def order_sections(session: Session, positions: Mapping[tuple[int, str], int]) -> None:
    """Set the places of sections, by their id and the language's tag, and commit."""
    take_write_lock(session)
    for name in session.scalars(select(SectionName)):
        name.position = positions.get((name.section_id, name.language), name.position)
    session.commit()


def _name(session: Session, section: Section, words: Mapping[str, Words]) -> None:
    there = {name.language: name for name in section.names}
    for tag, said in words.items():
        if tag in there:
            there[tag].name, there[tag].description = said.name, said.description
        else:
            position = _last_position(session, tag) + 1
            section.names.append(
                SectionName(
                    language=tag,
                    position=position,
                    name=said.name,
                    description=said.description,
                )
            )
    for tag in there.keys() - words.keys():
        section.names.remove(there[tag])


def _published_languages(session: Session, section: Section) -> set[str]:
    """Return the languages in which the section has editions, public or scheduled."""
    published = select(Edition.language).where(
        Edition.section_id == section.id, Edition.status == Status.PUBLISHED
    )
    return set(session.scalars(published.distinct()))


def _last_position(session: Session, language: str) -> int:
    last = select(func.max(SectionName.position)).where(SectionName.language == language)
    return session.scalar(last) or 0
