import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from caliber_site import bundles
from caliber_site.bundles import BUNDLES, fingerprint, is_named_by_content, read_static
from caliber_site.resources import STATIC, TEMPLATES

STYLES = [name for name in BUNDLES if name.endswith(".css")]
SCRIPTS = [name for name in BUNDLES if name.endswith(".js")]
STRING = re.compile(r'"[^"]*"')


def parts_of(name: str) -> str:
    return "".join((STATIC / part).read_text() for part in BUNDLES[name])


@pytest.mark.parametrize("name", BUNDLES)
def test_bundle_is_sent_as_what_it_is_and_kept_for_a_year(client: FlaskClient, name: str) -> None:
    address = f"/static/{name}?v={fingerprint(name)}"
    answer = client.get(address, headers={"Accept-Encoding": "identity"})
    assert answer.data == read_static(name)
    assert answer.mimetype == ("text/css" if name in STYLES else "text/javascript")
    assert answer.cache_control.immutable


@pytest.mark.parametrize("query", ["", "?v=", "?v=1", "?v={}&v=1", "?w=1&v={}"])
def test_file_that_is_asked_for_by_another_version_is_not_kept_for_it(
    client: FlaskClient, query: str
) -> None:
    name = "pages/base.css"
    answer = client.get(f"/static/{name}{query.format(fingerprint(name))}")
    assert answer.data == read_static(name)
    assert answer.headers["Cache-Control"] == "no-cache"


def test_file_has_another_name_when_it_has_been_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "STATIC", tmp_path)
    file = tmp_path / "icon.svg"
    file.write_text("<svg>old</svg>")
    old = f"v={fingerprint(file.name)}"
    assert is_named_by_content(file.name, old)
    file.write_text("<svg>another</svg>")
    assert not is_named_by_content(file.name, old)


def test_file_that_has_gone_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = f"v={fingerprint('icon.svg')}"
    monkeypatch.setattr(bundles, "STATIC", tmp_path)
    assert not is_named_by_content("icon.svg", query)


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "/etc/hostname", "", ".", "css", "css/no.css"]
)
def test_what_is_no_static_file_has_no_name(name: str) -> None:
    assert not is_named_by_content(name, "v=1")


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
