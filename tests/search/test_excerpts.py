"""Marks show the text as it was written, and only as text."""

from caliber_site.languages import ARMENIAN, RUSSIAN, Language
from caliber_site.models import now
from caliber_site.search.excerpts import EXCERPT_LENGTH, cut_excerpt, mark
from caliber_site.search.query import Query, Words


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
    excerpt = cut_excerpt(text, words("лорва озеро"))
    assert "<mark>озеро</mark> <mark>Лорва</mark>" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt.striptags()) <= EXCERPT_LENGTH + 10


def test_excerpt_without_the_words_is_the_beginning() -> None:
    assert cut_excerpt("Тихий день", words("лорва")) == "Тихий день"


def test_mark_covers_the_word_as_it_is_written() -> None:
    assert mark("Над Ерева́ном.", words("ереван")) == "Над <mark>Ерева́ном</mark>."


def test_parts_of_a_word_that_is_written_together_are_one_mark() -> None:
    assert mark("Санкт-Петербург", words("санкт петербург")) == "<mark>Санкт-Петербург</mark>"
    assert mark("лето, зима", words("лето зима")) == "<mark>лето</mark>, <mark>зима</mark>"
