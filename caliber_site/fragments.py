"""What pages share: data while it is fresh, and markup of the same data."""

import math
from collections.abc import Callable, Hashable
from typing import TypeVar

from flask import Flask, current_app, g, request
from markupsafe import Markup

from caliber_site.ready.cache import STAMP
from caliber_site.ready.fragments import Fragments
from caliber_site.ready.freshness import Freshness, Stamp

Made = TypeVar("Made")

MOST = 1500
"""Fragments of either kind that a process keeps: markup of a story in a list has a kilobyte."""


def keep(
    make: Callable[[], Made],
    *key: Hashable,
    seconds: float = math.inf,
    fresh: bool = True,
) -> Made:
    """Return what was read from the database for the pages of the present language.

    Args:
        make: Reads it, if nothing is kept.
        key: Names it, together with the language.
        seconds: How long ago it may have been read: views change nothing else.
        fresh: Whether it must be as fresh as the page.
    """
    stamp = _stamp()
    if stamp is None:
        return make()
    fragments: Fragments = current_app.extensions["kept-data"]
    return fragments.get((g.language.tag, *key), stamp if fresh else None, make, seconds)


def once(*shown: Hashable | list[Hashable], caller: Callable[[], str]) -> Markup:
    """Return the markup of a `call` block, which depends on nothing but language and arguments."""
    fragments: Fragments | None = current_app.extensions.get("kept-markup")
    if fragments is None:
        return Markup(caller())  # noqa: S704 - made by a template
    key = (g.language.tag, *(tuple(x) if isinstance(x, list) else x for x in shown))
    return fragments.get(key, None, lambda: Markup(caller()), math.inf)  # noqa: S704 - as above


def _stamp() -> Stamp | None:
    if "stamp" not in g:
        freshness: Freshness | None = current_app.extensions.get("freshness")
        g.stamp = request.environ.get(STAMP) or (freshness and freshness.ask())
    return g.stamp  # type: ignore[no-any-return]


def init_app(app: Flask) -> None:
    """Offer `once` to templates; without ready pages nothing is kept."""
    if "freshness" in app.extensions:
        app.extensions["kept-data"] = Fragments(MOST)
        app.extensions["kept-markup"] = Fragments(MOST)
    app.add_template_global(once)
