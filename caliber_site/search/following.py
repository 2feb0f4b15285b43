"""Following: where one language's index differs from the database, and how that is closed."""

from collections.abc import Collection
from pathlib import Path

from sqlalchemy.orm import Session

from caliber_site.search.difference import Difference, list_differences
from caliber_site.search.folder import read_synced, write_synced
from caliber_site.search.queries import (
    last_change,
    list_changed,
    list_published,
    load_documents,
)
from caliber_site.search.whoosh import DamagedIndexError, WhooshIndex, is_damaged, write


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


def follow(session: Session, tag: str, build: Path, edition_ids: Collection[int]) -> None:
    """Bring some editions up to date, and all that changed since the build was; hold `write`."""
    with fresh(session) as reader:
        # Read before the editions: what changes in between is indexed again the next time.
        number = last_change(reader)
        changed = set(edition_ids) | list_changed(reader, tag, read_synced(build))
        write(build, load_documents(reader, tag, changed), old=changed)
    write_synced(build, number)


def repair(session: Session, tag: str, index: WhooshIndex, build: Path) -> int:
    """Bring every edition up to date that is not; return how many they were; hold `write`."""
    with fresh(session) as reader:
        number = last_change(reader)
    wrong = {difference.edition_id for difference in compare(session, tag, index, build)}
    ids = {edition_id for edition_id in wrong if edition_id is not None}
    with fresh(session) as reader:
        write(build, load_documents(reader, tag, ids), old=ids)
    write_synced(build, number)
    return len(ids)


def compare(session: Session, tag: str, index: WhooshIndex, build: Path) -> list[Difference]:
    """Return where a build differs from the database."""
    with fresh(session) as reader:
        return list_differences(tag, index.list_changes(build), list_published(reader, tag))
