"""Following: where one language's index differs from the database, and how that is closed."""

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.orm import Session

from caliber_site.search.difference import Difference, list_differences
from caliber_site.search.folder import read_synced, write_synced
from caliber_site.search.queries import (
    count_published,
    last_change,
    list_changed,
    list_published,
    load_documents,
)
from caliber_site.search.whoosh import (
    DamagedIndexError,
    WhooshIndex,
    count_documents,
    is_damaged,
    write,
)


class Gap(NamedTuple):
    """What a build does not know.

    Attributes:
        edition_ids: Editions that it may have otherwise than the database.
        after: All others it has as they were at this change number, or later.
    """

    edition_ids: Collection[int]
    after: int


def fresh(session: Session) -> Session:
    """Return another session on the same database.

    The caller's transaction may have begun before the lock was had: it would show old rows.
    """
    return Session(session.get_bind())


def current_build(index: WhooshIndex) -> Path:
    """Return the build that is in use.

    Raises:
        DamagedIndexError: There is none, or somebody found it damaged.
    """
    build = index.folder.find_current()
    if build is None or is_damaged(build):
        message = f"the search index in {index.folder.path} is missing or damaged"
        raise DamagedIndexError(message)
    return build


def follow(session: Session, tag: str, build: Path, edition_ids: Collection[int] = ()) -> None:
    """Bring some editions up to date, and all that changed since the build was; hold `write`."""
    close_gap(session, tag, build, Gap(edition_ids, read_synced(build)))


def find_gap(session: Session, tag: str, index: WhooshIndex, build: Path) -> Gap:
    """Return what a build does not know.

    All editions are compared, so no lock is held: who changes one meanwhile tells the index.
    """
    with fresh(session) as reader:
        number = last_change(reader)
    wrong = (difference.edition_id for difference in compare(session, tag, index, build))
    return Gap({edition_id for edition_id in wrong if edition_id is not None}, number)


def close_gap(session: Session, tag: str, build: Path, gap: Gap) -> None:
    """Bring up to date what a build does not know; hold `write`, unless nobody knows it yet."""
    with fresh(session) as reader:
        # Read before the editions: what changes in between is indexed again the next time.
        number = last_change(reader)
        changed = set(gap.edition_ids) | list_changed(reader, tag, gap.after)
        write(build, load_documents(reader, tag, changed), old=changed)
    # A lower number is that of another database, such as a copy: all is to be compared then.
    write_synced(build, max(number, gap.after))


def has_surplus(session: Session, tag: str, build: Path) -> bool:
    """Return whether a build has editions that were deleted, all others being as they should.

    Of these the database does not know any more when they were changed.
    """
    with fresh(session) as reader:
        return count_documents(build) != count_published(reader, tag)


def is_complete(session: Session, tag: str, index: WhooshIndex) -> bool:
    """Return whether an index has all that was written, as far as numbers tell.

    Unlike `find_gap` this takes no longer the more editions there are, and readers do not wait.
    """
    try:
        build = current_build(index)
        # First what the index has: what is written meanwhile is then taken for a difference.
        synced, documents = read_synced(build), count_documents(build)
    except DamagedIndexError:
        return False
    with fresh(session) as reader:
        # A lower number than the index has seen is that of another database, such as a copy.
        known = synced <= last_change(reader) and not list_changed(reader, tag, synced)
        return known and documents == count_published(reader, tag)


def compare(session: Session, tag: str, index: WhooshIndex, build: Path) -> list[Difference]:
    """Return where a build differs from the database."""
    with fresh(session) as reader:
        return list_differences(tag, index.list_changes(build), list_published(reader, tag))
