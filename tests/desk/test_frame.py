"""What the languages of a story share, changed by several editors at once."""

from html import unescape

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from caliber_site.models import Article, Edition, Editor, ImageText, Role, Section, Status
from tests.desk.conftest import HIDDEN, Desk, Open, Typed, typed_as
from tests.factories import make_edition, make_image, make_section


@pytest.fixture
def english(session: Session) -> Edition:
    image = make_image(session, "The old picture")
    return make_edition(session, title="As it was", status=Status.DRAFT, image=image)


@pytest.fixture
def russian(session: Session, english: Edition) -> Edition:
    return make_edition(session, "ru", "Как было", article=english.article, status=Status.DRAFT)


class Tab:
    """A form that was opened, to be handed in later with what it held and some changes."""

    def __init__(self, desk: Desk, edition: Edition) -> None:
        self.desk, self.path = desk, f"/edit/{edition.id}"
        words = {"alt": "The old picture", "credit": "Drawing"}
        self.held = desk.form(self.path) | typed_as(edition) | words

    def save(self, **changes: str) -> TestResponse:
        self.held |= changes
        answer = self.desk.send(self.path, self.held)
        self.held |= {name: unescape(value) for name, value in HIDDEN.findall(answer.text)}
        return answer


def fresh(session: Session, english: Edition) -> Article:
    session.rollback()
    session.expire_all()
    return english.article


def uploaded(session: Session, desk: Desk, alt: str = "") -> str:
    editor = session.get_one(Editor, desk.editor.id)
    image = make_image(session, alt, owner=editor, languages=("en",) if alt else ())
    return str(image.id)


@pytest.fixture
def sport(session: Session) -> Section:
    return make_section(session, "sport")


def test_translators_do_not_undo_each_others_section_and_picture(
    open_desk: Open, session: Session, english: Edition, russian: Edition, sport: Section
) -> None:
    theirs, mine = Tab(open_desk(), english), Tab(open_desk(), russian)
    new = uploaded(session, theirs.desk)
    assert theirs.save(section=str(sport.id), image=new, alt="New").status_code == 303
    assert mine.save(title="Стало").status_code == 303
    article = fresh(session, english)
    assert (article.section_id, str(article.image_id)) == (sport.id, new)
    assert russian.title == "Стало"


def test_words_of_the_old_picture_are_not_said_of_the_new_one(
    open_desk: Open, session: Session, english: Edition, russian: Edition
) -> None:
    theirs, mine = Tab(open_desk(), english), Tab(open_desk(), russian)
    new = uploaded(session, theirs.desk)
    theirs.save(image=new, alt="New")
    mine.save(title="Стало")
    fresh(session, english)
    assert session.get(ImageText, (int(new), "ru")) is None


def test_section_that_two_have_changed_is_a_conflict(
    open_desk: Open, session: Session, english: Edition, russian: Edition, sport: Section
) -> None:
    world = make_section(session, "world")
    theirs, mine = Tab(open_desk(), english), Tab(open_desk(), russian)
    theirs.save(section=str(sport.id))
    answer = mine.save(section=str(world.id), title="Typed for an hour")
    assert answer.status_code == 409
    assert 'moved this story to “<span lang="ru">sport Русский</span>”' in answer.text
    assert "Typed for an hour" in answer.text
    assert f'<option selected value="{world.id}">' in answer.text
    assert fresh(session, english).section_id == sport.id
    assert russian.title == "Как было"
    assert mine.save().status_code == 303
    assert fresh(session, english).section_id == world.id
    assert russian.title == "Typed for an hour"


def test_same_section_from_two_is_no_conflict(
    open_desk: Open, session: Session, english: Edition, russian: Edition, sport: Section
) -> None:
    theirs, mine = Tab(open_desk(), english), Tab(open_desk(), russian)
    assert theirs.save(section=str(sport.id)).status_code == 303
    assert mine.save(section=str(sport.id), title="Стало").status_code == 303


