from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.models import Article, Edition, Image, ImageText, Revision
from caliber_site.settings import Settings
from tests.exchange.conftest import Bring


def test_picture_beside_the_file_is_kept(
    session: Session, bring: Bring, settings: Settings, photo: str
) -> None:
    bring({"image": photo, "image_alt": "A quiet harbour"})
    image = session.scalars(select(Image)).one()
    assert session.scalars(select(Article)).one().image_id == image.id
    assert (image.texts[0].language, image.texts[0].alt) == ("en", "A quiet harbour")
    assert (settings.uploads_dir / f"{image.name}-480.webp").is_file()


def test_same_picture_again_changes_nothing(session: Session, bring: Bring, photo: str) -> None:
    line = {"image": photo, "image_alt": "A quiet harbour"}
    bring(line)
    assert bring(line).counts == (0, 0, 1, 0)
    assert session.scalar(select(func.count()).select_from(Revision)) == 1


def test_other_words_for_a_picture_are_taken(session: Session, bring: Bring, photo: str) -> None:
    bring({"image": photo, "image_alt": "A quiet harbour"})
    assert bring({"image": photo, "image_alt": "Boats"}).counts == (0, 1, 0, 0)
    assert session.scalars(select(ImageText.alt)).all() == ["Boats"]


def test_stories_that_share_a_picture_have_each_its_own_words(
    session: Session, bring: Bring, photo: str
) -> None:
    lines = [{"story": name, "image": photo, "image_alt": name} for name in ("a", "b")]
    bring(*lines)
    images = [article.image for article in session.scalars(select(Article))]
    assert {image.texts[0].alt for image in images if image} == {"a", "b"}
    assert len({image.name for image in images if image}) == 1
    assert bring(*lines).counts == (0, 0, 2, 0)


def test_revision_keeps_the_words_of_the_picture(
    session: Session, bring: Bring, photo: str
) -> None:
    bring({"image": photo, "image_alt": "A quiet harbour"})
    bring({"image": photo, "image_alt": "Boats"})
    alts = session.scalars(select(Revision.image_alt).order_by(Revision.id)).all()
    assert alts == ["A quiet harbour", "Boats"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("photos/none.jpg", "image 'photos/none.jpg' cannot be read: No such file or directory"),
        ("photos", "image 'photos' cannot be read: Is a directory"),
        ("../secret.jpg", "image '../secret.jpg' is outside the folder of the file"),
        ("/etc/passwd", "image '/etc/passwd' is outside the folder of the file"),
        (
            "http://a.example/b.jpg",
            "image 'http://a.example/b.jpg' cannot be read: No such file or directory",
        ),
        ("broken.jpg", "image 'broken.jpg': the picture is damaged"),
        ("words.jpg", "image 'words.jpg': it is not a JPEG, PNG, WebP or AVIF picture"),
    ],
)
def test_edition_goes_in_without_a_bad_picture(
    session: Session, bring: Bring, photo: str, tmp_path: Path, path: str, reason: str
) -> None:
    (tmp_path / "broken.jpg").write_bytes((tmp_path / photo).read_bytes()[:500])
    (tmp_path / "words.jpg").write_text("words")
    result = bring({"image": path})
    assert result.faults == [(1, reason)]
    assert result.counts == (1, 0, 0, 1)
    assert session.scalars(select(Edition)).one().article.image is None


def test_exported_picture_keeps_its_name(
    session: Session, bring: Bring, settings: Settings, photo: str, tmp_path: Path
) -> None:
    bring({"image": photo})
    name = session.scalars(select(Image.name)).one()
    for file in settings.uploads_dir.iterdir():
        file.rename(tmp_path / file.name)
    bring({"images": [f"{name}-600.webp"]})
    assert session.scalars(select(Image.name)).all() == [name]
    assert (settings.uploads_dir / f"{name}-480.webp").is_file()
