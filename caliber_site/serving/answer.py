"""An answer of the site, taken in parts: of what is long only a part is in memory."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.test import run_wsgi_app

from caliber_site.ready.answers import HeaderList

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

LONG = 256 * 1024
"""Bytes from which on a part is not made longer."""


class Part(NamedTuple):
    """Some bytes of an answer, and whether there are more."""

    body: bytes
    has_more: bool


class Answer:
    """What a WSGI application says to a request.

    Each call may be made by another thread.

    Attributes:
        status: The code.
        part: The latest part of the body, at first the first one.
    """

    def __init__(self, site: "WSGIApplication", environ: "WSGIEnvironment") -> None:
        """Have a request answered.

        Args:
            site: The application.
            environ: The request.
        """
        self._body, status, headers = run_wsgi_app(site, environ)
        try:
            self._chunks: Iterator[bytes] = iter(self._body)
            self.status = int(status[:3])
            headers.remove("Date")  # the server says it of all answers
            self.headers = encode(headers.to_wsgi_list())
            self.part = self.take()
        except BaseException:
            self.close()
            raise

    def take(self) -> Part:
        """Return the next part; with the last one the answer is closed."""
        taken, length = list[bytes](), 0
        for chunk in self._chunks:
            taken.append(chunk)
            length += len(chunk)
            if length >= LONG:
                return Part(b"".join(taken), has_more=True)
        self.close()
        return Part(b"".join(taken), has_more=False)

    def close(self) -> None:
        """Let the application close what it has open for its answer."""
        if close := getattr(self._body, "close", None):
            close()


def encode(headers: HeaderList) -> list[tuple[bytes, bytes]]:
    """Return headers as they are sent."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
