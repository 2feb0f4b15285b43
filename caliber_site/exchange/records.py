"""Parts of exported records: texts, names by language, pictures."""

import html
import shutil
from pathlib import Path
from typing import Any

from caliber_site.exchange.fields import one_line
from caliber_site.languages import LANGUAGES
from caliber_site.models import Author, Section, Tag

PICTURES = "pictures"

Record = dict[str, Any]


def as_text(text: str) -> str:
    """Return a text as the import gives it back: what looks like HTML is escaped."""
    return text if one_line(text) == text else html.escape(text, quote=False)


def by_label(told: Record) -> Record:
    """Return what is told by language tag in the order of the languages, by their labels."""
    return {lang.label: told[lang.tag] for lang in LANGUAGES if lang.tag in told}


def section_names(section: Section) -> Record:
    """Return what a section is called, by language."""
    return by_label(
        {
            name.language: {
                "name": as_text(name.name),
                "description": as_text(name.description),
                "position": name.position,
            }
            for name in section.names
        }
    )


def author_names(author: Author) -> Record:
    """Return what an author is called, by language."""
    return by_label(
        {
            name.language: {"name": as_text(name.name), "description": as_text(name.bio)}
            for name in author.names
        }
    )


def tag_names(tag: Tag) -> Record:
    """Return what a tag is called, by language."""
    return by_label({name.language: {"name": as_text(name.name)} for name in tag.names})


def copy_image(name: str, width: int, uploads: Path, folder: Path) -> str | None:
    """Copy a picture's largest size beside the lines and return its path from there.

    None if the file is lost: what cannot be had here cannot be had there.
    """
    file = f"{name}-{width}.webp"
    there = folder / PICTURES / file
    if not (uploads / file).is_file():
        return None
    if not there.is_file():
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(uploads / file, there)
    return f"{PICTURES}/{file}"
