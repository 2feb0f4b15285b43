"""Keeping: what the SELECTs of one page found, another may use while it is fresh."""

from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar

Made = TypeVar("Made")


class Keep(Protocol):
    """Returns what is kept under a key, or makes it."""

    def __call__(
        self,
        make: Callable[[], Made],
        *key: Hashable,
        seconds: float = ...,
        fresh: bool = ...,
        of_language: bool = ...,
    ) -> Made:
        """Return what `make` makes.

        Args:
            make: Makes it, if nothing is kept.
            key: Names it.
            seconds: How long ago it may have been made.
            fresh: Whether it must be made anew when what readers see has changed.
            of_language: Whether it is of the present language, which is part of its name then.
        """


def make_anew(
    make: Callable[[], Made],
    *_key: Hashable,
    seconds: float = 0,  # noqa: ARG001
    fresh: bool = True,  # noqa: ARG001
    of_language: bool = True,  # noqa: ARG001
) -> Made:
    """Keep nothing."""
    return make()
