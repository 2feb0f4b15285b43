"""Merging in the background: an index stays quick, however often it is written."""

import logging
import subprocess
from threading import Thread

from caliber_site.search.folder import Folder
from caliber_site.search.processes import start
from caliber_site.search.whoosh import DamagedIndexError, count_to_merge, merge_once

FEW = 200
"""So many documents are merged in this process: to start another one takes longer."""

LOCK_WAIT = 60.0
"""Seconds that a merge that is ready waits for a writer."""

log = logging.getLogger(__name__)


def start_merging(folder: Folder) -> None:
    """Let a thread or another process merge what is to be merged, unless one does already."""
    build = folder.find_current()
    count = count_to_merge(build) if build else 0
    if not count or folder.is_locked("merge"):
        return
    if count <= FEW:
        Thread(target=_merge_few, args=[folder], name="search-merge", daemon=True).start()
        return
    process = start("merge", str(folder.path), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    Thread(target=process.wait, name="search-merge", daemon=True).start()


def merge_all(folder: Folder) -> None:
    """Merge until there is nothing to merge; leave it to another process that does so already."""
    try:
        with folder.locked("merge", 0):
            while (build := folder.find_current()) and count_to_merge(build):
                merge_once(build, folder.locked("write", LOCK_WAIT))
    except TimeoutError:
        return


def _merge_few(folder: Folder) -> None:
    try:
        merge_all(folder)
    except (OSError, DamagedIndexError) as error:
        # Another process built the index anew meanwhile; who reads it notices what is damaged.
        log.warning("the search index was not merged: %s", error)
