"""A ready page: an answer with a strong validator, in each coding that readers asked for."""

import hashlib
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.datastructures import Headers
from werkzeug.http import http_date, parse_date, parse_etags

from caliber_site.ready.encoding import IDENTITY, Coder, choose, is_compressed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HeaderList = list[tuple[str, str]]

OWN = frozenset(("content-length", "date", "etag", "last-modified"))
"""Headers that the page has of its own, by their names in small letters. X-Request-Id stays: it is
that of the request for which the page was made, and so the one that the log knows."""


class Variant(NamedTuple):
    """A page in one coding.

    Attributes:
        etag: Its strong validator, in quotation marks.
        headers: Those of an answer with the body.
        kept: Those of an answer to a browser that has the body.
    """

    etag: str
    body: bytes
    headers: HeaderList
    kept: HeaderList


class ReadyPage:
    """An answer to all who ask for the same.

    Attributes:
        is_kept: Whether it is a page that may be given to others as well.
        digest: Of the body.
        size: Bytes in memory, in all codings so far.
        modified: The second, since 1970, since which the page is as it is. It is the one that
            began after the page was made: another page may have stood here within the same second
            (RFC 9110, 8.8.2.2), and must not be taken for this one.
    """

    def __init__(
        self, status: str, headers: Headers, body: bytes, coders: Mapping[str, Coder]
    ) -> None:
        self._status = status
        self.is_kept = status.startswith("200") and not headers.get("Set-Cookie")
        self._headers = [(n, v) for n, v in headers if n.lower() not in OWN]
        self._coders = coders
        self._is_compressed = is_compressed(headers.get("Content-Type", ""), len(body))
        self.digest = hashlib.blake2b(body, digest_size=12).hexdigest()
        self.modified = int(time.time()) + 1
        self.size = len(body)
        self._variants = {IDENTITY: self._make(IDENTITY, body)}

    def variant(self, coding: str) -> Variant:
        """Return the page in a coding, which is made when it is first asked for."""
        found = self._variants.get(coding)
        if found is None:
            found = self._variants[IDENTITY]
            if self._is_compressed:
                found = self._make(coding, self._coders[coding](found.body))
                self.size += len(found.body)
            self._variants[coding] = found
        return found

    def answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        """Answer a GET or HEAD: with the page, or with 304 to a browser that has it."""
        variant = self.variant(choose(environ.get("HTTP_ACCEPT_ENCODING", "")))
        # A second that has not begun yet cannot be told.
        is_told = self.is_kept and self.modified <= time.time()
        told = [("Last-Modified", http_date(self.modified))] if is_told else []
        if self.is_kept and self._is_known(environ, variant.etag):
            start_response("304 Not Modified", [*variant.kept, *told])
            return []
        start_response(self._status, [*variant.headers, *told])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]

    def _is_known(self, environ: "WSGIEnvironment", etag: str) -> bool:
        if known := environ.get("HTTP_IF_NONE_MATCH"):
            return known == etag or parse_etags(known).contains_weak(etag.strip('"'))
        since = parse_date(environ.get("HTTP_IF_MODIFIED_SINCE"))
        return since is not None and since >= datetime.fromtimestamp(self.modified, UTC)

    def _make(self, coding: str, body: bytes) -> Variant:
        etag = f'"{self.digest}"' if coding == IDENTITY else f'"{self.digest}-{coding}"'
        kept = [*self._headers, *([("ETag", etag)] if self.is_kept else [])]
        headers = [*kept, ("Content-Length", str(len(body)))]
        if coding != IDENTITY:
            headers.append(("Content-Encoding", coding))
        return Variant(etag, body, headers, kept)
