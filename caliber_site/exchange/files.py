"""Files of lines, plain or compressed by their name."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from caliber_site.exchange.fields import LineError

LONGEST_LINE = 16 * 1024 * 1024
CHUNK = 64 * 1024

NumberedLine = tuple[int, bytes | LineError]


def read_lines(path: Path, progress: Callable[[int], None]) -> Iterator[NumberedLine]:
    """Yield the number and bytes of each line that is not empty, or why it cannot be read.

    Args:
        path: A file; `.gz` is unpacked.
        progress: Told how many bytes of the file were read since it was last told.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as raw:
        unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw
        number, place = 0, 0
        while True:
            number += 1
            try:
                line = unpacked.readline(LONGEST_LINE + 1)
                whole = len(line) <= LONGEST_LINE or _skip(unpacked)
            except (OSError, EOFError, zlib.error):
                yield number, LineError("the file is damaged from here on")
                return
            if not line:
                return
            progress(raw.tell() - place)
            place = raw.tell()
            if not whole:
                yield number, LineError(f"longer than {LONGEST_LINE // CHUNK // 16} megabytes")
            elif line.strip():
                yield number, line


def _skip(unpacked: BinaryIO) -> bool:
    """Read on to the end of a line that is too long; return that it was not whole."""
    while True:
        part = unpacked.readline(CHUNK)
        if not part or part.endswith(b"\n"):
            return False


@contextmanager
def open_output(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing, packed if its name ends in `.gz`; it is there once it is whole.

    Raises:
        OSError: It cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as raw:
            if path.suffix == ".gz":
                # Without name and time, so that the same lines give the same file.
                with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield raw
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
