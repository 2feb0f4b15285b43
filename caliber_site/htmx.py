"""Whole pages and their fragments, told apart by htmx's request headers."""

from typing import Any

from flask import Response, render_template, request
from jinja2_fragments.flask import render_block

from caliber_site.here import asked
from caliber_site.ready.key import wants_block

HTML = "text/html; charset=utf-8"


def is_htmx() -> bool:
    """Return whether htmx asks for a fragment."""
    return wants_block(asked().environ)


def _keep(response: Response) -> None:
    """Let a browser keep a fragment: it asks each time, and is sent only what has changed."""
    response.cache_control.no_cache = True
    response.add_etag(weak=True)
    response.make_conditional(request)


def page_or_block(template: str, block: str, **context: Any) -> Response:
    """Return a page, or only the block of it that htmx asked for."""
    if is_htmx():
        response = Response(render_block(template, block, **context), content_type=HTML)
        response.headers["X-Robots-Tag"] = "noindex"
        _keep(response)
    else:
        response = Response(render_template(template, **context), content_type=HTML)
    response.headers["Vary"] = "HX-Request"
    return response
