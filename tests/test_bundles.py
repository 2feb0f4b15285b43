import re

import pytest
from flask.testing import FlaskClient

from caliber_site.bundles import BUNDLES, read_static
from caliber_site.resources import STATIC, TEMPLATES

STYLES = [name for name in BUNDLES if name.endswith(".css")]
SCRIPTS = [name for name in BUNDLES if name.endswith(".js")]
STRING = re.compile(r'"[^"]*"')


def parts_of(name: str) -> str:
    return "".join((STATIC / part).read_text() for part in BUNDLES[name])


@pytest.mark.parametrize("name", BUNDLES)
def test_bundle_is_sent_as_what_it_is_and_kept_for_a_year(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/static/{name}?v=1", headers={"Accept-Encoding": "identity"})
    assert answer.data == read_static(name)
    assert answer.mimetype == ("text/css" if name in STYLES else "text/javascript")
    assert answer.cache_control.immutable


@pytest.mark.parametrize("name", BUNDLES)
def test_some_page_asks_for_every_bundle(name: str) -> None:
    templates = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    assert f"asset('{name}')" in templates


@pytest.mark.parametrize("name", STYLES)
def test_style_sheet_loses_only_comments_and_space(name: str) -> None:
    def bare(sheet: str) -> str:
        return re.sub(r"/\*.*?\*/|\s", "", sheet, flags=re.DOTALL).replace(";}", "}")

    joined = read_static(name).decode()
    assert bare(joined) == bare(parts_of(name))
    assert len(joined) < 0.8 * len(parts_of(name))


@pytest.mark.parametrize("name", STYLES)
def test_strings_of_style_sheets_stay(name: str) -> None:
    commentless = re.sub(r"/\*.*?\*/", "", parts_of(name), flags=re.DOTALL)
    assert STRING.findall(read_static(name).decode()) == STRING.findall(commentless)


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_of_a_bundle_has_a_block_of_its_own(name: str) -> None:
    joined = read_static(name).decode()
    assert joined.count("{\n//") == len(BUNDLES[name])
    assert re.search(r"^(import|export) ", joined, re.MULTILINE) is None


def test_page_asks_for_two_style_sheets(client: FlaskClient) -> None:
    page = client.get("/en/").text
    assert re.findall(r'rel="stylesheet" href="/static/([^?]+)', page) == [
        "pages/base.css",
        "pages/front.css",
    ]
