"""Commits: which segments an index has. One file says it, and is replaced at once."""

from pathlib import Path
from typing import Any

from whoosh.index import TOC, clean_files

from caliber_site.search.whoosh.codec import Storage
from caliber_site.search.whoosh.schema import make_schema

INDEX = "MAIN"
"""Whoosh's name for the one index in a folder."""


def read_generation(build: Path) -> int:
    """Return the number of a build's last commit; -1 if there is none."""
    number: int = TOC._latest_generation(Storage(str(build)), INDEX)
    return number


def list_files(build: Path, generation: int) -> tuple[Path, Path]:
    """Return the file of a commit, and that of the next one, whether there is one or not."""
    this, later = (build / TOC._filename(INDEX, generation + n) for n in (0, 1))
    return this, later


def read_commit(build: Path) -> Any:
    """Return a build's last commit: its `segments`, newest first, and its `generation`."""
    return TOC.read(Storage(str(build)), INDEX, schema=make_schema())


def commit(build: Path, segments: list[Any], generation: int) -> None:
    """Make segments the ones that a build has, and delete the files of all others."""
    storage = Storage(str(build))
    for abandoned in build.glob("*.toc.*"):
        abandoned.unlink(missing_ok=True)
    TOC(make_schema(), segments, generation).write(storage, INDEX)
    clean_files(storage, INDEX, generation, segments)


def adopt(folder: Path, build: Path, segments: list[Any]) -> None:
    """Move the files of segments that were made elsewhere to a build, for its next commit."""
    for segment in segments:
        for file in folder.glob(f"{segment.segment_id()}.*"):
            file.rename(build / file.name)
