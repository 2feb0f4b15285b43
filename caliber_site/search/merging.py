"""Merging in the background: an index stays quick, however often it is written."""

import subprocess
from threading import Thread

from caliber_site.search.folder import Folder
from caliber_site.search.processes import start
from caliber_site.search.whoosh import merge_once, wants_merge

LOCK_WAIT = 60.0
"""Seconds that a merge that is ready waits for a writer."""


def start_merging(folder: Folder) -> None:
    """Let another process merge what is to be merged, unless one does already."""
    build = folder.find_current()
    if build is None or not wants_merge(build) or folder.is_locked("merge"):
        return
    process = start("merge", str(folder.path), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    Thread(target=process.wait, name="search-merge", daemon=True).start()


def merge_all(folder: Folder) -> None:
    """Merge until there is nothing to merge; leave it to another process that does so already."""
    try:
        with folder.locked("merge", 0):
            while (build := folder.find_current()) and wants_merge(build):
                merge_once(build, folder.locked("write", LOCK_WAIT))
    except TimeoutError:
        return
