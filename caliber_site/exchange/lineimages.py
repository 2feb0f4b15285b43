"""The pictures that an imported line names, beside its file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from caliber_site.exchange.fields import LineError
from caliber_site.exchange.line import Line
from caliber_site.pictures import Picture, PictureError, restore_picture, write_picture

EXPORTED = re.compile(r"([0-9a-f]{32})-\d+\.webp")


@dataclass(frozen=True, slots=True)
class LineImages:
    """Written pictures: the story's, if the line has one, and those inside the body."""

    main: Picture | None
    others: tuple[Picture, ...]


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
    paths = [path for path in (line.image, *line.images) if path]
    found: dict[str, Picture] = {}
    for path in dict.fromkeys(paths):
        try:
            found[path] = _read(path, folder, uploads, limit)
        except LineError as error:
            report(error)
    others = tuple(found[path] for path in line.images if path in found)
    return LineImages(found.get(line.image or ""), others)


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
