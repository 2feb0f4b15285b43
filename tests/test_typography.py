import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.languages import ARMENIAN, ENGLISH, LANGUAGES, RUSSIAN, Language
from caliber_site.models import Edition
from caliber_site.typography import set_quotes
from tests.factories import make_edition, make_section


@pytest.mark.parametrize(
    ("language", "straight", "set_"),
    [
        (ENGLISH, '"Yes," he said: "no"', "“Yes,” he said: “no”"),
        (RUSSIAN, 'Он сказал: "да", а не "нет".', "Он сказал: «да», а не «нет»."),
        (ARMENIAN, 'Նա ասաց՝ "այո" և լռեց', "Նա ասաց՝ «այո» և լռեց"),
        (ENGLISH, "'I was lucky': a survivor tells", "“I was lucky”: a survivor tells"),
        (ENGLISH, "PM says 'no' to the deal", "PM says “no” to the deal"),
        (ENGLISH, "\"He called it 'home',\" she said", "“He called it ‘home’,” she said"),
        (RUSSIAN, '"Завод "Салют" стоит", — сказал он', "«Завод „Салют“ стоит», — сказал он"),
        (RUSSIAN, '"Завод "Салют""', "«Завод „Салют“»"),
        (RUSSIAN, '""Салют" стоит"', "«„Салют“ стоит»"),
        (ARMENIAN, '"Գործարան "Սալյուտ""', "«Գործարան «Սալյուտ»»"),
        (RUSSIAN, '«Газета "Правда" пишет»', "«Газета „Правда“ пишет»"),
        (ENGLISH, '“The "big" one”', "“The ‘big’ one”"),
        (RUSSIAN, '"Москва"-"Сочи" ("Аврора")', "«Москва»-«Сочи» («Аврора»)"),
        (ARMENIAN, '"Արարատ"ը և "Արարատ"-ի տունը', "«Արարատ»ը և «Արարատ»-ի տունը"),
        (ARMENIAN, 'Ասաց՝"այո"', "Ասաց՝«այո»"),
        (ENGLISH, 'The "747" and the "12"', "The “747” and the “12”"),
        (ENGLISH, 'The ""big"" one, doubled by a table', "The “big” one, doubled by a table"),
        (ENGLISH, 'He said "it was a long…', "He said “it was a long…"),
        (ENGLISH, "\"He calls it 'home' and…", "“He calls it ‘home’ and…"),
    ],
)
def test_quotation_marks_are_those_of_the_language(
    language: Language, straight: str, set_: str
) -> None:
    assert set_quotes(straight, language) == set_
    assert set_quotes(set_, language) == set_


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.label)
@pytest.mark.parametrize(
    ("straight", "set_"),
    [
        ("They don't, she won't", "They don’t, she won’t"),
        ("The dogs' bowl and the miners' strike", "The dogs’ bowl and the miners’ strike"),
        ("Rock 'n' roll of the '90s", "Rock ’n’ roll of the ’90s"),
        ("Д'Артаньян", "Д’Артаньян"),
    ],
)
def test_apostrophe_is_no_quotation_mark(language: Language, straight: str, set_: str) -> None:
    assert set_quotes(straight, language) == set_


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.label)
@pytest.mark.parametrize(
    "text",
    [
        "",
        '"',
        "'",
        'A 5" pipe',
        "He is 6'2\" tall",
        '5" and 7" pipes',
        '"A 5" pipe" is there',
        'He said "yes and left',
        'He said yes" and left',
        'He said " yes " and left',
        'a"b"c',
        "«x “y",
        "“He said” ‘no’ – it’s so",
    ],
)
def test_what_has_no_partner_stays(language: Language, text: str) -> None:
    assert set_quotes(text, language) == text


def test_inches_do_not_keep_quotations_from_being_set() -> None:
    assert set_quotes('A 5" "big" screen', ENGLISH) == 'A 5" “big” screen'


@pytest.mark.parametrize(
    ("language", "title", "shown"),
    [
        (ENGLISH, 'The lake is "back"', "The lake is “back”"),
        (RUSSIAN, 'Озеро "Верана" вернулось', "Озеро «Верана» вернулось"),
        (ARMENIAN, '"Վերանա" լիճը վերադարձավ', "«Վերանա» լիճը վերադարձավ"),
    ],
)
def test_title_and_lead_are_shown_with_the_marks_of_the_language_and_stored_as_they_are(
    client: FlaskClient, session: Session, language: Language, title: str, shown: str
) -> None:
    make_section(session, "politics")
    edition = make_edition(session, language.tag, title, lead=f"{title}!", slug="lake")
    other = make_edition(session, language.tag, title, slug="other")
    for path in ("", "latest/", "section/politics/", f"post/{edition.slug}", f"post/{other.slug}"):
        page = client.get(f"/{language.label}/{path}").text
        assert shown in page
        for straight in (title, title.replace('"', "&#34;"), title.replace('"', "&quot;")):
            assert straight not in page
    page = client.get(f"/{language.label}/post/{edition.slug}").text
    assert f"<title>{shown} – Caliber</title>" in page
    assert f'<meta property="og:title" content="{shown}">' in page
    assert f'<meta name="description" content="{shown}!">' in page
    assert f"<h1>{shown}</h1>" in page
    assert f'<p class="lead">{shown}!</p>' in page
    session.expire_all()
    assert set(session.scalars(select(Edition.title))) == {title}
