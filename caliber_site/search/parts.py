"""Parts: a large index is built from several, in as many processes as there are cores."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypedDict

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from caliber_site.database import prepare
from caliber_site.processors import count_processors
from caliber_site.search.analysis import remember
from caliber_site.search.pace import ALONE
from caliber_site.search.processes import run
from caliber_site.search.queries import BATCH, Document, load_documents
from caliber_site.search.whoosh import MOST_DOCUMENTS, create, join

FIRST = 1024
"""Editions in the first part, the newest ones."""

GROWTH = 4
"""How many times more each next part has; the oldest editions are parted equally."""

MOST_HANDS = 4
"""Processes among which the oldest editions are parted: each part more slows searches down."""

MOST_WORDS = 200_000
"""Words that a process remembers which only builds: looking them up takes longer than the rest."""

Parts = dict[str, list[int]]
"""The ids of the editions of each part, by the folder that is to be made."""


class Job(TypedDict):
    """What a process is told to build.

    Attributes:
        database: The database's address.
        language: Tag of the language.
        parts: The parts.
    """

    database: str
    language: str
    parts: Parts


def build(
    session: Session, tag: str, ids: Sequence[int], folder: Path, step: Callable[[], None]
) -> None:
    """Make an index of a language's editions in a new folder.

    Args:
        session: Knows the database.
        tag: Tag of the language.
        ids: The editions, newest first.
        folder: Where to.
        step: Is called for each edition that is done.

    Raises:
        OSError: Another process failed; it said why on standard error.
    """
    hands = 1 if len(ids) < ALONE else count_processors()
    parts = {str(folder / f"part-{n}"): some for n, some in enumerate(cut(ids, hands))}
    if hands == 1:
        for part, some in parts.items():
            create(Path(part), _told(load_documents(session, tag, some), 1, lambda _: step()))
    else:
        database = session.get_bind().engine.url.render_as_string(hide_password=False)
        jobs = [Job(database=database, language=tag, parts=some) for some in deal(parts, hands)]
        for done in run([json.dumps(job) for job in jobs]):
            for _ in range(done):
                step()
    join(folder, map(Path, parts))


def cut(ids: Sequence[int], hands: int) -> Iterator[list[int]]:
    """Yield editions part by part, so that so many hands have about as much to do."""
    at, size = 0, FIRST
    while len(ids) - at > size * GROWTH and size < MOST_DOCUMENTS:
        yield list(ids[at : at + size])
        at, size = at + size, size * GROWTH
    left = len(ids) - at
    parts = max(min(hands, MOST_HANDS), -(-left // MOST_DOCUMENTS))
    for part in range(parts):
        some = ids[at + left * part // parts : at + left * (part + 1) // parts]
        if some:
            yield list(some)


def deal(parts: Parts, hands: int) -> list[Parts]:
    """Return the parts dealt out so that no hand has much more than another; none is empty."""
    dealt: list[Parts] = [{} for _ in range(hands)]
    for part, ids in sorted(parts.items(), key=lambda item: -len(item[1])):
        min(dealt, key=lambda hand: sum(map(len, hand.values())))[part] = ids
    return [hand for hand in dealt if hand]


def build_parts(job: Job) -> None:
    """Build the parts of a job, printing how many editions were done since the last line."""
    remember(MOST_WORDS)
    engine = create_engine(job["database"])
    prepare(engine)
    with Session(engine) as session:
        for part, ids in job["parts"].items():
            documents = load_documents(session, job["language"], ids)
            create(Path(part), _told(documents, BATCH, _print))
    engine.dispose()


def _print(done: int) -> None:
    sys.stdout.write(f"{done}\n")
    sys.stdout.flush()


def _told(
    documents: Iterable[Document], every: int, tell: Callable[[int], None]
) -> Iterator[Document]:
    """Yield documents, telling how many were done since this was last told."""
    done = 0
    for document in documents:
        yield document
        done += 1
        if done == every:
            tell(done)
            done = 0
    if done:
        tell(done)
