"""The hand-written content beside this file: TOML files and pictures."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
STORIES = FOLDER / "stories"
PICTURES = FOLDER / "pictures"

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """A story file.

    Attributes:
        key: Stem of the file's name; other stories link to it as `story:KEY`.
        section: Slug of its section.
        hours_ago: Its age when it is loaded.
        picture: Stem of its picture, or empty.
        editions: What it says, by language tag.
    """

    key: str
    section: str
    hours_ago: float
    picture: str
    editions: dict[str, Table]


@cache
def read_stories() -> tuple[Story, ...]:
    """Return the stories, oldest first."""
    stories = (_story(path) for path in STORIES.glob("*.toml"))
    return tuple(sorted(stories, key=lambda story: (-story.hours_ago, story.key)))


@cache
def read_tables(name: str) -> tuple[Table, ...]:
    """Return the tables of `NAMEs.toml`: sections, authors, tags or banners."""
    return tuple(_read(FOLDER / f"{name}s.toml")[name])


@cache
def read_synthetic() -> Table:
    """Return what synthetic editions are made of."""
    return _read(FOLDER / "synthetic.toml")


def _read(path: Path) -> Table:
    return tomllib.loads(path.read_text("utf-8"))


def _story(path: Path) -> Story:
    table = _read(path)
    editions = {tag: said for tag, said in table.items() if isinstance(said, dict)}
    return Story(
        path.stem, table["section"], table["hours_ago"], table.get("picture", ""), editions
    )
