import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from caliber_site.speculation import ADDRESS
from tests.factories import make_edition

RULES = f'"{ADDRESS}"'


@pytest.mark.parametrize("path", ["/en/", "/en/latest/", "/en/post/lake", "/en/search?q=lake"])
def test_page_names_the_rules(client: FlaskClient, session: Session, path: str) -> None:
    make_edition(session, slug="lake")
    assert client.get(path).headers["Speculation-Rules"] == RULES


def test_fragments_and_the_desk_name_none(client: FlaskClient) -> None:
    fragment = client.get("/en/latest/", headers={"HX-Request": "true"})
    desk = client.get("/desk/signin")
    assert "Speculation-Rules" not in fragment.headers
    assert "Speculation-Rules" not in desk.headers


def test_rules_have_their_type_and_name_stories(client: FlaskClient) -> None:
    rules = client.get(ADDRESS)
    assert rules.mimetype == "application/speculationrules+json"
    assert rules.cache_control.max_age == 24 * 3600
    (rule,) = json.loads(rules.data)["prerender"]
    assert rule["eagerness"] == "moderate"
    assert {"href_matches": "/:language/post/:slug"} in rule["where"]["and"]
