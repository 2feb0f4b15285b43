"""The site as Flask sees it: what Flask finds out anew for each request, found out once."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, Request
from werkzeug.routing import Map, MapAdapter

ADDRESSED = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme", "SCRIPT_NAME")
"""What WSGI's environment tells of where the site stands."""


class Site(Flask):
    """The site as Flask sees it."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function as it is: none is asynchronous, and Flask looks at each again."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what matches a request's address, and makes addresses for its answer.

        Raises:
            werkzeug.exceptions.BadHost: The host that is asked for cannot be one.
        """
        if request is None or "HTTP_UPGRADE" in request.environ or not request.environ["PATH_INFO"]:
            return super().create_url_adapter(request)
        alike = _bind(self.url_map, *map(request.environ.get, ADDRESSED))
        return MapAdapter(
            self.url_map,
            alike.server_name,
            alike.script_name,
            alike.subdomain,
            alike.url_scheme,
            request.path,
            request.method,
            request.query_string.decode(errors="replace"),
        )


@lru_cache(maxsize=64)
def _bind(url_map: Map, *about: str | None) -> MapAdapter:
    """Return an adapter of any address of a site that stands where `ADDRESSED` says."""
    told = {name: value for name, value in zip(ADDRESSED, about, strict=True) if value is not None}
    return url_map.bind_to_environ(told | {"REQUEST_METHOD": "GET"}, subdomain="")
