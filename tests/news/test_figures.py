import re

import pytest

from caliber_site.news.figures import offer_sizes
from caliber_site.text import clean_html

STORED = '<img src="/media/ab12-960.webp" alt="A &gt; B" width="960" height="640">'


def test_picture_is_offered_as_avif_first_in_the_sizes_that_are_there() -> None:
    avif, webp = re.findall(r' srcset="([^"]+)"', offer_sizes(STORED))
    assert re.findall(r"-(\d+)\.avif \1w", avif) == ["480", "720", "960"]
    assert re.findall(r"-(\d+)\.webp \1w", webp) == ["480", "960"]


def test_picture_keeps_its_words_and_loads_late() -> None:
    offered = offer_sizes(STORED)
    assert ' alt="A &gt; B" width="960" height="640"' in offered
    assert ' loading="lazy"' in offered


@pytest.mark.parametrize("words", ["A > B", "A <img src=x>", "&quot;A&quot; > B", "' src='x"])
def test_words_of_a_picture_break_out_of_nothing(words: str) -> None:
    cleaned = clean_html(f'<img alt="{words}" src="/media/ab12-960.webp"><p>After</p>')
    offered = offer_sizes(cleaned)
    assert offered.count("<picture><source") == 1
    assert clean_html(offered) == cleaned


def test_text_without_pictures_is_left_alone() -> None:
    text = '<p>See <a href="/media/ab12-960.webp">the picture</a>.</p>'
    assert offer_sizes(text) == text
