"""Fragments: what several pages have in common, made once for all of them."""

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, NamedTuple, TypeVar

Made = TypeVar("Made")


class Kept(NamedTuple):
    """A fragment and the time, on the monotonic clock, at which it is to be made anew."""

    stamp: Hashable
    fragment: Any
    ends_at: float


class Fragments:
    """The fragments of a process; of too many, the one goes that was made first.

    One that is in use is soon made again, and to note each use would take longer.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, Kept] = {}
        self._lock = Lock()

    def get(self, key: Hashable, stamp: Hashable, make: Callable[[], Made], seconds: float) -> Made:
        """Return a fragment, made if there is none of this stamp that is young enough.

        Args:
            key: Names it.
            stamp: What it has to be made of.
            make: Makes it.
            seconds: How old it may become.
        """
        kept = self._kept.get(key)
        if kept is not None and kept.stamp == stamp and time.monotonic() < kept.ends_at:
            return kept.fragment  # type: ignore[no-any-return]
        fragment = make()
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = Kept(stamp, fragment, time.monotonic() + seconds)
            if len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return fragment
