"""Uploaded pictures: checked, stripped of what they tell about their maker, kept in few sizes."""

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import BinaryIO

import PIL.Image
from PIL import ImageCms, ImageOps
from PIL.Image import DecompressionBombError, DecompressionBombWarning, Resampling
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from caliber_site.models import Article, Image
from caliber_site.models.image import AVIF_WIDTHS, WIDTHS, fitting_widths

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 16_000  # what a WebP can hold, and a little less
WEBP = {"quality": 80, "method": 4}
AVIF = {"quality": 50, "speed": 9}
"""Half the bytes of that WebP, the same to the eye, in two thirds of its time; slower speeds save
another twentieth and take up to nine times as long."""
MEGABYTE = 1024 * 1024
DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    struct.error,
    zlib.error,
)
BOMBS = (DecompressionBombError, DecompressionBombWarning)
NAMED = re.compile(r"([0-9a-f]{32})-([1-9]\d{0,3})\.avif")
making = Lock()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


class PictureFault(StrEnum):
    """Why an upload cannot be a picture of the site."""

    TYPE = "type"
    SIZE = "size"
    DIMENSIONS = "dimensions"
    BROKEN = "broken"


MESSAGES = {
    PictureFault.TYPE: "it is not a JPEG, PNG, WebP or AVIF picture",
    PictureFault.SIZE: "it has too many megabytes",
    PictureFault.DIMENSIONS: "it has too many pixels",
    PictureFault.BROKEN: "the picture is damaged",
}


