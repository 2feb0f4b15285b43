"""SQLite's WAL index: memory by which it tells all processes of a machine of each commit.

Readers compare its header with the one they know before they look for anything new, and so can
we, without a call of SQLite: calls let other threads run Python meanwhile, and waiting for one's
turn again takes longer than the call. Source: https://www.sqlite.org/walformat.html, 2.
"""

import os
from mmap import PROT_READ, mmap
from pathlib import Path

HEADER = 48
"""Bytes that are other ones after each commit, the first copy of two. SQLite writes the second one
first: where the first is still as it was, no reader can have seen the commit."""

_opened: dict[tuple[int, int], mmap] = {}
"""By device and number of the file."""


def open_wal_index(database: Path) -> mmap | None:
    """Return the header of a database's index; None where there is none.

    It is good as long as a connection to the database is open in this process, before this is
    called and after: with the last one SQLite deletes the file.

    Args:
        database: The database's file.
    """
    path = database.with_name(f"{database.name}-shm")
    try:
        status = path.stat()
        key = status.st_dev, status.st_ino
        if key not in _opened:
            # It is never closed: a process that closes a file loses all its locks on it, SQLite's
            # own too (POSIX, fcntl).
            descriptor = os.open(path, os.O_RDONLY)
            _opened[key] = mmap(descriptor, HEADER, prot=PROT_READ)
    except (OSError, ValueError):  # there is none, or nothing is in it
        return None
    return _opened[key]
