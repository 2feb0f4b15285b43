"""A ready page: an answer with a strong validator, in each coding that readers asked for."""

import hashlib
import math
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.http import http_date, parse_date, parse_etags

from caliber_site.ready.answers import Answer, HeaderList
from caliber_site.ready.encoding import (
    IDENTITY,
    PACKER,
    Coders,
    choose,
    is_compressed,
    unpack,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PIECE = 2047
"""Bytes; hashlib lets other threads run Python while it works on more."""

CODING = "Accept-Encoding"
"""What all pages vary with."""

OWN = frozenset(("content-length", "date", "etag", "last-modified", "vary"))
"""Headers that the page has of its own, by their names in small letters. X-Request-Id stays: it is
that of the request for which the page was made, and so the one that the log knows."""


def _digest(body: bytes) -> str:
    """Return what tells a body from others.

    It is taken in pieces of which hashlib makes no occasion for other threads to run: to wait for
    one's turn again takes longer than all of it.
    """
    digest = hashlib.sha256()
    for start in range(0, len(body), PIECE):
        digest.update(body[start : start + PIECE])
    return digest.hexdigest()[:24]


def _vary(said: Iterable[str]) -> str:
    """Return what an answer varies with that is also made in several codings."""
    names = [name.strip() for value in said for name in value.split(",")]
    return ", ".join(names if CODING in names else [*names, CODING])


_say_second = lru_cache(maxsize=8)(http_date)
"""Many pages are made in a second."""


class Variant(NamedTuple):
    """A page in one coding.

    Attributes:
        is_best: Whether it is kept as it is: the next who takes this coding gets the same.
    """

    headers: HeaderList
    body: bytes
    is_best: bool


class ReadyPage:
    """An answer to all who ask for the same.

    Attributes:
        is_kept: Whether it is a page that may be given to others as well.
        digest: Of the body as it is kept.
        size: Bytes in memory, in all codings so far.
        modified: The second, since 1970, since which the page is as it is. It is the one that
            began after the page was made: another page may have stood here within the same second
            (RFC 9110, 8.8.2.2), and must not be taken for this one.
    """

    def __init__(
        self,
        status: str,
        headers: HeaderList,
        body: bytes,
        first: Coders,
        hot: Coders,
    ) -> None:
        """Make it from the app's answer.

        Args:
            status: Code and words.
            headers: All that the app gave.
            body: The bytes, in no coding.
            first: How to compress it for the first who asks.
            hot: And for all others.
        """
        self._status = status
        known = {name.lower(): value for name, value in headers}
        self.is_kept = status.startswith("200") and "set-cookie" not in known
        self._headers = [(n, v) for n, v in headers if n.lower() not in OWN]
        self._headers.append(("Vary", _vary(value for n, value in headers if n.lower() == "vary")))
        self._coders, self._hot = first, hot
        self._is_compressed = is_compressed(known.get("content-type", ""), len(body))
        self.modified = int(time.time()) + 1
        self._last_modified = [("Last-Modified", _say_second(self.modified))]
        self._variants: dict[str, Variant] = {}
        # What is kept is small: a quarter of the page, from which the rest is made again.
        self._kept = PACKER(body) if self._is_compressed else body
        # The same page is packed into the same bytes.
        self.digest = _digest(self._kept)
        self.size = len(self._kept)

    def answer(self, environ: "WSGIEnvironment") -> Answer:
        """Return the answer to a GET or HEAD: the page, or 304 to a browser that has it."""
        told, lasts = self._tell_modified()
        known = self._find_known(environ) if self.is_kept else None
        if known is not None:
            return Answer("304 Not Modified", [*self._headers_of(known), *told], [], lasts)
        variant = self._choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]
        lasts = lasts if variant.is_best else 0
        return Answer(self._status, [*variant.headers, *told], body, lasts)

    def _tell_modified(self) -> tuple[HeaderList, float]:
        """Return the header that tells the time of change, and the seconds until it is another."""
        if not self.is_kept:
            return [], 0
        wait = self.modified - time.time()  # a second that has not begun yet cannot be told
        return ([], wait) if wait > 0 else (self._last_modified, math.inf)

    def _choose(self, accepted: str) -> Variant:
        """Return the page in the best coding that is taken, made when it is first asked for."""
        coders = self._coders
        coding = choose(accepted, tuple(coders)) if self._is_compressed else IDENTITY
        if coding == IDENTITY:
            is_best = not self._is_compressed  # others are not kept in full
            return self._make(IDENTITY, self.digest, self._unpack(), is_best=is_best)
        found = self._variants.get(coding)
        if found is None:
            coder = coders[coding]
            tag = f"{self.digest}-{coding}{coder.level}"
            body = self._kept if coder == PACKER else coder(self._unpack())
            found = self._make(coding, tag, body, is_best=coders is self._hot)
            if found.is_best:
                self.size += len(body)
                self._variants[coding] = found
        self._coders = self._hot
        return found

    def _unpack(self) -> bytes:
        return unpack(self._kept) if self._is_compressed else self._kept

    def _find_known(self, environ: "WSGIEnvironment") -> str | None:
        """Return the validator by which a browser knows the page, in whatever coding it has it."""
        if known := environ.get("HTTP_IF_NONE_MATCH"):
            tags = parse_etags(known)
            if tags.star_tag:
                return self.digest
            own = (tag for tag in tags.as_set(include_weak=True) if tag.startswith(self.digest))
            return next(own, None)
        since = parse_date(environ.get("HTTP_IF_MODIFIED_SINCE"))
        # No later time: it is that of another page, which stood here meanwhile, where a process
        # that never made that one still has this.
        return self.digest if since == datetime.fromtimestamp(self.modified, UTC) else None

    def _make(self, coding: str, tag: str, body: bytes, *, is_best: bool) -> Variant:
        headers = [*self._headers_of(tag), ("Content-Length", str(len(body)))]
        if coding != IDENTITY:
            headers.append(("Content-Encoding", coding))
        return Variant(headers, body, is_best)

    def _headers_of(self, tag: str) -> HeaderList:
        return [*self._headers, *([("ETag", f'"{tag}"')] if self.is_kept else [])]
