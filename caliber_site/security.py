"""Response headers that keep scripts out, and the check that a request comes from our pages."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Request as AnyRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
SESSION_DAYS = 14
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
ADDED = list(HEADERS.items())


def is_same_origin(request: AnyRequest) -> bool:
    """Return false where a browser says that a page of another site sent this request.

    Browsers say so in Sec-Fetch-Site (Fetch Metadata) and, for a POST, in Origin.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    try:
        is_ours = origin is None or urlsplit(origin).netloc == request.host
    except ValueError:  # it is no address
        return False
    return site == "same-origin" and is_ours


def read_proxies(environ: "WSGIEnvironment", proxies: int) -> None:
    """Have a request say who asks, as the proxies in front of the site have noted it.

    The site does so itself; this is for what answers before it.

    Args:
        environ: The request, which is changed.
        proxies: How many of them are trusted.
    """
    if proxies:
        ProxyFix(_nothing, x_for=proxies, x_proto=proxies)(environ, _nothing)  # type: ignore[arg-type]


def _nothing(*_given: object) -> list[bytes]:
    return []


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookies. A reader has none, and so needs nothing that checks signatures."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of a request, an empty one without its cookie."""
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        if app.config["SESSION_COOKIE_NAME"] not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the session's cookie where there is something to be said of it."""
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)


class SecurityHeaders:
    """WSGI middleware that adds the headers that keep scripts out to every answer of the site.

    Nothing behind it sets any of them: they would be there twice.
    """

    def __init__(self, site: "WSGIApplication") -> None:
        self._site = site

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "Iterable[bytes]":
        """Have the site answer."""

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, headers + ADDED, exc_info)

        return self._site(environ, start)


def init_app(app: Flask) -> None:
    """Set the headers of every answer and the rules of the session cookie."""
    app.config.update(
        SESSION_COOKIE_NAME="desk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.config["CALIBER"].site_url.startswith("https:"),
        SESSION_COOKIE_PATH="/desk",
        PERMANENT_SESSION_LIFETIME=SESSION_DAYS * 24 * 3600,
        WTF_CSRF_TIME_LIMIT=None,  # a token is good as long as its session
    )
    app.session_interface = Sessions()
    app.wsgi_app = SecurityHeaders(app.wsgi_app)  # type: ignore[method-assign]
