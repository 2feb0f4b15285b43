import pytest
from flask.testing import FlaskClient

from caliber_site.pictures import write_picture
from caliber_site.settings import Settings
from tests.test_pictures import encode, photo


@pytest.fixture
def name(settings: Settings) -> str:
    """A picture of 600 pixels whose AVIF files the site has not made yet."""
    picture = write_picture(settings.uploads_dir, encode(photo(600, 300)))
    for path in settings.uploads_dir.glob("*.avif"):
        path.unlink()
    return picture.name


@pytest.mark.parametrize("kind", ["avif", "webp"])
def test_picture_has_its_type_and_is_kept_for_a_year(
    client: FlaskClient, name: str, kind: str
) -> None:
    with client.get(f"/media/{name}-600.{kind}") as answer:
        assert answer.mimetype == f"image/{kind}"
        assert answer.cache_control.immutable
        assert answer.cache_control.max_age == 365 * 24 * 3600


def test_avif_is_made_once(client: FlaskClient, settings: Settings, name: str) -> None:
    made = settings.uploads_dir / f"{name}-480.avif"
    files = []
    for _ in range(2):
        client.get(f"/media/{made.name}").close()
        files.append(made.stat().st_ino)
    assert files[0] == files[1]


@pytest.mark.parametrize("file", ["{name}-481.avif", "{name}-600.png", "x-480.avif", "{name}.avif"])
def test_other_files_are_not_found(client: FlaskClient, name: str, file: str) -> None:
    assert client.get(f"/media/{file.format(name=name)}").status_code == 404
