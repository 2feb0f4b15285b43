import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site import create_app
from caliber_site.extensions import db
from caliber_site.models import (
    AuthorName,
    Edition,
    OldSlug,
    SectionName,
    Status,
    TagName,
    change_slug,
)
from tests.conftest import make_settings
from tests.factories import make_edition, make_image


@pytest.fixture
def empty(tmp_path: Path, empty_data: Path) -> Iterator[Flask]:
    shutil.copytree(empty_data, tmp_path / "empty")
    app = create_app(make_settings(tmp_path / "empty"))
    yield app
    with app.app_context():
        db.engine.dispose()


def run(app: Flask, *arguments: object) -> str:
    result = app.test_cli_runner().invoke(args=["articles", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


def list_files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("name", ["site.jsonl", "site.jsonl.gz"])
def test_export_import_export_gives_the_same_bytes(
    demo: Flask, app: Flask, tmp_path: Path, name: str
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    run(demo, "export", first / name)
    run(app, "import", first / name)
    run(app, "export", second / name)
    files = list_files(first)
    assert len(files) > 10
    assert list_files(second) == files


def test_import_of_an_export_changes_nothing_here(demo: Flask, tmp_path: Path) -> None:
    run(demo, "export", tmp_path / "site.jsonl")
    assert ", 0 updated," in run(demo, "import", tmp_path / "site.jsonl")


def test_other_site_has_the_same_names_and_addresses(
    demo: Flask, app: Flask, tmp_path: Path
) -> None:
    run(demo, "export", tmp_path / "site.jsonl")
    run(app, "import", tmp_path / "site.jsonl")
    sites = []
    for site in (demo, app):
        with site.app_context():
            sites.append(
                [
                    set(map(tuple, db.session.execute(select(Edition.language, Edition.slug)))),
                    set(db.session.scalars(select(AuthorName.name))),
                    set(db.session.scalars(select(TagName.name))),
                    set(
                        map(
                            tuple,
                            db.session.execute(
                                select(SectionName.language, SectionName.name, SectionName.position)
                            ),
                        )
                    ),
                ]
            )
    assert sites[0] == sites[1]


def export(app: Flask, folder: Path) -> list[dict[str, object]]:
    run(app, "export", folder / "out.jsonl")
    return [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]


def test_language_is_the_label(app: Flask, session: Session, tmp_path: Path) -> None:
    make_edition(session, "hy", "Օր")
    assert export(app, tmp_path)[0]["language"] == "arm"


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_exported(
    app: Flask, session: Session, tmp_path: Path, status: Status
) -> None:
    make_edition(session, status=status)
    assert export(app, tmp_path)[0]["status"] == status


def test_old_slugs_survive(app: Flask, empty: Flask, session: Session, tmp_path: Path) -> None:
    edition = make_edition(session, slug="first")
    change_slug(session, edition, "second")
    session.commit()
    export(app, tmp_path)
    run(empty, "import", tmp_path / "out.jsonl")
    with empty.app_context():
        slugs = db.session.scalars(select(OldSlug.slug)).all()
    assert slugs == ["first"]


@pytest.mark.parametrize("title", ["Use <b> & </b> well", "Say &amp; mean it", "2 < 3", "A\xa0day"])
def test_title_that_looks_like_html_survives(
    app: Flask, empty: Flask, session: Session, tmp_path: Path, title: str
) -> None:
    make_edition(session, title=title)
    export(app, tmp_path)
    run(empty, "import", tmp_path / "out.jsonl")
    with empty.app_context():
        titles = db.session.scalars(select(Edition.title)).all()
    assert titles == [title]


def test_lost_picture_is_left_out(app: Flask, session: Session, tmp_path: Path) -> None:
    make_edition(session, image=make_image(session))
    assert "image" not in export(app, tmp_path)[0]
