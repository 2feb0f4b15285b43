"""Addresses in templates: of pages, and of static files with fingerprints, to be kept a year."""

import re
from functools import cache, lru_cache
from typing import Any

from flask import Flask, Response, request, url_for
from markupsafe import Markup

from caliber_site.bundles import BUNDLES, fingerprint, is_named_by_content, read_static
from caliber_site.here import asked, here
from caliber_site.languages import Language

YEAR = 365 * 24 * 3600
PLAIN = re.compile(r"[a-z0-9-]+")
RESERVED = re.compile(r"[\0-$&-,:-@[-^`{-}\x7f]")
"""What ASCII has beside letters, figures and `%-./_~`."""

SLUG = "the-slug"
"""Stands for any other: no route has it elsewhere, and no value that is kept."""


def asset(name: str) -> str:
    """Return the address of a static file with its fingerprint.

    Raises:
        FileNotFoundError: No such static file.
    """
    find = _find_asset.__wrapped__ if here().app.debug else _find_asset
    return find(name)


@cache
def _find_asset(name: str) -> str:
    return url_for("static", filename=name, v=fingerprint(name))


def icon(name: str) -> Markup:
    """Return a drawing: a symbol of static/icons.svg."""
    return Markup('<svg class="icon icon-{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        name, asset("icons.svg"), name
    )


def address(endpoint: str, *, slug: str = "", **values: Any) -> str:
    """Return what `url_for` does, which is asked once for all slugs.

    What readers have typed is not kept: it may be long, and is seldom the same.
    """
    is_typed = str in map(type, values.values())
    if is_typed or (slug and not PLAIN.fullmatch(slug)):
        return url_for(endpoint, **{"slug": slug, **values} if slug else values)
    before, after = _find_around(endpoint, bool(slug), here().g.language, *values.items())
    return f"{before}{slug}{after}"


@lru_cache(maxsize=1024)
def _find_around(
    endpoint: str,
    has_slug: bool,
    _here: Language,
    *values: tuple[str, Any],
) -> tuple[str, str]:
    """Return what stands before and after the slug."""
    if not has_slug:
        return url_for(endpoint, **dict(values)), ""
    before, _, after = url_for(endpoint, slug=SLUG, **dict(values)).partition(SLUG)
    return before, after


def in_query(text: str) -> str:
    """Return a text as an address has it behind its question mark.

    Letters beyond ASCII stay: browsers send them as UTF-8 (URL Standard, 4.4), and written out so
    they would be six bytes each, in every link that shares a story.
    """
    coded = text.replace("%", "%25").replace(" ", "%20")
    return RESERVED.sub(lambda found: f"%{ord(found[0]):02X}", coded)


def keep_for_a_year(response: Response) -> Response:
    """Let browsers keep fingerprinted files and fonts, whose names change with them."""
    if asked().endpoint not in {"static", "bundle"} or response.status_code >= 400:
        return response
    name = request.path.removeprefix(f"{here().app.static_url_path}/")
    if is_named_by_content(name, request.query_string.decode("latin-1")):
        response.cache_control.public = True
        response.cache_control.max_age = YEAR
        response.cache_control.immutable = True
        response.cache_control.no_cache = None
    else:
        response.cache_control.no_cache = True
    return response


def bundle(name: str) -> Response:
    """Send the style sheet or the script of a kind of page."""
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Response(read_static(name), content_type=f"{kind}; charset=utf-8")


def init_app(app: Flask) -> None:
    """Offer `asset` to templates and set the lifetime of static files."""
    for name in BUNDLES:
        app.add_url_rule(f"{app.static_url_path}/{name}", "bundle", bundle, defaults={"name": name})
    app.add_template_filter(in_query)
    app.add_template_global(asset)
    app.add_template_global(icon)
    app.add_template_global(address, "url_for")
    app.after_request(keep_for_a_year)