class PictureError(ValueError):
    """An upload cannot be a picture of the site; `reason` says why."""

    def __init__(self, reason: PictureFault) -> None:
        super().__init__(MESSAGES[reason])
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose files are in the uploads folder: its name, width and height in pixels."""

    name: str
    width: int
    height: int

    @property
    def widths(self) -> list[int]:
        """Return the widths in which the picture is kept, smallest first."""
        return fitting_widths(WIDTHS, self.width)


def store_picture(session: Session, folder: Path, data: bytes | BinaryIO, limit: int = 20) -> Image:
    """Keep an upload in the sizes of the site; the same bytes give the same image again.

    The files are written before the first statement, so that no lock is held meanwhile.

    Args:
        session: The session.
        folder: The uploads folder.
        data: What was uploaded; its name is of no interest.
        limit: Largest size in megabytes.

    Raises:
        PictureError: It is no picture, too large or damaged.
    """
    return add_image(session, write_picture(folder, data, limit))


def write_picture(folder: Path, data: bytes | BinaryIO, limit: int = 20) -> Picture:
    """Write an upload's sizes into the folder, unless they are there.

    Args:
        folder: The uploads folder.
        data: What was uploaded.
        limit: Largest size in megabytes.

    Raises:
        PictureError: It is no picture, too large or damaged.
    """
    most = limit * MEGABYTE
    upload = data if isinstance(data, bytes) else data.read(most + 1)
    if len(upload) > most:
        raise PictureError(PictureFault.SIZE)
    name = hashlib.sha256(upload).hexdigest()[:32]
    return _find(folder, name) or _write(folder, name, _decode(upload))


def restore_picture(folder: Path, name: str, data: bytes) -> Picture:
    """Write a picture that another site of this kind exported, under the name it has there.

    Its largest size is kept byte for byte, for each encoding would lose a little more.

    Raises:
        PictureError: These are not the bytes of an exported picture.
    """
    found = _find(folder, name)
    if found:
        return found
    decoded = _decode(data)
    if not _is_plain_webp(data):
        raise PictureError(PictureFault.TYPE)
    if decoded.width > WIDTHS[-1]:
        raise PictureError(PictureFault.DIMENSIONS)
    return _write(folder, name, decoded, largest=data)


def make_avif(folder: Path, name: str) -> None:
    """Write the AVIF of a size that was kept before the site wrote any, unless it is there.

    Pages name it without looking, so that they cost no look at the folder: the first reader who
    asks for one waits for it. One at a time, or a page of old pictures would take all cores.

    Args:
        folder: The uploads folder.
        name: Name of the AVIF file.
    """
    named = NAMED.fullmatch(name)
    path = folder / name
    if named is None or path.is_file():
        return
    picture, width = _find(folder, named[1]), int(named[2])
    if picture is None or width not in fitting_widths(AVIF_WIDTHS, picture.width):
        return
    kept = min(larger for larger in picture.widths if larger >= width)
    with making, PIL.Image.open(folder / f"{picture.name}-{kept}.webp") as opened:
        if not path.is_file():
            _keep(path, _encode(_resize(opened, width), "AVIF", AVIF))


def add_image(session: Session, picture: Picture) -> Image:
    """Return a row of a written picture, added if there is none.

    For those who show a picture with words of their own, as texts and banners do.
    """
    there = select(Image).where(Image.name == picture.name).order_by(Image.id).limit(1)
    return session.scalar(there) or _add(session, picture, None)


def add_story_image(session: Session, picture: Picture, owner_id: int | None = None) -> Image:
    """Return a row of a written picture that no story has, added if there is none.

    Args:
        session: The session.
        picture: The written picture.
        owner_id: Who uploaded it at the desk; another editor's row is not returned.
    """
    free = select(Image).where(
        Image.name == picture.name,
        Image.owner_id == owner_id,
        ~Image.texts.any(),
        ~exists().where(Article.image_id == Image.id),
    )
    there = session.scalar(free.order_by(Image.id).limit(1))
    return there or _add(session, picture, owner_id)


def _add(session: Session, picture: Picture, owner_id: int | None) -> Image:
    image = Image(name=picture.name, width=picture.width, height=picture.height, owner_id=owner_id)
    session.add(image)
    session.flush()
    return image


def _find(folder: Path, name: str) -> Picture | None:
    # The largest size is written first: where it stands alone, a writer was interrupted.
    there = [int(path.stem.rpartition("-")[2]) for path in folder.glob(f"{name}-*.webp")]
    if not there:
        return None
    with PIL.Image.open(folder / f"{name}-{max(there)}.webp") as largest:
        picture = Picture(name, *largest.size)
    return picture if set(picture.widths) <= set(there) else None


def _write(folder: Path, name: str, decoded: PIL.Image.Image, largest: bytes = b"") -> Picture:
    folder.mkdir(parents=True, exist_ok=True)
    width = min(decoded.width, WIDTHS[-1])
    picture = Picture(name, width, _height(decoded, width))
    for size in reversed(fitting_widths(AVIF_WIDTHS, width)):
        shown = _resize(decoded, size)
        if size in picture.widths:
            encoded = largest if largest and size == width else _encode(shown, "WEBP", WEBP)
            _keep(folder / f"{name}-{size}.webp", encoded)
        _keep(folder / f"{name}-{size}.avif", _encode(shown, "AVIF", AVIF))
    return picture


def _height(decoded: PIL.Image.Image, width: int) -> int:
    return max(1, round(decoded.height * width / decoded.width))


def _resize(decoded: PIL.Image.Image, width: int) -> PIL.Image.Image:
    if width == decoded.width:
        return decoded
    return decoded.resize((width, _height(decoded, width)), Resampling.LANCZOS, reducing_gap=3)


def _encode(shown: PIL.Image.Image, kind: str, options: Mapping[str, int]) -> bytes:
    encoded = BytesIO()
    shown.save(encoded, kind, **options)
    return encoded.getvalue()


def _keep(path: Path, encoded: bytes) -> None:
    part = path.with_name(f".{path.stem}.{token_hex(4)}.part")
    part.write_bytes(encoded)
    part.replace(path)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except BOMBS as error:
        raise PictureError(PictureFault.DIMENSIONS) from error
    except PictureError:
        raise
    except DAMAGE as error:
        raise PictureError(PictureFault.BROKEN) from error


def _decode(upload: bytes) -> PIL.Image.Image:
    """Return an upload's pixels, upright, in sRGB, without anything that came with them."""
    if not _is_known(upload):
        raise PictureError(PictureFault.TYPE)
    with _reading(), PIL.Image.open(BytesIO(upload), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS or max(opened.size) > LONGEST_SIDE:
            raise PictureError(PictureFault.DIMENSIONS)
        # A JPEG can be read at a fraction of its size, which saves time and memory.
        opened.draft(opened.mode, (WIDTHS[-1], WIDTHS[-1]))
        opened.load()
        decoded = _in_srgb(_upright(opened))
    decoded.info.clear()  # or the encoder would take some of it over
    return decoded


def _is_known(upload: bytes) -> bool:
    return (
        upload.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (upload[:4] == b"RIFF" and upload[8:12] == b"WEBP")
        or (upload[4:8] == b"ftyp" and any(b in upload[8:64] for b in (b"avif", b"avis")))
    )


def _upright(opened: PIL.Image.Image) -> PIL.Image.Image:
    try:
        return ImageOps.exif_transpose(opened)
    except DAMAGE:  # what a damaged EXIF block says is not worth the picture
        return opened


def _in_srgb(image: PIL.Image.Image) -> PIL.Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):  # sixteen bits of grey
        image = image.point(lambda value: value / 256).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode not in {"L", "CMYK", mode}:
        image = image.convert(mode)
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, *DAMAGE):
            converted = None  # a damaged profile, or one of another kind of picture
        image = converted or image
    return image if image.mode == mode else image.convert(mode)


def _is_plain_webp(data: bytes) -> bool:
    """Return whether a file holds pixels and nothing else, as this site writes it."""
    place, kinds = 12, set()
    while place + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        kinds.add(kind)
        place += 8 + length + length % 2
    whole = place == len(data) and struct.unpack_from("<I", data, 4)[0] + 8 == len(data)
    return whole and data[8:12] == b"WEBP" and kinds <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
