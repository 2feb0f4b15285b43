import time

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_edition


def test_first_request_closes_the_gap_to_the_database(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    make_edition(session, title="A lighthouse on the lake")
    app.testing = False
    client.get("/healthz")
    deadline = time.monotonic() + 10
    while app.extensions["search"].check(session) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert app.extensions["search"].check(session) == []
    assert "lighthouse" in client.get("/en/search?q=lighthouse").text
