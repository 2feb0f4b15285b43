"""The shelf: ready pages within a bound of memory; what nobody asked for longest goes first."""

import time
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from caliber_site.ready.freshness import Stamp
from caliber_site.ready.key import Key
from caliber_site.ready.page import ReadyPage

OVERHEAD = 4_000
"""Bytes that a page takes beside its bodies: headers, keys and the like."""


class Entry(NamedTuple):
    """A page on the shelf.

    Attributes:
        ends_at: When, on the monotonic clock, it is to be made anew although it is fresh.
        size: Bytes that it was taken to have.
    """

    stamp: Stamp
    page: ReadyPage
    ends_at: float
    size: int


class Shelf:
    """Ready pages by key, for all threads of a process."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._total = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key, stamp: Stamp) -> Entry | None:
        """Return the entry of a key, if it has this stamp and its time is not over."""
        entry = self._entries.get(key)
        if entry is None or entry.stamp != stamp or time.monotonic() >= entry.ends_at:
            return None
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
        return entry

    def find_old(self, key: Key, stamp: Stamp) -> ReadyPage | None:
        """Return the page of a key, if it has this stamp."""
        entry = self._entries.get(key)
        return entry.page if entry and entry.stamp == stamp else None

    def put(self, key: Key, stamp: Stamp, page: ReadyPage, ends_at: float) -> ReadyPage:
        """Keep a page and return what to answer with: the old one if it is the same."""
        with self._lock:
            old = self._entries.pop(key, None)
            if old:
                self._total -= old.size
                page = old.page if old.page.digest == page.digest else page
            self._add(key, Entry(stamp, page, ends_at, page.size + OVERHEAD))
        return page

    def weigh_again(self, key: Key) -> None:
        """Take note that the page of a key has grown by a coding."""
        with self._lock:
            entry = self._entries.pop(key, None)
            if entry is None:
                return
            self._total -= entry.size
            self._add(key, entry._replace(size=entry.page.size + OVERHEAD))

    def _add(self, key: Key, entry: Entry) -> None:
        self._entries[key] = entry
        self._total += entry.size
        while self._total > self._limit:
            _, gone = self._entries.popitem(last=False)
            self._total -= gone.size
