"""Damage: an index that is missing or cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOTE = "damaged"


class DamagedIndexError(Exception):
    """The index is missing or cannot be read."""


@contextmanager
def reading(noted: Path | None = None) -> Iterator[None]:
    """Call whatever a damaged file makes Whoosh raise, which has no common type, by one name.

    Args:
        noted: The build in which it is noted; None if it may be but merged away.
    """
    try:
        yield
    except Exception as error:
        if noted:
            note_damage(noted)
        if isinstance(error, DamagedIndexError):
            raise
        message = f"the search index cannot be read: {error!r}"
        raise DamagedIndexError(message) from error


def note_damage(build: Path) -> None:
    """Note that a build is damaged, so that it is replaced even if most of it can be read."""
    if build.is_dir():
        (build / NOTE).touch()


def is_damaged(build: Path) -> bool:
    """Return whether somebody noted that."""
    return (build / NOTE).exists()
