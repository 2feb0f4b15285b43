import pytest

from caliber_site.slugs import LONGEST, slugify
from caliber_site.text import clean_html, paragraphs, plain_text, spell_out_links


@pytest.mark.parametrize(
    ("markup", "clean"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ('<p onclick="x()" style="color:red" class="MsoNormal">a</p>', "<p>a</p>"),
        ("<b>a</b> <i>b</i>", "<strong>a</strong> <em>b</em>"),
        ("<h1>a</h1>", "<h2>a</h2>"),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="noopener">a</a>'),
        ("<p>&nbsp;</p><p>a</p>", "<p>a</p>"),
        ("a\x00b", "ab"),
    ],
)
def test_html_is_reduced_to_the_allow_list(markup: str, clean: str) -> None:
    assert clean_html(markup) == clean


@pytest.mark.parametrize(
    "src", ["https://elsewhere.example/x.jpg", "//x/y.webp", "/media/../x.webp", "data:image/png,x"]
)
def test_picture_from_elsewhere_is_dropped(src: str) -> None:
    assert clean_html(f'<p>a<img src="{src}" alt="x"></p>') == "<p>a</p>"


def test_picture_of_our_own_is_kept() -> None:
    markup = '<img src="/media/ab12-960.webp" alt="A lake">'
    assert clean_html(markup) == markup


def test_address_label_never_becomes_a_language_tag() -> None:
    assert clean_html('<span lang="arm">Հայ</span>') == '<span lang="hy">Հայ</span>'


def test_unknown_language_tag_is_dropped() -> None:
    assert clean_html('<span lang="xx">a</span>') == "<span>a</span>"


def test_plain_text_has_a_line_a_block() -> None:
    assert plain_text("<h2>A &amp; B</h2><p>c<br>d</p><ul><li>e</li></ul>") == "A & B\nc\nd\ne"


@pytest.mark.parametrize(
    ("markup", "spelt_out"),
    [
        ('<a href="/x?a=1&amp;b" lang="en">', ' data-print="https://n.example/x?a=1&amp;b"'),
        ('<a lang="en" href="/">', ' data-print="https://n.example/"'),
        ('<a href="//elsewhere.example/x">', ""),
        ('<a href="https://elsewhere.example/">', ""),
        ('<a href="mailto:a@b.example">', ""),
        ('<p>&lt;a href="/x"&gt; href="/x"</p>', ""),
    ],
)
def test_links_into_the_site_carry_their_whole_address(markup: str, spelt_out: str) -> None:
    printable = spell_out_links(markup, "https://n.example")
    assert printable.replace(spelt_out or "\0", "") == markup
    assert spelt_out in printable


def test_empty_lines_part_paragraphs() -> None:
    assert paragraphs("a < b\n\n\nc\nd") == "<p>a &lt; b</p>\n<p>c<br>d</p>"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("It’s late, “they” said: Café № 5", "its-late-they-said-cafe-no-5"),
        ("Новый съезд, ещё щука и объём", "novy-sezd-eshche-shchuka-i-obem"),
        ("Подъём льда", "podem-lda"),
        ("Երևանում որոշում են", "yerevanum-voroshum-en"),
        ("Ինչո՞ւ", "inchu"),
        ("ԵՐԵՎԱՆ և Եվրոպա", "yerevan-ev-yevropa"),
        ("💥", ""),
    ],
)
def test_slug_reads_as_the_language_sounds(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_long_slug_ends_with_a_whole_word() -> None:
    slug = slugify("wonderful " * 30)
    assert len(slug) <= LONGEST
    assert slug.endswith("wonderful")
