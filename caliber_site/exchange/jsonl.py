"""Editions from JSON Lines into the database."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from caliber_site.database import take_write_lock
from caliber_site.exchange.fields import LineError
from caliber_site.exchange.files import NumberedLine
from caliber_site.exchange.line import Line, parse
from caliber_site.exchange.lineimages import LineImages, read_images
from caliber_site.exchange.merge import Merger, Said
from caliber_site.models import Article, Author, Edition, Image, Tag

BATCH = 200
"""Lines written at once: after each batch other writers have their turn."""


Note = Callable[[int, LineError], None]


@dataclass(slots=True)
class Run:
    """What became of the lines of an import, and what they have settled.

    A line with a fault can still have gone in: without its picture, that is.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: int = 0
    superseded: Collection[int] = ()
    """Numbers of the present file's lines after which another of the run states the edition."""
    said: Said = field(default_factory=Said)
    waiting: dict[tuple[str, str], Line] = field(default_factory=dict)
    """Superseded lines by their keys: what the last one does not speak of, they state."""


class Ready(NamedTuple):
    """A line that only waits for the lock."""

    number: int
    line: Line
    images: LineImages
    superseded: bool


def import_lines(
    session: Session,
    lines: Iterable[NumberedLine],
    run: Run,
    *,
    folder: Path,
    uploads: Path,
    limit: int,
    report: Callable[[int, str], None],
    changed: Callable[[Collection[int]], None],
) -> None:
    """Bring editions in, a batch of lines in a transaction.

    An edition is known by its story and language; where several lines of a run state it, the
    last one counts. What a line does not speak of is left alone; where the editions of one
    story disagree on its section or picture, the first line of a run is believed. Without
    `published_at` a new edition is a draft.

    Args:
        session: The session; committed batch by batch.
        lines: Numbers and bytes of the lines.
        run: Where they are counted; one for all files that are imported together.
        folder: The folder that paths of pictures start from.
        uploads: The uploads folder.
        limit: Largest size of a picture in megabytes.
        report: Told of each fault: the line's number and the reason.
        changed: Told the ids of the editions that a committed batch changed.
    """
    rest = iter(lines)

    def note(number: int, reason: LineError) -> None:
        run.faults += 1
        report(number, str(reason))

    while batch := list(islice(rest, BATCH)):
        ready = []
        for number, parsed in _parse(batch, note):
            line = _join(parsed, run, superseded=number in run.superseded)
            images = read_images(line, folder, uploads, limit, partial(note, number))
            # Read by now, so that no lock is held meanwhile.
            ready.append(Ready(number, line, images, number in run.superseded))
        ids = _write(session, ready, run, note)
        if ids:
            changed(ids)


def _parse(batch: Iterable[NumberedLine], note: Note) -> Iterator[tuple[int, Line]]:
    for number, data in batch:
        try:
            if isinstance(data, LineError):
                raise data
            yield number, parse(data)
        except LineError as error:
            note(number, error)


def _join(line: Line, run: Run, *, superseded: bool) -> Line:
    """Return a line with what earlier lines of its edition state beyond it."""
    key = line.story, line.language
    earlier = run.waiting.pop(key, None)
    joined = line.after(earlier) if earlier else line
    if superseded:
        run.waiting[key] = joined
    return joined


def _write(session: Session, lines: Sequence[Ready], run: Run, note: Note) -> set[int]:
    take_write_lock(session)
    merger = Merger(session, _load(session, {ready.line.story for ready in lines}), run.said)
    for ready in lines:
        try:
            outcome = merger.merge(ready.line, ready.images, superseded=ready.superseded)
        except LineError as error:
            note(ready.number, error)
        else:
            setattr(run, outcome, getattr(run, outcome) + 1)
    session.commit()
    session.expunge_all()  # or a long file would fill the memory
    return merger.changed


def _load(session: Session, stories: Collection[str]) -> dict[str, Article]:
    editions = selectinload(Article.editions)
    statement = (
        select(Article)
        .where(Article.story.in_(stories))
        .options(
            editions.options(
                undefer(Edition.body),
                selectinload(Edition.author).selectinload(Author.names),
                selectinload(Edition.tags).selectinload(Tag.names),
            ),
            selectinload(Article.section),
            selectinload(Article.image).selectinload(Image.texts),
        )
    )
    return {article.story: article for article in session.scalars(statement)}
