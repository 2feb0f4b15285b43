"""Names that a query begins: sections, tags, authors."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from caliber_site.languages import BY_TAG
from caliber_site.models import Status, now
from caliber_site.search.found import load_begun
from caliber_site.search.names import pick_begun
from caliber_site.search.query import Query
from tests.factories import make_author, make_edition, make_section, make_tag

Complete = Callable[..., list[str]]


@pytest.fixture
def complete(session: Session) -> Complete:
    """Return the names that are offered for what has been typed."""

    def complete_names(text: str, language: str = "en", found: tuple[int, ...] = ()) -> list[str]:
        asked = Query(text, BY_TAG[language], now(), live=True)
        _, names = load_begun(session, asked, list(found))
        return [f"{name.kind} {name.name}" for name in pick_begun(names, asked.words)]

    return complete_names


def test_any_word_of_a_name_may_be_begun(session: Session, complete: Complete) -> None:
    make_section(session, "city", name="City life")
    edition = make_edition(
        session, author=make_author(session), tags=(make_tag(session, name="Old town"),)
    )
    assert complete("tel") == ["author Mira Tellan"]
    assert complete("mira tel") == ["author Mira Tellan"]
    assert complete("lif") == ["section City life"]
    assert complete("old tow") == ["tag Old town"]
    assert complete("tow", found=(edition.id,)) == ["tag Old town"]


def test_sections_come_first_then_tags_then_authors(session: Session, complete: Complete) -> None:
    section = make_section(session, "sea", name="Sea")
    make_edition(
        session,
        section=section.slug,
        tags=(make_tag(session, "seal", "Seals"),),
        author=make_author(session, "sean", "Sean Orv"),
    )
    assert complete("sea") == ["section Sea", "tag Seals", "author Sean Orv"]


def test_all_words_must_be_in_the_name(session: Session, complete: Complete) -> None:
    make_edition(session, author=make_author(session))
    assert complete("mira lake tel") == []


@pytest.mark.parametrize("text", ["ёлк", "елк", "ЕЛК", "ёлка новог", "ёлки "])
def test_russian_letters_and_endings_do_not_matter(
    session: Session, complete: Complete, text: str
) -> None:
    make_edition(session, "ru", tags=(make_tag(session, name="Ёлка новогодняя"),))
    assert complete(text, "ru") == ["tag Ёлка новогодняя"]


@pytest.mark.parametrize("text", ["երև", "երեվան", "ԵՐԵՎԱՆ", "երեւան", "Երևանի "])
def test_armenian_letters_and_endings_do_not_matter(
    session: Session, complete: Complete, text: str
) -> None:
    make_edition(session, "hy", tags=(make_tag(session, name="Երևան"),))
    assert complete(text, "hy") == ["tag Երևան"]


def test_tag_and_author_of_a_draft_are_not_given_away(session: Session, complete: Complete) -> None:
    make_edition(
        session,
        tags=(make_tag(session, name="Secret merger"),),
        author=make_author(session, "secret", "Secret Source"),
        status=Status.DRAFT,
    )
    assert complete("secr") == []


def test_tag_without_an_edition_in_the_language_is_left_out(
    session: Session, complete: Complete
) -> None:
    make_edition(session, "ru", tags=(make_tag(session, name="Lake"),))
    assert complete("lak") == []


def test_a_few_of_each_kind_are_offered_the_shortest_first(
    session: Session, complete: Complete
) -> None:
    tags = tuple(make_tag(session, f"lake-{n}", "Lake" + " shore" * n) for n in (3, 1, 2))
    make_edition(session, tags=tags)
    assert complete("lak") == ["tag Lake shore", "tag Lake shore shore"]


@pytest.mark.parametrize(
    "text", ["%", "_a", "a%", "/%", "l_ke", "lake -shore", '"lake shore"', "?", "е" * 500, "և" * 9]
)
def test_signs_of_the_database_are_plain_text(
    session: Session, complete: Complete, text: str
) -> None:
    make_edition(session, tags=(make_tag(session, name="Lake"),))
    assert complete(text) == []
