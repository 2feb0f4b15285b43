"""The site as Flask sees it: what Flask finds out anew for each request, found out once."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, Request
from werkzeug.routing import Map, MapAdapter

ORIGIN = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme", "SCRIPT_NAME")
"""What WSGI's environment says of the place that the site was asked at."""

LIMITS = ("SERVER_NAME", "TRUSTED_HOSTS")
"""Flask's settings for sites that do not answer at each of them."""


class Site(Flask):
    """The site as Flask sees it."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function as it is: none is asynchronous, and Flask looks at each again."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what matches a request's address, and makes addresses for its answer.

        Raises:
            werkzeug.exceptions.BadHost: The host that is asked for cannot be one.
            werkzeug.exceptions.SecurityError: It is none of those that are trusted.
        """
        environ = request.environ if request else {}
        is_plain = environ.get("PATH_INFO") and "HTTP_UPGRADE" not in environ
        if request is None or not is_plain or any(map(self.config.get, LIMITS)):
            return super().create_url_adapter(request)
        known = _bind(self.url_map, *map(environ.get, ORIGIN))
        return MapAdapter(
            self.url_map,
            known.server_name,
            known.script_name,
            known.subdomain,
            known.url_scheme,
            request.path,
            request.method,
            request.query_string.decode(errors="replace"),
        )


@lru_cache(maxsize=64)
def _bind(url_map: Map, *origin: str | None) -> MapAdapter:
    """Return the adapter of any address at an origin, the values of `ORIGIN`."""
    said = {name: value for name, value in zip(ORIGIN, origin, strict=True) if value is not None}
    return url_map.bind_to_environ({**said, "REQUEST_METHOD": "GET"}, subdomain="")
