import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site import create_app
from caliber_site.extensions import db
from caliber_site.languages import BY_LABEL
from caliber_site.models import (
    Article,
    Author,
    AuthorName,
    Banner,
    BannerText,
    Edition,
    Image,
    OldSlug,
    Section,
    SectionName,
    Slot,
    Status,
    Tag,
    TagName,
    View,
    change_slug,
    now,
)
from caliber_site.models.banner import banner_section
from tests.conftest import make_settings
from tests.factories import (
    make_author,
    make_banner,
    make_edition,
    make_image,
    make_section,
    make_tag,
)


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


PLACES = {
    "en": ("/en/", "/en/latest/", "/en/section/culture/", "/en/section/weather/"),
    "ru": ("/ru/", "/ru/latest/", "/ru/section/culture/"),
    "arm": ("/arm/", "/arm/latest/", "/arm/section/culture/"),
}


@pytest.fixture
def furnished(demo: Flask) -> Flask:
    """The demo paper with what no edition leads to."""
    with demo.app_context():
        session = db.session
        make_section(session, "weather", languages=("en",))
        make_section(session, "nameless", languages=())
        make_author(session, "osip-varn", "Osip Varn")
        make_tag(session, "frost", "Frost")
        ended = make_banner(session, Slot.SIDE, "Yesterday's letter", languages=("ru",))
        ended.ends_at = now()
        make_banner(session, Slot.SIDE, "The evening letter")
        make_banner(session, Slot.SIDE, "The evening letter")
        session.commit()
    return demo


def describe(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Return all that readers can see of a site, without its ids but in their order."""
    with app.app_context():
        session = db.session
        article = select(Edition.id, Article.story).join(Article).subquery()
        statements = {
            "editions": select(
                article.c.story,
                Edition.language,
                Edition.slug,
                Edition.title,
                Edition.lead,
                Edition.body,
                Edition.status,
                Edition.published_at,
                Edition.updated_at,
                Edition.imported_views,
            )
            .join(article, article.c.id == Edition.id)
            .order_by(Edition.id),
            "views": select(Edition.language, Edition.slug, View.hour, View.count)
            .join(Edition, Edition.id == View.edition_id)
            .order_by(Edition.id, View.hour),
            "sections": select(
                Section.slug,
                SectionName.language,
                SectionName.name,
                SectionName.description,
                SectionName.position,
            )
            .outerjoin(SectionName)
            .order_by(Section.id, SectionName.language),
            "authors": select(Author.slug, AuthorName.language, AuthorName.name, AuthorName.bio)
            .outerjoin(AuthorName)
            .order_by(Author.id, AuthorName.language),
            "tags": select(Tag.slug, TagName.language, TagName.name)
            .outerjoin(TagName)
            .order_by(Tag.id, TagName.language),
            "banners": select(
                Banner.slot,
                Banner.starts_at,
                Banner.ends_at,
                Image.name,
                BannerText.language,
                BannerText.headline,
                BannerText.text,
                BannerText.url,
            )
            .join(BannerText)
            .outerjoin(Image, Image.id == Banner.image_id)
            .order_by(Banner.id, BannerText.language),
            "places of banners": select(Section.slug)
            .join(banner_section, banner_section.c.section_id == Section.id)
            .order_by(banner_section.c.banner_id, Section.slug),
        }
        return {what: list(map(tuple, session.execute(s))) for what, s in statements.items()}


def test_empty_site_becomes_the_same_site(furnished: Flask, app: Flask, tmp_path: Path) -> None:
    run(furnished, "export", tmp_path / "site.jsonl")
    run(app, "import", tmp_path / "site.jsonl")
    here, there = describe(furnished), describe(app)
    for what, rows in here.items():
        assert there[what] == rows, what
        assert rows, what


@pytest.mark.parametrize("database", ["sqlite"])  # takes long, and both tell the same
@pytest.mark.parametrize("label", PLACES)
def test_empty_site_shows_the_same_pages(
    furnished: Flask, app: Flask, tmp_path: Path, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(furnished, "export", tmp_path / "site.jsonl")
    run(app, "import", tmp_path / "site.jsonl")
    # Banners take turns by the hour, and what is read most goes by hours, too.
    moment = now()
    monkeypatch.setattr("caliber_site.news.pages.now", lambda: moment)
    with furnished.app_context():
        slugs = db.session.scalars(
            select(Edition.slug).where(Edition.language == BY_LABEL[label].tag)
        ).all()
    for path in (*PLACES[label], *(f"/{label}/post/{slug}" for slug in slugs)):
        here, there = furnished.test_client().get(path), app.test_client().get(path)
        assert here.status_code == 200
        assert forget_ids(there.text) == forget_ids(here.text), path


def forget_ids(page: str) -> str:
    """Take out the places that lists are continued from, which name an edition's id."""
    return re.sub(r"after=\d+-\d+", "after", page)


def test_every_line_is_an_edition(furnished: Flask, tmp_path: Path) -> None:
    for line in export(furnished, tmp_path):
        assert {"story", "language", "title", "body"} <= line.keys()


def test_import_of_an_export_adds_nothing_around_the_editions(
    furnished: Flask, tmp_path: Path
) -> None:
    before = describe(furnished)
    run(furnished, "export", tmp_path / "site.jsonl")
    run(furnished, "import", tmp_path / "site.jsonl")
    assert describe(furnished) == before


def test_what_is_there_is_left_alone(furnished: Flask, tmp_path: Path) -> None:
    run(furnished, "export", tmp_path / "site.jsonl")
    with furnished.app_context():
        for name in db.session.scalars(select(SectionName)):
            name.name, name.position = f"Our {name.name}", 99 - name.position
        for banner in db.session.scalars(select(Banner)):
            banner.ends_at = now()
        db.session.commit()
    before = describe(furnished)
    run(furnished, "import", tmp_path / "site.jsonl")
    assert describe(furnished) == before


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


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_edition_without_a_text_survives(
    app: Flask, empty: Flask, session: Session, tmp_path: Path, status: Status
) -> None:
    make_edition(session, status=status, body="")
    export(app, tmp_path)
    run(empty, "import", tmp_path / "out.jsonl")
    with empty.app_context():
        assert db.session.scalars(select(Edition.status)).all() == [status]


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
