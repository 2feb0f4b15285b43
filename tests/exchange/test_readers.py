"""What readers find after an import: each article opens, is found and shows its date."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caliber_site.exchange.fields import one_line
from caliber_site.exchange.files import read_lines
from caliber_site.extensions import db
from caliber_site.languages import BY_LABEL, BY_TAG
from caliber_site.models import Article, Edition
from tests.exchange.samples import FILES

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "hy": "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի "
    "նոյեմբերի դեկտեմբերի",
}
PATTERNS = {
    "en": "{day} {month} {year} {time}",
    "ru": "{day} {month} {year} г., {time}",
    "hy": "{day} {month}, {year} թ., {time}",
}
MOST_LINES = 20
MOST_PAGES = 5


def read(path: Path) -> list[dict[str, Any]]:
    lines = (line for _, line in read_lines(path, lambda _: None) if isinstance(line, bytes))
    return [json.loads(line) for line in lines]


def tag_of(line: dict[str, Any]) -> str:
    return (BY_LABEL | BY_TAG)[line["language"]].tag


def words_of(line: dict[str, Any]) -> list[str]:
    title = "".join(c if c.isalpha() else " " for c in one_line(line["title"]).casefold())
    return [word for word in title.split() if len(word) > 1]


def date_of(line: dict[str, Any]) -> str:
    at = datetime.fromisoformat(line["published_at"]).astimezone(ZoneInfo("Asia/Baku"))
    month = MONTHS[tag_of(line)].split()[at.month - 1]
    return PATTERNS[tag_of(line)].format(day=at.day, month=month, year=at.year, time=f"{at:%H:%M}")


def is_found(client: FlaskClient, path: str, label: str, word: str) -> bool:
    pages = (
        client.get(f"/{label}/search", query_string={"q": word, "page": page}).text
        for page in range(1, MOST_PAGES + 1)
    )
    return any(f'href="{path}"' in page for page in pages)


@pytest.mark.parametrize("path", FILES)
def test_imported_articles_open_are_found_and_show_their_dates(app: Flask, path: Path) -> None:
    lines = read(path)
    result = app.test_cli_runner().invoke(args=["articles", "import", str(path)])
    assert result.stdout == f"{len(lines)} added, 0 updated, 0 unchanged, 0 faults\n"
    common = Counter(word for line in lines for word in set(words_of(line)))
    with app.app_context():
        rows = db.session.execute(
            select(Article.story, Edition.language, Edition.slug).join(Edition.article)
        ).all()
    slugs = {(row.story, row.language): row.slug for row in rows}
    client = app.test_client()
    for line in lines[:: max(1, len(lines) // MOST_LINES)]:
        tag = tag_of(line)
        label = BY_TAG[tag].label
        address = f"/{label}/post/{slugs[line['story'], tag]}"
        page = client.get(address)
        assert page.status_code == 200, address
        assert date_of(line) in page.text, address
        word = min(words_of(line), key=lambda word: (common[word], -len(word)))
        assert is_found(client, address, label, word), (address, word)
