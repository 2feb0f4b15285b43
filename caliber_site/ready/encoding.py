"""Content codings: what a browser takes, and answers made in it."""

import gzip
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

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


class Coder(NamedTuple):
    """How a coding is made, at one of its levels: higher is smaller and slower."""

    level: int
    compress: Callable[[bytes, int], bytes]

    def __call__(self, body: bytes) -> bytes:
        """Return an answer's body in the coding."""
        return self.compress(body, self.level)


def _brotli(body: bytes, level: int) -> bytes:
    return bytes(brotli.compress(body, quality=level))


def _gzip(body: bytes, level: int) -> bytes:
    return gzip.compress(body, compresslevel=level, mtime=0)


_idle = defaultdict[int, list[zstd.ZstdCompressor]](list)
"""By level."""


def _pack(body: bytes, level: int) -> bytes:
    """Return a body in zstd, by a compressor that was made for one before: making takes a fifth."""
    try:
        compressor = _idle[level].pop()
    except IndexError:
        compressor = zstd.ZstdCompressor(level)
    packed = compressor.compress(body, compressor.FLUSH_FRAME)
    _idle[level].append(compressor)
    return packed


Coders = dict[str, Coder]
"""Coders by coding, best first."""

PACKER = Coder(1, _pack)
"""How pages are kept in memory, quick both ways: level 3 makes them a twentieth smaller, in four
thirds of the time."""

FIRST: Coders = {"zstd": PACKER, "br": Coder(2, _brotli), "gzip": Coder(1, _gzip)}
"""For the first to ask for a page: maybe nobody else will."""

HOT: Coders = {"br": Coder(5, _brotli), "zstd": Coder(9, zstd.compress), "gzip": Coder(6, _gzip)}
"""For pages that more than one ask for: a sixth smaller, in five times the time."""

STAYING: Coders = {
    "br": Coder(11, _brotli),
    "zstd": Coder(19, zstd.compress),
    "gzip": Coder(9, _gzip),
}
"""For files that stay."""


def unpack(packed: bytes) -> bytes:
    """Return what `PACKER` packed."""
    return zstd.decompress(packed)


@lru_cache(maxsize=512)
def choose(accepted: str, offered: tuple[str, ...]) -> str:
    """Return the coding of those offered that an Accept-Encoding header likes best.

    Of those that it likes as well it is the first (RFC 9110, 12.5.3).
    """
    header = parse_accept_header(accepted, Accept)
    best = max(offered, key=header.quality)
    return best if header.quality(best) > 0 else IDENTITY


def is_compressed(media_type: str, length: int) -> bool:
    """Return whether an answer of this type and length in bytes is worth compressing."""
    return length >= SHORTEST and media_type.startswith(COMPRESSED)
