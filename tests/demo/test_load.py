from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from caliber_site.demo.content import read_stories, read_tables
from caliber_site.demo.load import load
from caliber_site.extensions import db
from caliber_site.languages import BY_LABEL, LANGUAGES, Language
from caliber_site.models import (
    Banner,
    BannerText,
    ChangeNumber,
    Edition,
    Image,
    Revision,
    Tag,
    TagName,
    View,
    now,
)
from caliber_site.news.popular import DAY, WEEK, load_popular
from caliber_site.reading import reading


def rows(app: Flask) -> dict[str, int]:
    with app.app_context():
        kinds = (Banner, ChangeNumber, Edition, Image, Revision, Tag, View)
        return {
            kind.__tablename__: db.session.scalar(select(func.count()).select_from(kind)) or 0
            for kind in kinds
        }


def load_again(app: Flask) -> set[int]:
    with app.app_context():
        return load(db.session, app.config["CALIBER"].uploads_dir)


def test_every_story_is_there_in_its_languages(demo: Flask) -> None:
    wanted = sum(len(story.editions) for story in read_stories())
    assert rows(demo)["edition"] == wanted


def test_second_load_changes_nothing(demo: Flask) -> None:
    before = rows(demo)
    files = {path.name for path in demo.config["CALIBER"].uploads_dir.iterdir()}
    assert load_again(demo) == set()
    assert rows(demo) == before
    assert {path.name for path in demo.config["CALIBER"].uploads_dir.iterdir()} == files


def test_second_load_leaves_the_desk_s_work_alone(demo: Flask) -> None:
    with demo.app_context():
        edition = db.session.scalars(select(Edition).limit(1)).one()
        edition.title = "Rewritten at the desk"
        db.session.commit()
    load_again(demo)
    with demo.app_context():
        titles = set(db.session.scalars(select(Edition.title)))
    assert "Rewritten at the desk" in titles


def test_deleted_edition_is_loaded_again(demo: Flask) -> None:
    with demo.app_context():
        gone = db.session.scalars(select(Edition).limit(1)).one()
        db.session.delete(gone)
        db.session.commit()
    assert len(load_again(demo)) == 1


def test_stories_are_as_old_as_they_say(demo: Flask) -> None:
    youngest = min(story.hours_ago for story in read_stories())
    with demo.app_context():
        published_at = db.session.scalars(select(func.max(Edition.published_at))).one()
    assert published_at
    age = now() - published_at
    assert timedelta(hours=youngest) <= age < timedelta(hours=youngest + 1)


def test_each_edition_has_a_revision_and_a_change_number(demo: Flask) -> None:
    with demo.app_context():
        changes = sorted(db.session.scalars(select(Edition.change)))
    assert changes == list(range(1, len(changes) + 1))
    assert rows(demo)["revision"] == len(changes)


def test_no_key_is_left_in_a_body(demo: Flask) -> None:
    with demo.app_context():
        bodies = " ".join(db.session.scalars(select(Edition.body)))
    assert "story:" not in bodies
    assert "picture:" not in bodies
    assert 'href="/en/post/' in bodies
    assert 'href="/arm/post/' in bodies
    assert '-960.webp" width="960" height=' in bodies


@pytest.mark.parametrize("label", BY_LABEL)
def test_links_and_pictures_of_bodies_answer(demo: Flask, label: str) -> None:
    with demo.app_context():
        bodies = db.session.scalars(
            select(Edition.body).where(Edition.language == BY_LABEL[label].tag)
        ).all()
    paths = {
        part.partition('"')[0]
        for body in bodies
        for attribute in ('href="', 'src="')
        for part in body.split(attribute)[1:]
    }
    client = demo.test_client()
    assert paths
    for path in paths:
        with client.get(path) as answer:
            assert answer.status_code == 200, path


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
@pytest.mark.parametrize("span", [DAY, WEEK])
def test_something_is_most_read(demo: Flask, language: Language, span: timedelta) -> None:
    with demo.app_context(), reading(db.engine) as read:
        assert len(load_popular(read, language, now(), span)) >= 4


def test_views_add_up_to_what_the_story_says(demo: Flask) -> None:
    said = sum(e["views"] for story in read_stories() for e in story.editions.values())
    with demo.app_context():
        imported = db.session.scalars(select(func.sum(Edition.imported_views))).one()
        counted = db.session.scalars(select(func.sum(View.count))).one()
    assert imported + counted == said


def test_banners_speak_every_language_and_lead_there(demo: Flask) -> None:
    with demo.app_context():
        texts = db.session.scalars(select(BannerText)).all()
        assert len(texts) == len(read_tables("banner")) * len(LANGUAGES)
        assert not [text for text in texts if "LANG" in text.url]
        assert {t.url for t in texts if t.language == "hy"} >= {"/arm/"}


def test_names_that_others_hold_are_used(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        db.session.add(Tag(slug="theirs", names=[TagName(language="en", name="Chess")]))
        db.session.commit()
        load(db.session, tmp_path)
        tagged = db.session.scalars(
            select(Edition.id).where(Edition.tags.any(Tag.slug == "theirs"))
        ).all()
    assert tagged


def test_command_tells_what_it_did(demo: Flask) -> None:
    result = demo.test_cli_runner().invoke(args=["demo", "load"])
    assert (result.exit_code, result.output) == (
        0,
        "0 demo editions and 0 synthetic ones added\n",
    )
