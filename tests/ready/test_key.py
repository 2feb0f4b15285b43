import pytest

from caliber_site.ready.key import is_page


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
