from datetime import UTC, datetime

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from caliber_site.i18n import format_date, format_date_time, format_iso, format_number
from caliber_site.languages import BY_LABEL

AFTERNOON = datetime(2025, 9, 28, 10, 13, tzinfo=UTC)  # 14:13 in the paper's time zone


@pytest.mark.parametrize(
    ("label", "date_time", "date", "number"),
    [
        ("en", "28 September 2025 14:13", "28 September 2025", "1,234,567"),
        ("ru", "28 сентября 2025 г., 14:13", "28 сентября 2025 г.", "1\xa0234\xa0567"),
        ("arm", "28 սեպտեմբերի, 2025 թ., 14:13", "28 սեպտեմբերի, 2025 թ.", "1\xa0234\xa0567"),
    ],
)
def test_dates_and_numbers_have_the_form_of_the_language(
    app: Flask, label: str, date_time: str, date: str, number: str
) -> None:
    with app.test_request_context(f"/{label}/"):
        g.language = BY_LABEL[label]
        assert format_date_time(AFTERNOON) == date_time
        assert format_date(AFTERNOON) == date
        assert format_number(1_234_567) == number


def test_machines_read_the_time_with_the_papers_offset(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert format_iso(AFTERNOON) == "2025-09-28T14:13:00+04:00"


@pytest.mark.parametrize(
    ("accept", "label"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("hy", "arm"),
        ("hy-AM,en;q=0.5", "arm"),
        ("de,fr;q=0.5", "en"),
        ("", "en"),
        ("arm", "en"),
        ("ru;q=0", "en"),
        ("ru;q=0,hy;q=0.1", "arm"),
        ("ru-RU;q=0.5,ru;q=0,en;q=0.1", "ru"),
    ],
)
def test_root_leads_to_the_language_that_the_browser_accepts(
    client: FlaskClient, accept: str, label: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": accept})
    assert answer.status_code == 302
    assert answer.location == f"/{label}/"
    assert "Accept-Language" in answer.headers["Vary"]


def test_remembered_choice_goes_before_what_the_browser_accepts(client: FlaskClient) -> None:
    client.set_cookie("language", "arm")
    assert client.get("/", headers={"Accept-Language": "ru"}).location == "/arm/"


def test_choice_at_the_root_is_remembered(client: FlaskClient) -> None:
    assert client.get("/?language=ru").location == "/ru/"
    assert client.get("/").location == "/ru/"


def test_name_of_the_paper_says_its_language_where_it_is_another(client: FlaskClient) -> None:
    assert '<span lang="en">Caliber</span>' in client.get("/ru/").text
    assert '<span lang="en">Caliber</span>' not in client.get("/en/").text


def test_nonsense_in_the_cookie_is_passed_over(client: FlaskClient) -> None:
    client.set_cookie("language", "klingon")
    assert client.get("/").location == "/en/"
