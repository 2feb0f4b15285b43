"""Checksums: whether the files of a segment are as they were written."""

import zlib
from pathlib import Path
from typing import Any

CHUNK = 1 << 20


def add_checksums(folder: Path, segment: Any) -> None:
    """Note sizes and checksums of a segment's files in Whoosh's object for it."""
    files = sorted(folder.glob(f"{segment.segment_id()}.*"))
    segment.files = {file.name: (file.stat().st_size, _sum(file)) for file in files}


def check_sizes(build: Path, segment: Any) -> None:
    """Compare the sizes, which takes no time.

    Raises:
        ValueError: They differ.
    """
    for name, (size, _) in segment.files.items():
        if (build / name).stat().st_size != size:
            message = f"{name} has another size than it had"
            raise ValueError(message)


def check_contents(build: Path, segment: Any) -> None:
    """Compare the checksums, reading everything.

    Raises:
        ValueError: They differ.
    """
    for name, (_, checksum) in segment.files.items():
        if _sum(build / name) != checksum:
            message = f"{name} is not as it was written"
            raise ValueError(message)


def _sum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as data:
        while chunk := data.read(CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
