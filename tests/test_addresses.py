"""Addresses in templates."""

from urllib.parse import parse_qs

import pytest
from flask import Flask, g, url_for
from flask.testing import FlaskClient

from caliber_site.assets import _find_around, address, in_query
from caliber_site.languages import ARMENIAN, RUSSIAN


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("news.front", {}),
        ("news.article", {"slug": "a-quiet-day"}),
        ("news.article", {"slug": "a quiet/day?"}),
        ("news.article", {"slug": "тихий-день"}),
        ("news.article", {"slug": "a-quiet-day", "page": 2}),
        ("news.article", {"slug": "a-quiet-day", "language": ARMENIAN}),
        ("news.section", {"slug": "politics", "unavailable": 1, "language": RUSSIAN}),
        ("news.latest", {"page": None}),
        ("search.search", {"q": "the-slug & more"}),
        ("qr", {"slug": "a-quiet-day"}),
    ],
)
def test_address_is_what_flask_says(app: Flask, endpoint: str, values: dict[str, object]) -> None:
    with app.test_request_context("/ru/"):
        g.language = RUSSIAN
        for _ in range(2):
            assert address(endpoint, **values) == url_for(endpoint, **values)  # type: ignore[arg-type]


def test_what_readers_type_is_not_kept(client: FlaskClient) -> None:
    client.get("/en/search?q=lake")
    kept = _find_around.cache_info().currsize
    client.get("/en/search?q=quite+other+words")
    assert _find_around.cache_info().currsize == kept


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Тихий день, 100% & more", "Тихий%20день%2C%20100%25%20%26%20more"),
        ("a+b=#c?", "a%2Bb%3D%23c%3F"),
        ("<\"'{|}`^[]>\n", "%3C%22%27%7B%7C%7D%60%5E%5B%5D%3E%0A"),
        ("https://paper.example/ru/post/lake-2_~.", "https%3A//paper.example/ru/post/lake-2_~."),
    ],
)
def test_text_in_a_query_is_read_as_it_was(text: str, written: str) -> None:
    assert in_query(text) == written
    assert parse_qs(f"text={written}") == {"text": [text]}
