"""Whole pages and their fragments, told apart by htmx's request headers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Response, request
from jinja2_fragments.flask import render_block

from caliber_site.here import asked, here
from caliber_site.i18n import names_for_templates
from caliber_site.ready.key import wants_block

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HTML = "text/html; charset=utf-8"


class Page(Response):
    """A page, made of one text, whose length its headers tell. It leads nowhere else."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer (PEP 3333); Werkzeug's own looks through the headers and the body once more."""
        if self.status_code != 200 or environ["REQUEST_METHOD"] != "GET" or self._on_close:
            return super().__call__(environ, start_response)
        start_response(self.status, self.headers.to_wsgi_list())
        return self.iter_encoded()


def is_htmx() -> bool:
    """Return whether htmx asks for a fragment."""
    return wants_block(asked().environ)


def _keep(response: Response) -> None:
    """Let a browser keep a fragment: it asks each time, and is sent only what has changed."""
    response.cache_control.no_cache = True
    response.add_etag(weak=True)
    response.make_conditional(request)


def render_page(template: str, **context: Any) -> Page:
    """Return a page that readers see.

    Flask's `render_template` asks each extension for names, which templates have from Jinja anyway,
    like `g` and `request`, but as proxies, which take longer.
    """
    present = here()
    named = {"g": present.g, "request": asked(), **names_for_templates(), **context}
    return Page(present.app.jinja_env.get_template(template).render(named), content_type=HTML)


def page_or_block(template: str, block: str, **context: Any) -> Response:
    """Return a page, or only the block of it that htmx asked for."""
    response: Response
    if is_htmx():
        response = Response(render_block(template, block, **context), content_type=HTML)
        response.headers["X-Robots-Tag"] = "noindex"
        _keep(response)
    else:
        response = render_page(template, **context)
    response.headers["Vary"] = "HX-Request"
    return response
