import re
import unicodedata
from html import unescape

import pytest

from caliber_site.demo.content import PICTURES, Story, read_stories, read_tables
from caliber_site.demo.links import list_links, list_pictures
from caliber_site.languages import BY_TAG
from caliber_site.text import clean_html

STORIES = read_stories()
KEYS = {(story.key, tag) for story in STORIES for tag in story.editions}
EACH = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)


def test_there_are_twelve_stories_and_more() -> None:
    assert len(STORIES) >= 12


def test_most_stories_are_in_every_language_and_some_are_not() -> None:
    languages = [len(story.editions) for story in STORIES]
    assert languages.count(3) > len(STORIES) / 2
    assert {1, 2} <= set(languages)


def test_there_are_eight_sections_each_with_stories_in_every_language() -> None:
    slugs = {table["slug"] for table in read_tables("section")}
    assert len(slugs) == 8
    for tag in BY_TAG:
        assert {story.section for story in STORIES if tag in story.editions} == slugs


@EACH
def test_links_lead_to_stories_in_the_same_language(story: Story) -> None:
    for tag, said in story.editions.items():
        assert {(key, tag) for key in list_links(said["body"])} <= KEYS


@EACH
def test_pictures_are_there_and_described(story: Story) -> None:
    for said in story.editions.values():
        stems = {story.picture, *list_pictures(said["body"])} - {""}
        assert all((PICTURES / f"{stem}.jpg").is_file() for stem in stems)
        assert not story.picture or said["picture_alt"]


@EACH
def test_authors_and_tags_are_known(story: Story) -> None:
    authors = {table["key"] for table in read_tables("author")}
    tags = {table["key"] for table in read_tables("tag")}
    for said in story.editions.values():
        assert said["author"] in authors
        assert set(said["tags"]) <= tags


@EACH
def test_bodies_hold_only_what_an_article_may_have(story: Story) -> None:
    for said in story.editions.values():
        body = re.sub(r' src="picture:[\w-]+"', ' src="/media/a-960.webp"', said["body"])
        body = re.sub(r' href="story:[\w-]+"', ' href="/"', body)
        assert re.findall(r"<\w+", clean_html(body)) == re.findall(r"<\w+", body)


@EACH
def test_letters_are_of_the_language(story: Story) -> None:
    for tag, said in story.editions.items():
        marked = re.sub(r"<span lang=.*?</span>", "", said["body"])
        texts = [said["title"], said["lead"], re.sub(r"<[^>]*>", "", marked)]
        letters = {c for c in unescape(" ".join(texts)) if c.isalpha()}
        strange = {c for c in letters if not unicodedata.name(c).startswith(BY_TAG[tag].script)}
        assert not strange
