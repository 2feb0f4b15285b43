"""Addresses in templates."""

import pytest
from flask import Flask, g, url_for
from flask.testing import FlaskClient

from caliber_site.assets import _find_around, address
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
