import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from caliber_site.demo.synthetic import KEY, NEWEST, SPAN, add_synthetic
from caliber_site.demo.texts import write_text
from caliber_site.extensions import db
from caliber_site.languages import BY_TAG
from caliber_site.models import Article, Edition, Section, Tag, edition_tag
from caliber_site.text import clean_html, plain_text

COUNT = 120


@pytest.fixture
def filled(demo: Flask) -> Iterator[Flask]:
    with demo.app_context():
        add_synthetic(db.session, COUNT, lambda _: None)
        yield demo


def synthetic() -> list[Edition]:
    made = select(Edition).join(Article).where(Article.story.startswith(KEY))
    return list(db.session.scalars(made))


def fingerprint() -> list[tuple[object, ...]]:
    rows = db.session.execute(
        select(
            Article.story,
            Edition.language,
            Edition.slug,
            Edition.title,
            Edition.lead,
            Edition.body,
            Edition.published_at,
            Edition.imported_views,
            Section.slug,
        )
        .join(Article.editions)
        .join(Article.section)
        .where(Article.story.startswith(KEY))
        .order_by(Article.story, Edition.language)
    )
    return [tuple(row) for row in rows]


def test_each_language_has_a_third(filled: Flask) -> None:
    assert Counter(e.language for e in synthetic()) == dict.fromkeys(BY_TAG, COUNT / 3)


def test_again_nothing_is_added(filled: Flask) -> None:
    assert add_synthetic(db.session, COUNT, lambda _: None) == 0


def test_more_are_added_to_those_that_are_there(filled: Flask) -> None:
    assert add_synthetic(db.session, COUNT + 7, lambda _: None) == 7


def test_interrupted_run_is_finished(filled: Flask) -> None:
    for edition in synthetic()[::5]:
        db.session.delete(edition)
    db.session.commit()
    before = len(synthetic())
    assert add_synthetic(db.session, COUNT, lambda _: None) == COUNT - before


def test_same_number_gives_the_same_editions(demo: Flask) -> None:
    prints = []
    for _ in range(2):
        with demo.app_context():
            add_synthetic(db.session, 30, lambda _: None)
            prints.append(fingerprint())
            for article in db.session.scalars(select(Article).where(Article.story.startswith(KEY))):
                db.session.delete(article)
            db.session.commit()
    assert prints[0] == prints[1]
    assert len(prints[0]) == 30


def test_some_stories_are_in_several_languages(filled: Flask) -> None:
    sizes = Counter(Counter(e.article_id for e in synthetic()).values())
    assert set(sizes) == {1, 2, 3}


def test_times_are_spread_over_two_years(filled: Flask) -> None:
    times = [edition.published_at for edition in synthetic()]
    assert all(at and NEWEST - SPAN <= at <= NEWEST for at in times)
    assert len({at.year for at in times if at}) > 1


def test_change_numbers_are_all_different(filled: Flask) -> None:
    changes = list(db.session.scalars(select(Edition.change)))
    assert len(set(changes)) == len(changes)
    assert min(changes) == 1


def test_sections_authors_and_tags_are_used(filled: Flask) -> None:
    editions = synthetic()
    assert len({e.section_id for e in editions}) == 8
    assert len({e.author_id for e in editions}) > 10
    tags = select(func.count(edition_tag.c.tag_id.distinct()))
    assert (db.session.scalar(tags) or 0) > 20
    assert all(e.tags for e in editions)


def test_each_story_has_a_picture_of_its_own_with_words(filled: Flask) -> None:
    images = [edition.article.image for edition in synthetic()]
    assert all(image and image.texts for image in images)
    rows = select(func.count(Article.image_id.distinct())).where(Article.story.startswith(KEY))
    stories = select(func.count()).select_from(Article).where(Article.story.startswith(KEY))
    assert db.session.scalar(rows) == db.session.scalar(stories)


def test_every_tag_has_a_name_in_every_language(filled: Flask) -> None:
    assert all(len(tag.names) == len(BY_TAG) for tag in db.session.scalars(select(Tag)))


@pytest.mark.parametrize("tag", BY_TAG)
def test_texts_are_of_the_length_and_letters_of_news(tag: str) -> None:
    for number in range(50):
        text = write_text(tag, Random(number))  # noqa: S311
        words = len(plain_text(text.body).split())
        assert 5 <= len(text.title.split()) <= 12
        assert 150 <= words <= 700
        assert clean_html(text.body) == text.body
        letters = {c for c in plain_text(text.title + text.body) if c.isalpha()}
        assert all(unicodedata.name(c).startswith(BY_TAG[tag].script) for c in letters)


def test_words_are_as_unequal_as_in_news() -> None:
    texts = (plain_text(write_text("en", Random(n)).body) for n in range(100))  # noqa: S311
    counts = Counter(re.findall(r"\w+", " ".join(texts).lower())).most_common()
    assert counts[0][1] > 10 * counts[100][1]
    assert sum(1 for _, count in counts if count == 1) > len(counts) / 4


def test_command_builds_the_index(demo: Flask) -> None:
    runner = demo.test_cli_runner()
    result = runner.invoke(args=["demo", "load", "--editions", "30"])
    assert result.output == "0 demo editions and 30 synthetic ones added\n"
    assert runner.invoke(args=["search", "check"]).exit_code == 0
