"""What pages share: data while it is fresh, and markup of the same data."""

import math
import re
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any, TypeVar

from flask import Flask
from markupsafe import Markup

from caliber_site.here import asked, here
from caliber_site.ready.cache import STAMP
from caliber_site.ready.fragments import Fragments
from caliber_site.ready.freshness import UNCHANGED, Freshness, Stamp
from caliber_site.templating import safe

Made = TypeVar("Made")

MOST = 800
"""Fragments of either kind that a process keeps: markup of a story in a list has a kilobyte."""


def keep(
    make: Callable[[], Made],
    *key: Hashable,
    seconds: float = math.inf,
    fresh: bool = True,
    of_language: bool = True,
) -> Made:
    """Return what was read from the database for pages.

    Args:
        make: Reads it, if nothing is kept.
        key: Names it.
        seconds: How long ago it may have been read: views change nothing else.
        fresh: Whether it must be as fresh as the page.
        of_language: Whether it is of the present language, which is part of its name then.
    """
    stamp = note_stamp()
    if stamp is None:
        return make()
    context = here()
    fragments: Fragments = context.app.extensions["kept-data"]
    name = (context.g.language, *key) if of_language else key
    return fragments.get(name, stamp if fresh else None, make, seconds)


def once(
    fragments: Fragments | None, *shown: Hashable, caller: Callable[[], Markup], **values: str
) -> Markup:
    """Return the markup of a `call` block, which depends on nothing but language and arguments.

    Args:
        fragments: Where it is kept, if it is.
        shown: What it shows.
        caller: Makes it.
        values: What each page has for its places, which are names in braces; only of a block that
            shows nothing else that people wrote, for they may write braces too.
    """
    make: Callable[[], Any] = partial(_split, caller, values) if values else caller
    made = fragments.get((here().g.language, *shown), None, make, math.inf) if fragments else make()
    return _fill(made, values) if values else made


def _split(caller: Callable[[], Markup], names: Iterable[str]) -> list[str]:
    """Return markup in parts; the names of its places are every other one."""
    return re.split(f"{{({'|'.join(names)})}}", caller())


def _fill(parts: list[str], values: dict[str, str]) -> Markup:
    """Return markup with escaped values in its places, the names of which are every other part."""
    filled = parts.copy()
    escaped = {name: safe(value) for name, value in values.items()}
    filled[1::2] = map(escaped.__getitem__, parts[1::2])
    return Markup("".join(filled))  # noqa: S704 - its values are escaped


def note_stamp() -> Stamp | None:
    """Return what this request's data is kept under; to be asked before it is read.

    Asked later it could be newer than the data, which would be kept for newer than it is.
    """
    page = here().g
    stamp = getattr(page, "stamp", UNCHANGED)
    if stamp is UNCHANGED:  # as no page is
        freshness: Freshness | None = here().app.extensions.get("freshness")
        stamp = page.stamp = freshness and (asked().environ.get(STAMP) or freshness.ask())
    return stamp


def init_app(app: Flask) -> None:
    """Offer `once` to templates; without ready pages nothing is kept."""
    markup = None
    if "freshness" in app.extensions:
        app.extensions["kept-data"] = Fragments(MOST)
        markup = Fragments(MOST)
    app.add_template_global(partial(once, markup), "once")
