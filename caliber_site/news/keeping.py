"""Keeping: what the SELECTs of one page found, another may use while it is fresh."""

from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar

Made = TypeVar("Made")

HALF_MINUTE = 30
"""Seconds that counts may be old in what is kept; a page with them is kept as long again."""


class Keep(Protocol):
    """Returns what is kept under a key, or makes it."""

    def __call__(self, make: Callable[[], Made], *key: Hashable, seconds: float = ...) -> Made:
        """Return what `make` makes, made at most `seconds` ago, of the present language."""


def make_anew(make: Callable[[], Made], *_key: Hashable, seconds: float = 0) -> Made:  # noqa: ARG001
    """Keep nothing."""
    return make()
