"""Fragments: what several pages have in common, made once for all of them."""

import time
from collections import OrderedDict
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
    """The fragments of a process; of too many, what nobody asked for longest goes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
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
        if kept is None or kept.stamp != stamp or time.monotonic() >= kept.ends_at:
            kept = Kept(stamp, make(), time.monotonic() + seconds)
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept.fragment  # type: ignore[no-any-return]
