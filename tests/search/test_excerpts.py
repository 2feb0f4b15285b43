"""Marks show the text as it was written, and only as text."""

import pytest

from caliber_site.languages import ARMENIAN, ENGLISH, RUSSIAN, Language
from caliber_site.models import now
from caliber_site.search.excerpts import EXCERPT_LENGTH, cut_excerpt, mark
from caliber_site.search.query import GAP, Query, Words
from caliber_site.settings import Settings
from tests.search.conftest import MakeIndex
from tests.search.documents import make_document, search


def words(text: str, language: Language = RUSSIAN, *, live: bool = False) -> Words:
    return Query(text, language, now(), live=live).words


def test_original_form_is_marked() -> None:
    assert mark("Над ЕРЕВАНОМ", words("ереван")) == "Над <mark>ЕРЕВАНОМ</mark>"


def test_armenian_sign_inside_a_word_is_kept_in_the_mark() -> None:
    marked = mark("Ինչո՞ւ այսօր", words("ինչու", ARMENIAN))
    assert marked == "<mark>Ինչո՞ւ</mark> այսօր"


def test_beginning_of_a_word_marks_the_word() -> None:
    assert mark("Ереван", words("ере", live=True)) == "<mark>Ереван</mark>"


def test_html_in_a_title_is_escaped() -> None:
    marked = mark("<b>Ереван</b> & <script>", words("ереван"))
    assert marked == "&lt;b&gt;<mark>Ереван</mark>&lt;/b&gt; &amp; &lt;script&gt;"


def test_excerpt_is_cut_where_the_words_are() -> None:
    text = "начало " * 200 + "озеро Лорва тихо " + "конец " * 200
    excerpt = cut_excerpt("", "", text, words("лорва озеро"))
    assert "<mark>озеро</mark> <mark>Лорва</mark>" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt.striptags()) <= EXCERPT_LENGTH + 10


def test_excerpt_without_the_words_is_the_beginning() -> None:
    assert cut_excerpt("", "", "Тихий день", words("лорва")) == "Тихий день"


def test_mark_covers_the_word_as_it_is_written() -> None:
    assert mark("Над Ерева́ном.", words("ереван")) == "Над <mark>Ерева́ном</mark>."


def test_parts_of_a_word_that_is_written_together_are_one_mark() -> None:
    assert mark("Санкт-Петербург", words("санкт петербург")) == "<mark>Санкт-Петербург</mark>"
    assert mark("лето, зима", words("лето зима")) == "<mark>лето</mark>, <mark>зима</mark>"


DEMO = [
    ("It was quiet", "In the old harbour of Lorva", "A storm came. " * 60 + "Harbours are old."),
    ("Old harbour", "", "Nothing else. " * 40 + "The harbour-master, 1 000 years old, slept. Old!"),
    ("Numbers", "It was  quiet", "There were 10\n000 ships, 1\u00a0000 sails in the harbour"),
    ("Much", "", "Harbour and sea. " * 70 + "The old one in the harbour of Lorva"),
    ("Lights", "A lead of its own", "The harbour " + "is asleep now and " * 70 + "old oldest old"),
]


LONG = "quiet lights storm came nothing else harbour master slept asleep oldest lorva"


@pytest.mark.parametrize(
    "text", ["harbour", "old harbour", "oldest harbours -sea", '"old harbour"', LONG]
)
def test_places_that_the_index_knows_give_the_same_excerpt(
    make_any_index: MakeIndex, settings: Settings, text: str
) -> None:
    editions = [
        make_document(number, title, body, lead=lead, tags="Harbour", author="Old Harbour")
        for number, (title, lead, body) in enumerate(DEMO)
    ]
    hits = search(make_any_index(editions), text).hits
    asked = words(text, ENGLISH)
    assert hits
    for hit in hits:
        assert (hit.places is None) == (settings.search_engine == "postgres")
        parts = DEMO[hit.edition_id]
        assert cut_excerpt(*parts, asked, hit.places) == cut_excerpt(*parts, asked)


@pytest.mark.parametrize("database", ["sqlite"])
def test_index_knows_the_places(make_any_index: MakeIndex) -> None:
    index = make_any_index([make_document(1, "Old harbour", "The harbour", lead="Of the harbour")])
    (hit,) = search(index, "harbour").hits
    assert list(hit.places or ()) == [1, 2 + GAP + 2, 2 + GAP + 3 + GAP + 1]


def test_text_that_has_changed_since_it_was_indexed_is_read_whole() -> None:
    for place in (0, 9):
        places = [1 + GAP + GAP + place]
        excerpt = cut_excerpt("Day", "", "Новое: тихое озеро", words("озеро"), places)
        assert excerpt == "Новое: тихое <mark>озеро</mark>"
