"""Fingerprinted addresses of static files, so that browsers may keep them for a year."""

import hashlib
from functools import cache

from flask import Flask, Response, current_app, request, url_for

from caliber_site.resources import STATIC

YEAR = 365 * 24 * 3600


@cache
def fingerprint(name: str) -> str:
    """Return a digest of a static file's bytes.

    Raises:
        FileNotFoundError: No such static file.
    """
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """Return the address of a static file with its fingerprint."""
    digest = fingerprint.__wrapped__(name) if current_app.debug else fingerprint(name)
    return url_for("static", filename=name, v=digest)


def keep_for_a_year(response: Response) -> Response:
    """Let browsers keep fingerprinted files and fonts, whose names change with them."""
    named = "v" in request.args or request.path.endswith(".woff2")
    if request.endpoint == "static" and named and response.status_code < 400:
        response.cache_control.public = True
        response.cache_control.max_age = YEAR
        response.cache_control.immutable = True
        response.cache_control.no_cache = None
    return response


def init_app(app: Flask) -> None:
    """Offer `asset` to templates and set the lifetime of static files."""
    app.add_template_global(asset)
    app.after_request(keep_for_a_year)
