"""Fragments: with ready pages and without, templates print the same."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site import create_app
from caliber_site.settings import Settings
from tests.factories import make_edition

BRACES = "{link} and {title}"


@pytest.fixture(params=[0, 1], ids=["unkept", "kept"])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings.model_copy(update={"page_cache": request.param})


@pytest.fixture
def story(session: Session) -> str:
    make_edition(session, title=BRACES, minutes_ago=9)
    return make_edition(session, title=BRACES, minutes_ago=5).slug


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("address", ["/en/", "/en/latest/", "/en/section/politics/"])
def test_braces_that_people_wrote_are_printed(client: FlaskClient, address: str) -> None:
    assert BRACES in client.get(address).text


def test_title_with_braces_is_shared_as_it_is(client: FlaskClient, story: str) -> None:
    page = client.get(f"/en/post/{story}").text
    assert f'data-title="{BRACES}"' in page
    assert "text=%7Blink%7D%20and%20%7Btitle%7D" in page


def test_places_have_what_each_page_says(app: Flask) -> None:
    template = app.jinja_env.from_string(
        "{% call once('test', word=word) %}<b>{word}, {word}</b>{% endcall %}"
    )
    with app.test_request_context("/en/"):
        app.preprocess_request()
        printed = [template.render(word=word) for word in ("<i>", "{word}")]
    assert printed == ["<b>&lt;i&gt;, &lt;i&gt;</b>", "<b>{word}, {word}</b>"]


@pytest.fixture
def named(settings: Settings) -> Settings:
    channels = {"telegram": "https://t.me/paper?from={en}"}
    return settings.model_copy(update={"site_name": "Cal{en}ber", "channels": channels})


def test_braces_in_settings_are_printed(named: Settings) -> None:
    page = create_app(named).test_client().get("/ru/").text
    assert page.count('href="https://t.me/paper?from={en}"') >= 1
    assert "Cal{en}ber" in page[page.index('class="name"') :]


def test_braces_beside_places_are_printed(app: Flask) -> None:
    template = app.jinja_env.from_string(
        "{% call once('test', word='a') %}{word}{name}{% endcall %}"
    )
    with app.test_request_context("/en/"):
        app.preprocess_request()
        assert template.render() == "a{name}"