def test_picture_that_two_have_changed_is_a_conflict(
    open_desk: Open, session: Session, english: Edition, russian: Edition
) -> None:
    theirs, mine = Tab(open_desk(), english), Tab(open_desk(), russian)
    of_first, of_second = uploaded(session, theirs.desk), uploaded(session, mine.desk)
    theirs.save(image=of_first, alt="Theirs")
    answer = mine.save(image=of_second, alt="Mine")
    assert answer.status_code == 409
    assert 'id="picture-error"' in answer.text
    assert "The picture that is saved now" in answer.text
    assert str(fresh(session, english).image_id) == of_first
    assert mine.save().status_code == 303
    assert str(fresh(session, english).image_id) == of_second
    assert session.get_one(ImageText, (int(of_second), "ru")).alt == "Mine"


def test_removed_picture_is_not_put_back(
    open_desk: Open, session: Session, english: Edition, russian: Edition
) -> None:
    theirs, mine = Tab(open_desk(), english), Tab(open_desk(), russian)
    theirs.save(remove_picture="y")
    mine.save(title="Стало")
    assert fresh(session, english).image_id is None


def test_new_words_for_a_picture_that_is_gone_are_not_lost(
    open_desk: Open, session: Session, english: Edition, russian: Edition
) -> None:
    theirs, mine = Tab(open_desk(), english), Tab(open_desk(), russian)
    new = uploaded(session, theirs.desk)
    theirs.save(image=new, alt="New")
    answer = mine.save(alt="Слова о прежнем")
    assert answer.status_code == 409
    assert 'id="alt-error"' in answer.text
    assert "Слова о прежнем" in answer.text
    assert mine.save(alt="Слова о новом").status_code == 303
    assert str(fresh(session, english).image_id) == new
    assert session.get_one(ImageText, (int(new), "ru")).alt == "Слова о новом"


def test_conflict_of_texts_shows_their_section_and_picture(
    open_desk: Open, session: Session, english: Edition, sport: Section
) -> None:
    theirs, mine = Tab(open_desk(), english), Tab(open_desk(), english)
    new = uploaded(session, theirs.desk)
    theirs.save(section=str(sport.id), image=new, alt="New", title="Theirs")
    answer = mine.save(title="Mine")
    assert answer.status_code == 409
    assert f'<option selected value="{sport.id}">' in answer.text
    assert 'value="New"' in answer.text
    mine.held["alt"] = "New"
    mine.held["section"] = str(sport.id)
    assert mine.save().status_code == 303
    article = fresh(session, english)
    assert (english.title, article.section_id, str(article.image_id)) == ("Mine", sport.id, new)


def test_new_version_can_be_in_conflict_too(
    open_desk: Open, session: Session, english: Edition, sport: Section, typed: Typed
) -> None:
    second = open_desk()
    path = f"/edit/new?story={english.article.story}&language=ru"
    held = second.form(path) | typed | {"language": "ru", "alt": "Старое"}
    Tab(open_desk(), english).save(section=str(sport.id))
    world = str(make_section(session, "world").id)
    answer = second.send("/edit/new", held | {"section": world, "title": "Новое"})
    assert answer.status_code == 409
    assert "Новое" in answer.text


def test_author_of_a_public_story_follows_its_frame(
    open_desk: Open, session: Session, english: Edition, sport: Section
) -> None:
    author = open_desk(role=Role.AUTHOR)
    english.article.owner_id, english.status = author.editor.id, Status.PUBLISHED
    session.commit()
    russian = make_edition(session, "ru", "Как было", article=english.article, status=Status.DRAFT)
    first = open_desk()
    mine = Tab(author, russian)
    new = uploaded(session, first)
    Tab(first, english).save(section=str(sport.id), image=new, alt="New")
    assert mine.save(title="Стало").status_code == 303
    article = fresh(session, english)
    assert (article.section_id, str(article.image_id)) == (sport.id, new)
    assert session.get(ImageText, (int(new), "ru")) is None
