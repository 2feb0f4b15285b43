import json
from datetime import UTC, datetime
from typing import Any

import pytest

from caliber_site.exchange.fields import LineError
from caliber_site.exchange.line import parse
from caliber_site.models import Status
from tests.exchange.conftest import GOOD


def encode(**changes: Any) -> bytes:
    said = {name: value for name, value in (GOOD | changes).items() if value is not ...}
    return json.dumps(said).encode()


def reason_of(data: bytes) -> str:
    with pytest.raises(LineError) as caught:
        parse(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"nonsense", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b'{"story": "\xff"}', "not UTF-8"),
        (encode(story=...), "story is missing or empty"),
        (encode(story=" "), "story is missing or empty"),
        (encode(story=7), "story is not a text"),
        (encode(story="x" * 201), "story is longer than 200 characters"),
        (encode(language=...), "language is missing or empty"),
        (encode(language="de"), "language is none of en, ru, arm"),
        (encode(title=...), "title is missing or empty"),
        (encode(title=""), "title is missing or empty"),
        (encode(title="<b> </b>&nbsp;"), "title is missing or empty"),
        (encode(title=["a"]), "title is not a text"),
        (encode(title="x" * 301), "title is longer than 300 characters"),
        (encode(lead="x" * 1001), "lead is longer than 1000 characters"),
        (encode(body=...), "body or text is missing or empty"),
        (encode(body="<script>x</script>"), "body or text is missing or empty"),
        (encode(body=1), "body is not a text"),
        (encode(body="x" * 1_000_001), "body is longer than 1000000 characters"),
        (encode(title="a\0b"), "title contains a NUL character"),
        (encode(body="<p>\0</p>"), "body contains a NUL character"),
        (encode(title="\ud800"), "title contains half of a surrogate pair"),
        (encode(body="\udfff"), "body contains half of a surrogate pair"),
        (encode(tags="news"), "tags is not a list of texts"),
        (encode(tags=[1]), "tags is not a list of texts"),
        (encode(tags=["x"] * 51), "tags has more than 50 entries"),
        (encode(tags=["x" * 121]), "tags is longer than 120 characters"),
        (encode(views="many"), "views is not a whole number from 0 to 2000000000"),
        (encode(views=-1), "views is not a whole number from 0 to 2000000000"),
        (encode(views=1.5), "views is not a whole number from 0 to 2000000000"),
        (encode(views=True), "views is not a whole number from 0 to 2000000000"),
        (encode(views=10**30), "views is not a whole number from 0 to 2000000000"),
        (
            encode(published_at="yesterday"),
            "published_at is not a time such as 2026-09-28T14:13:00+04:00",
        ),
        (encode(published_at="2025-07-06T10:11:00"), "published_at has no offset from UTC"),
        (encode(published_at="2025-07-06"), "published_at has no offset from UTC"),
        (encode(published_at="0001-01-01T00:00:00+14:00"), "published_at is not a possible time"),
        (encode(published_at=1751000000), "published_at is not a text"),
        (encode(status="secret"), "status is none of draft, published, withdrawn"),
        (encode(slug="x" * 161), "slug is longer than 160 characters"),
        (encode(views_by_hour=[5]), "views_by_hour is not an object"),
        (
            encode(views_by_hour={"2026-11-24T07+00:00": "5"}),
            "2026-11-24T07+00:00 is not a whole number from 0 to 2000000000",
        ),
        (
            encode(views_by_hour={"2026-11-24T07:30+00:00": 5}),
            "views_by_hour has a time that is not a whole hour",
        ),
        (encode(caliber_site=[]), "caliber_site is not an object"),
        (encode(caliber_site={"tags": {}}), "tags is not a list of objects"),
        (encode(caliber_site={"sections": [{}]}), "slug is missing or empty"),
        (
            encode(caliber_site={"authors": [{"slug": "a", "names": {"en": "Ann"}}]}),
            "names is not a table by language",
        ),
        (
            encode(caliber_site={"banners": [{"slot": "roof"}]}),
            "a banner has no slot of this site or no starts_at",
        ),
    ],
)
def test_bad_line_has_a_reason(data: bytes, reason: str) -> None:
    assert reason_of(data) == reason


def test_entity_of_nul_is_harmless() -> None:
    assert "\0" not in parse(encode(title="a&#0;b&#x0;")).title


def test_title_loses_tags_entities_and_line_ends() -> None:
    title = parse(encode(title=" Harbour &mdash;\n <b>open</b> at <i>last</i> &amp; free ")).title
    assert title == "Harbour — open at last & free"


def test_no_break_space_stays() -> None:
    assert parse(encode(title="47\xa0crowns&nbsp;more")).title == "47\xa0crowns\xa0more"


def test_comparison_is_not_a_tag() -> None:
    assert parse(encode(title="2 < 3 & 5 > 4")).title == "2 < 3 & 5 > 4"


def test_text_becomes_paragraphs() -> None:
    body = parse(encode(body=..., text="One &mdash; two\nthree.\n\n<b>Four</b>")).body
    assert body == "<p>One — two<br>three.</p>\n<p>&lt;b&gt;Four&lt;/b&gt;</p>"


def test_body_is_preferred_to_text() -> None:
    assert parse(encode(text="Other")).body == "<p>Quietly.</p>"


def test_body_becomes_clean() -> None:
    body = parse(encode(body="<h1>A</h1><p onclick='x()'>B<script>c</script></p>")).body
    assert body == "<h2>A</h2><p>B</p>"


def test_control_characters_are_dropped() -> None:
    assert parse(encode(title="A\x08 \x1bquiet\x7f day")).title == "A quiet day"


def test_time_becomes_utc() -> None:
    assert parse(encode()).published_at == datetime(2025, 7, 6, 6, 11, tzinfo=UTC)


@pytest.mark.parametrize(("said", "tag"), [("arm", "hy"), ("hy", "hy"), ("ru", "ru")])
def test_language_is_label_or_tag(said: str, tag: str) -> None:
    assert parse(encode(language=said)).language == tag


def test_draft_needs_no_body() -> None:
    line = parse(encode(body="", status="draft"))
    assert (line.body, line.status) == ("", Status.DRAFT)


def test_unknown_fields_are_ignored() -> None:
    assert parse(encode(colour="red", nested={"a": [1]}))


def test_null_is_not_said() -> None:
    assert parse(encode(lead=None, tags=None, views=None)).tags is None


def test_byte_order_mark_is_ignored() -> None:
    assert parse(b"\xef\xbb\xbf" + encode()).story == "harbour"


def test_tags_are_said_once() -> None:
    assert parse(encode(tags=["a", " b ", "a", ""])).tags == ("a", "b")
