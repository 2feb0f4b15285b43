import pytest

from caliber_site.desk.lookalikes import find_mixed, mark_strange
from caliber_site.desk.markup import is_html, read_body, read_line

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p {color: red}</style></head><body>
<p class=MsoNormal style='margin:0cm'><b><span lang=RU style='font-size:14.0pt'>Bold
</span></b><span style='mso-fareast-language:RU'>, plain<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p></body></html>"""
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">
<p dir="ltr" style="line-height:1.38"><span style="font-size:11pt">Plain</span></p><br /></b>"""

SPANS = '<p><span lang="hy">Այո</span> a <span lang="ru">б</span></p>'


def test_text_with_a_block_is_html() -> None:
    assert is_html("<P>x</P>")
    assert not is_html("An *accent* and <em>another</em>")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("   \r\n ", ""),
        ("One\r\n\r\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("[a](https://a.example)", '<p><a href="https://a.example" rel="noopener">a</a></p>'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("| a |\n| - |\n| 1 |", None),
        ("<p>A</p><p></p><p><br></p><p>B</p>", "<p>A</p>\n<p>B</p>"),
        ("<p>A&nbsp;b</p>", "<p>A&nbsp;b</p>"),
        ("<h1>A</h1><p><b>b</b> <i>i</i></p>", None),
        (WORD, "<p><strong>Bold\n</strong>, plain</p>"),
        (DOCS, "<p>Plain</p>"),
        ('<p><span lang="hy">Այո</span> <span>a <span lang="ru">б</span></span></p>', SPANS),
    ],
)
def test_what_is_typed_is_stored_clean(typed: str, stored: str | None) -> None:
    body = read_body(typed)
    assert stored is None or body == stored
    assert read_body(body) == body
    for dirt in ("style", "class", "Mso", "o:p", "<span>", "<b>", "<h1>", "docs-internal"):
        assert dirt not in body


def test_markdown_table_is_a_table() -> None:
    assert "<table>" in read_body("| a |\n| - |\n| 1 |")


def test_what_the_widget_does_not_know_is_left_alone() -> None:
    stored = (
        '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td colspan="2">1</td>'
        "</tr></tbody></table>\n"
        '<p><time datetime="2026-09-28">28.9.</time> <em lang="ru">Да</em></p>'
    )
    assert read_body(stored) == stored


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  A \r\n quiet\tday ", "A quiet day"),
        ("<b>Bold</b> title", "Bold title"),
        ("<scr<b>ipt>alert(1)</scr</b>ipt>", "alert(1)"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        ("Tom & Jerry", "Tom & Jerry"),
        ("nul\x00 and \u202eback", "nul and back"),
        (None, ""),
    ],
)
def test_line_is_plain_text(typed: str | None, line: str) -> None:
    assert read_line(typed) == line


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Москвa и Берлин", ["Москвa"]),
        ("Eреван", ["Eреван"]),
        ("YouTube-канал, IT-рынок, Հայաստան и Armenia", []),
        ("Հայաստaն", ["Հայաստaն"]),
        ("Café naïve й ё", []),
        ("COVID-19, 5G, №1", []),
    ],
)
def test_words_of_mixed_scripts_are_found(text: str, mixed: list[str]) -> None:
    assert find_mixed(text) == mixed


def test_rarer_script_is_the_strange_one() -> None:
    assert mark_strange("Mосква")[:2] == [("M", True), ("о", False)]
