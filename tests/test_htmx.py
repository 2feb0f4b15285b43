import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_edition

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("path", ["/en/latest/", "/en/search?q=lake&live=1"])
def test_unchanged_fragment_is_not_sent_again(
    client: FlaskClient, session: Session, path: str
) -> None:
    make_edition(session)
    first = client.get(path, headers=HTMX)
    assert first.cache_control.no_cache
    again = client.get(path, headers=HTMX | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_changed_fragment_is_sent(client: FlaskClient, session: Session) -> None:
    first = client.get("/en/latest/", headers=HTMX)
    make_edition(session)
    again = client.get("/en/latest/", headers=HTMX | {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
