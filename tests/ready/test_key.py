import pytest

from caliber_site.bundles import fingerprint
from caliber_site.ready.key import is_page, key_of


@pytest.mark.parametrize(
    ("method", "path", "query", "expected"),
    [
        ("GET", "/en/", "", True),
        ("HEAD", "/arm/post/a-story", "", True),
        ("GET", "/ru/section/culture/", "page=2", True),
        ("GET", "/en/search", "q=lake", False),
        ("GET", "/desk/", "", False),
        ("POST", "/en/post/a-story/views", "", False),
        ("GET", "/static/js/theme.js", "v=1", False),
    ],
)
def test_pages_are_what_readers_share(method: str, path: str, query: str, expected: bool) -> None:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
    assert is_page(environ) is expected


FONT = "vendor/source-serif-4/source-serif-4-cyrillic-400-700.woff2"


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("icon.svg", f"v={fingerprint('icon.svg')}", True),
        (FONT, "", True),
        ("icon.svg", "", False),
        ("icon.svg", "v=1", False),
        ("icon.svg", f"v={fingerprint('icon.svg')}&w=1", False),
        (FONT, "w=1", False),
        ("no.svg", "v=1", False),
    ],
)
def test_file_is_kept_under_the_one_address_that_names_its_content(
    name: str, query: str, expected: bool
) -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": f"/static/{name}", "QUERY_STRING": query}
    assert (key_of(environ) is not None) is expected
