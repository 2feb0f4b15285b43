"""The pictures that an imported line names, beside its file."""

import re
from collections.abc import Callable
from pathlib import Path

from caliber_site.exchange.fields import LineError
from caliber_site.exchange.line import Line
from caliber_site.pictures import Picture, PictureError, restore_picture, write_picture

EXPORTED = re.compile(r"([0-9a-f]{32})-\d+\.webp")

LineImages = dict[str, Picture]
"""Written pictures by the paths that a line has for them."""


def read_images(
    line: Line, folder: Path, uploads: Path, limit: int, report: Callable[[LineError], None]
) -> LineImages:
    """Write a line's pictures into the uploads folder.

    Args:
        line: The line.
        folder: The folder of the line's file.
        uploads: The uploads folder.
        limit: Largest size of a picture in megabytes.
        report: Told of each picture that is missing or cannot be kept.
    """
    banners = line.site.banners if line.site else ()
    paths = [line.image, *line.images, *(banner.image for banner in banners)]
    found: LineImages = {}
    for path in dict.fromkeys(filter(None, paths)):
        try:
            found[path] = _read(path, folder, uploads, limit)
        except LineError as error:
            report(error)
    return found


def _read(path: str, folder: Path, uploads: Path, limit: int) -> Picture:
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise LineError(f"image {path!r} is outside the folder of the file")
    try:
        with file.open("rb") as opened:
            exported = EXPORTED.fullmatch(file.name)
            if exported:
                return restore_picture(uploads, exported[1], opened.read())
            return write_picture(uploads, opened, limit)
    except PictureError as error:
        raise LineError(f"image {path!r}: {error}") from error
    except OSError as error:
        raise LineError(f"image {path!r} cannot be read: {error.strerror}") from error
