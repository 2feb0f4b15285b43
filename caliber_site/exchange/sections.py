"""Sections that imported lines name: found, or made."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.exchange.fields import Naming
from caliber_site.exchange.line import Line
from caliber_site.models import Section, SectionName
from caliber_site.slugs import slugify

DEFAULT = "news"
NAMED_IN = ("en", "ru", "hy")
COMMON = {
    "business": ("Business", "Бизнес", "Բիզնես"),
    "culture": ("Culture", "Культура", "Մշակույթ"),
    "economy": ("Economy", "Экономика", "Տնտեսություն"),
    "education": ("Education", "Образование", "Կրթություն"),
    "encyclopedia": ("Encyclopedia", "Энциклопедия", "Հանրագիտարան"),
    "health": ("Health", "Здоровье", "Առողջություն"),
    "interviews": ("Interviews", "Интервью", "Հարցազրույցներ"),
    "news": ("News", "Новости", "Նորություններ"),
    "opinion": ("Opinion", "Мнения", "Կարծիք"),
    "politics": ("Politics", "Политика", "Քաղաքականություն"),
    "science": ("Science", "Наука", "Գիտություն"),
    "society": ("Society", "Общество", "Հասարակություն"),
    "sport": ("Sport", "Спорт", "Սպորտ"),
    "technology": ("Technology", "Технологии", "Տեխնոլոգիաներ"),
    "travel": ("Travel", "Путешествия", "Ճամփորդություններ"),
    "world": ("World", "В мире", "Աշխարհ"),
}
"""Slugs of sections that most papers have, with their names."""

SLUGS = {name.casefold(): slug for slug, names in COMMON.items() for name in names}


def find_section(session: Session, line: Line) -> Section:
    """Return a line's section, made if it is new, and named in the line's language.

    A section is found by its name in that language or by its slug.
    """
    given = line.section or DEFAULT
    slug = SLUGS.get(given.casefold()) or slugify(given) or DEFAULT
    named = select(SectionName.section_id).where(
        SectionName.language == line.language, SectionName.name == given
    )
    section = session.scalar(
        select(Section)
        .where((Section.slug == slug) | Section.id.in_(named))
        .order_by((Section.slug == slug).desc(), Section.id)
        .limit(1)
    )
    if section is None:
        section = Section(slug=slug)
        session.add(section)
        for tag, naming in (line.section_names or {}).items():
            _add_name(session, section, tag, naming)
    called = _naming(section.slug, given, line)
    if called and line.language not in {name.language for name in section.names}:
        _add_name(session, section, line.language, called)
    session.flush()
    return section


def _add_name(session: Session, section: Section, tag: str, naming: Naming) -> None:
    last = select(func.max(SectionName.position)).where(SectionName.language == tag)
    highest = session.scalar(last) if naming.position is None else None
    following = 0 if highest is None else highest + 1
    section.names.append(
        SectionName(
            language=tag,
            name=naming.name,
            description=naming.description,
            position=following if naming.position is None else naming.position,
        )
    )


def _naming(slug: str, given: str, line: Line) -> Naming | None:
    """Return what to call a section in a line's language; None if the line says it has no name."""
    if line.section_names is not None:
        return line.section_names.get(line.language)
    common = dict(zip(NAMED_IN, COMMON.get(slug, ()), strict=False))
    readable = given.replace("-", " ").capitalize() if given == slug else given
    return Naming(common.get(line.language, readable))
