"""Content codings: what a browser takes, and answers made in it."""

import gzip
import sys
from collections.abc import Callable
from functools import lru_cache

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

IDENTITY = "identity"

SHORTEST = 500
"""Bytes under which an answer is not made smaller: its headers are longer than what is saved."""

COMPRESSED = ("text/", "application/json", "application/xml", "image/svg+xml")
"""How the media types begin that are worth it; pictures and fonts are compressed in themselves."""

Coder = Callable[[bytes], bytes]

QUICK: dict[str, Coder] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstd.compress(body, level=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""For pages, which soon change; best first."""

SMALL: dict[str, Coder] = QUICK | {
    "br": lambda body: brotli.compress(body, quality=11),
    "zstd": lambda body: zstd.compress(body, level=19),
    "gzip": lambda body: gzip.compress(body, compresslevel=9, mtime=0),
}
"""For files that stay."""


@lru_cache(maxsize=512)
def choose(accepted: str) -> str:
    """Return the best coding that an Accept-Encoding header takes (RFC 9110, 12.5.3)."""
    header = parse_accept_header(accepted, Accept)
    taken = [(header.quality(coding), -rank) for rank, coding in enumerate(QUICK)]
    quality, rank = max(taken)
    return list(QUICK)[-rank] if quality > 0 else IDENTITY


def is_compressed(media_type: str, length: int) -> bool:
    """Return whether an answer of this type and length in bytes is worth compressing."""
    return length >= SHORTEST and media_type.startswith(COMPRESSED)
