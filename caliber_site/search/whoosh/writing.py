"""Writing: documents go into a build and leave it, and segments are merged; each in one commit.

Searches never wait: they have the files of their commit open, even if these are deleted meanwhile.
"""

import shutil
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np

from caliber_site.search.queries import Document
from caliber_site.search.whoosh.builder import build_segments
from caliber_site.search.whoosh.checksums import check_sizes
from caliber_site.search.whoosh.codec import Storage
from caliber_site.search.whoosh.columns import read_numbers
from caliber_site.search.whoosh.commits import adopt, commit, read_commit
from caliber_site.search.whoosh.damage import reading
from caliber_site.search.whoosh.merging import choose, merge
from caliber_site.search.whoosh.tier import Tier

FRESH = "fresh"
"""Where segments of new documents are made, below the build."""

MERGED = "merged"
"""Where merged segments are made."""


def create(build: Path, documents: Iterable[Document]) -> None:
    """Make an index of some documents in a new folder."""
    build.mkdir(exist_ok=True)
    commit(build, build_segments(build, documents), 0)


def join(build: Path, parts: Iterable[Path]) -> None:
    """Make an index in a new folder of those in others, which end; the newest comes first."""
    segments = []
    for part in parts:
        found = read_commit(part).segments
        adopt(part, build, found)
        shutil.rmtree(part)
        segments += found
    commit(build, segments, 0)


def write(build: Path, documents: Iterable[Document], old: Iterable[int]) -> None:
    """Put documents into a build in place of those of some editions, all at once.

    Hold the lock `write` of the folder, unless nobody else knows the build yet.

    Args:
        build: Folder of the build.
        documents: What to put in.
        old: Ids of the editions whose documents are taken out first.

    Raises:
        DamagedIndexError: The build cannot be read.
    """
    with reading():
        made = read_commit(build)
        deleted = _delete(build, made.segments, list(old))
    folder = _clear(build / FRESH)
    fresh = build_segments(folder, documents)
    if fresh or deleted:
        adopt(folder, build, fresh)
        kept = [segment for segment in made.segments if segment.doc_count()]
        commit(build, fresh + kept, made.generation + 1)


def count_documents(build: Path) -> int:
    """Return how many documents a build has, all of whose files are there."""
    with reading():
        segments = read_commit(build).segments
        for segment in segments:
            check_sizes(build, segment)
        return sum(segment.doc_count() for segment in segments)


def count_to_merge(build: Path) -> int:
    """Return how many documents the segments have that it is time to merge; 0 if it is not."""
    with reading():
        return sum(segment.doc_count_all() for segment in choose(read_commit(build).segments))


def merge_once(build: Path, write_lock: AbstractContextManager[None]) -> None:
    """Merge segments of a build; hold the lock `merge` of the folder.

    Args:
        build: Folder of the build.
        write_lock: The lock `write`, taken when the merged segment is ready.
    """
    chosen = choose(read_commit(build).segments)
    before = {segment: set(segment.deleted_docs()) for segment in chosen}
    folder = _clear(build / MERGED)
    tiers = [Tier(build, segment).without(before[segment]) for segment in chosen]
    merged, moves = merge(folder, tiers)
    with write_lock:
        made = read_commit(build)
        now = {segment: segment for segment in made.segments if segment in before}
        for segment, moved in zip(chosen, moves, strict=True):
            # What was deleted while the merge went on; of a segment that is gone, everything.
            lost = now[segment].deleted_docs() if segment in now else range(len(moved))
            for number in set(lost) - before[segment]:
                merged.delete_document(int(moved[number]))
        adopt(folder, build, [merged])
        place = min((n for n, segment in enumerate(made.segments) if segment in now), default=0)
        segments = [segment for segment in made.segments if segment not in now]
        segments[place:place] = [merged] if merged.doc_count() else []
        commit(build, segments, made.generation + 1)


def _delete(build: Path, segments: Iterable[Any], old: list[int]) -> bool:
    """Mark the documents of some editions as deleted; return whether there were any."""
    found = False
    for segment in segments if old else ():
        ids = read_numbers(Storage(str(build)), segment, "id")
        for number in np.flatnonzero(np.isin(ids, old)).tolist():
            found = found or not segment.is_deleted(number)
            segment.delete_document(number)
    return found


def _clear(folder: Path) -> Path:
    # What a killed process left there is in no commit.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
