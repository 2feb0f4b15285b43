import struct
import zlib
from io import BytesIO
from itertools import product
from pathlib import Path

import PIL.Image
import pytest
from PIL import ImageChops, ImageCms, ImageStat
from PIL.TiffImagePlugin import IFDRational
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.models import Article, Image
from caliber_site.pictures import (
    PictureError,
    PictureFault,
    add_story_image,
    make_avif,
    restore_picture,
    store_picture,
    write_picture,
)
from tests.factories import make_editor, make_section

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
GPS, ORIENTATION = 0x8825, 0x0112


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


def encode(picture: PIL.Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, kind, **options)
    return encoded.getvalue()


def photo(width: int = 2000, height: int = 1000) -> PIL.Image.Image:
    return PIL.Image.effect_mandelbrot((width, height), (-2, -1, 1, 1), 20).convert("RGB")


def reason_of(folder: Path, data: bytes, limit: int = 20) -> PictureFault:
    with pytest.raises(PictureError) as caught:
        write_picture(folder, data, limit)
    return caught.value.reason


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises its pixels and has none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_kind_is_kept_in_three_widths(session: Session, folder: Path, kind: str) -> None:
    image = store_picture(session, folder, encode(photo(), kind))
    kept = [PIL.Image.open(BytesIO(path.read_bytes())) for path in folder.iterdir()]
    sizes = ((480, 240), (960, 480), (1600, 800))
    assert {(opened.format, opened.size) for opened in kept} == {
        *product(("AVIF", "WEBP"), sizes),
        ("AVIF", (720, 360)),
    }
    assert (image.width, image.height, image.widths) == (1600, 800, [480, 960, 1600])


def test_small_picture_is_not_made_larger(session: Session, folder: Path) -> None:
    image = store_picture(session, folder, encode(photo(600, 300)))
    assert {path.name for path in folder.iterdir()} == {
        f"{image.name}-{size}" for size in ("480.avif", "480.webp", "600.avif", "600.webp")
    }


def test_same_bytes_give_the_same_image(session: Session, folder: Path) -> None:
    data = encode(photo(600, 300))
    first, second = store_picture(session, folder, data), store_picture(session, folder, data)
    assert first is second
    assert session.scalar(select(func.count()).select_from(Image)) == 1


def test_each_story_has_a_row_of_its_own(session: Session, folder: Path) -> None:
    picture = write_picture(folder, encode(photo(600, 300)))
    first = add_story_image(session, picture)
    assert add_story_image(session, picture) is first
    session.add(Article(story="a", section=make_section(session), image=first))
    session.flush()
    second = add_story_image(session, picture)
    assert second is not first
    assert second.name == first.name


def test_each_editor_has_a_row_of_its_own(session: Session, folder: Path) -> None:
    picture = write_picture(folder, encode(photo(600, 300)))
    ids = [make_editor(session).id for _ in range(2)]
    images = [add_story_image(session, picture, owner_id) for owner_id in (*ids, *ids)]
    assert images[:2] == images[2:]
    assert images[0] is not images[1]


def test_open_file_is_taken_too(session: Session, folder: Path) -> None:
    data = encode(photo(600, 300))
    image = store_picture(session, folder, BytesIO(data))
    assert image is store_picture(session, folder, data)


def test_lost_size_is_written_again(session: Session, folder: Path) -> None:
    data = encode(photo(600, 300))
    image = store_picture(session, folder, data)
    (folder / f"{image.name}-480.webp").unlink()
    store_picture(session, folder, data)
    assert (folder / f"{image.name}-480.webp").is_file()


@pytest.mark.parametrize("kind", FORMATS)
def test_place_and_camera_are_gone(folder: Path, kind: str) -> None:
    exif = PIL.Image.Exif()
    exif[0x0110] = "Secret camera"
    exif.get_ifd(GPS).update({1: "N", 2: (IFDRational(40), IFDRational(22), IFDRational(7))})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Secret place</x:xmpmeta>"
    options = {"exif": exif} if kind == "PNG" else {"exif": exif, "xmp": xmp}
    data = encode(photo(600, 300), kind, **options)
    assert b"Secret" in data
    write_picture(folder, data)
    for path in folder.iterdir():
        with PIL.Image.open(path) as kept:
            assert not kept.getexif()
            assert not {"exif", "xmp", "icc_profile"} & kept.info.keys()
        assert b"Secret" not in path.read_bytes()


@pytest.mark.parametrize("kind", FORMATS)
def test_turned_photo_stands_upright(folder: Path, kind: str) -> None:
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = 6
    picture = write_picture(folder, encode(photo(600, 300), kind, exif=exif))
    assert (picture.width, picture.height) == (300, 600)


@pytest.mark.parametrize("width", [480, 720, 800])
def test_avif_of_an_older_picture_is_made_from_its_webp(folder: Path, width: int) -> None:
    picture = write_picture(folder, encode(photo(800, 400)))
    made = folder / f"{picture.name}-{width}.avif"
    made.unlink()
    make_avif(folder, made.name)
    with PIL.Image.open(made) as opened:
        assert (opened.format, opened.size) == ("AVIF", (width, width // 2))


@pytest.mark.parametrize(
    "name", ["{name}-481.avif", "{name}-720.avif", "{name}-600.webp", "../{name}-600.avif"]
)
def test_nothing_is_made_of_what_is_no_size_of_a_picture(folder: Path, name: str) -> None:
    picture = write_picture(folder / "uploads", encode(photo(600, 300)))
    there = set(folder.rglob("*"))
    make_avif(folder / "uploads", name.format(name=picture.name))
    assert set(folder.rglob("*")) == there


def test_avif_looks_like_the_picture(folder: Path) -> None:
    shown = photo(600, 300)
    picture = write_picture(folder, encode(shown, "PNG"))
    with PIL.Image.open(folder / f"{picture.name}-600.avif") as kept:
        difference = ImageChops.difference(shown, kept.convert("RGB"))
    assert max(ImageStat.Stat(difference).rms) < 8


def test_colour_profile_becomes_srgb(folder: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    red = PIL.Image.new("RGB", (9, 9), (200, 0, 0))
    picture = write_picture(folder, encode(red, "PNG", icc_profile=swapped))
    with PIL.Image.open(folder / f"{picture.name}-9.webp") as kept:
        assert kept.getpixel((4, 4)) == pytest.approx((0, 0, 200), abs=12)


def test_damaged_colour_profile_does_not_cost_the_picture(folder: Path) -> None:
    data = encode(photo(60, 30), "PNG", icc_profile=b"no profile at all")
    assert write_picture(folder, data).width == 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_png_is_read(folder: Path, mode: str) -> None:
    assert write_picture(folder, encode(PIL.Image.new(mode, (60, 30)), "PNG")).height == 30


def test_print_colours_are_read(folder: Path) -> None:
    assert write_picture(folder, encode(photo(60, 30).convert("CMYK"))).height == 30


def test_transparency_stays(folder: Path) -> None:
    picture = write_picture(folder, encode(PIL.Image.new("RGBA", (60, 30), (9, 9, 9, 0)), "PNG"))
    for kind in ("avif", "webp"):
        with PIL.Image.open(folder / f"{picture.name}-60.{kind}") as kept:
            assert kept.mode == "RGBA"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"just words",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        encode(PIL.Image.new("RGB", (9, 9)), "GIF"),
        encode(PIL.Image.new("RGB", (9, 9)), "TIFF"),
        encode(PIL.Image.new("RGB", (9, 9)), "BMP"),
    ],
    ids=["empty", "text", "svg", "pdf", "gif", "tiff", "bmp"],
)
def test_other_content_is_refused_whatever_it_is_called(folder: Path, data: bytes) -> None:
    assert reason_of(folder, data) is PictureFault.TYPE


@pytest.mark.parametrize("kind", FORMATS)
def test_truncated_picture_is_broken(folder: Path, kind: str) -> None:
    data = encode(photo(600, 300), kind)
    assert reason_of(folder, data[: len(data) // 2]) is PictureFault.BROKEN


@pytest.mark.parametrize(
    "magic",
    [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\1\0\0WEBPVP8 ", b"\0\0\0\x20ftypavif"],
    ids=FORMATS,
)
def test_lie_about_the_type_is_broken(folder: Path, magic: bytes) -> None:
    assert reason_of(folder, magic + b"<script>alert(1)</script>" * 9) is PictureFault.BROKEN


@pytest.mark.parametrize(
    ("width", "height"),
    [(8000, 7000), (16001, 10), (10, 16001), (10_000, 9500), (60_000, 60_000), (2**31 - 1, 1)],
)
def test_huge_dimensions_are_refused_unread(folder: Path, width: int, height: int) -> None:
    assert reason_of(folder, png_header(width, height)) is PictureFault.DIMENSIONS


def test_picture_over_the_limit_is_refused(folder: Path) -> None:
    data = encode(photo(60, 30)) + bytes(1024 * 1024)
    assert reason_of(folder, data, limit=1) is PictureFault.SIZE


def test_refused_picture_leaves_no_file(folder: Path) -> None:
    reason_of(folder, encode(photo(600, 300))[:2000])
    assert not folder.exists()


def test_restored_picture_keeps_its_name_and_bytes(folder: Path) -> None:
    here, there = folder / "here", folder / "there"
    picture = write_picture(here, encode(photo()))
    data = (here / f"{picture.name}-1600.webp").read_bytes()
    assert restore_picture(there, picture.name, data) == picture
    assert (there / f"{picture.name}-1600.webp").read_bytes() == data
    assert (there / f"{picture.name}-480.webp").is_file()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "AVIF"])
def test_only_own_pictures_are_restored(folder: Path, kind: str) -> None:
    with pytest.raises(PictureError):
        restore_picture(folder, "a" * 32, encode(photo(60, 30), kind))


def test_picture_with_something_behind_it_is_not_restored(folder: Path) -> None:
    with pytest.raises(PictureError):
        restore_picture(folder, "a" * 32, encode(photo(60, 30), "WEBP") + b"<script>")
