"""The fields of an imported line, each kind with its check."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from caliber_site.languages import BY_LABEL, BY_TAG
from caliber_site.models import Status
from caliber_site.text import BLOCK_END, TEXT_ONLY, clean_html, paragraphs

LANGUAGES = BY_LABEL | BY_TAG
LONGEST_BODY = 1_000_000
MOST_ENTRIES = 50
MOST_VIEWS = 2_000_000_000
SPACES = re.compile("[ \t\n\r\v\f\x85\u2028\u2029]+")
SURROGATES = re.compile("[\ud800-\udfff]")
CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class LineError(ValueError):
    """A line, or a part of it, cannot be imported; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a section, author or tag is called in one language; position is in the menu."""

    name: str
    description: str = ""
    position: int | None = None


Namings = dict[str, Naming]
"""Namings by language tag."""


def one_line(markup: str) -> str:
    """Return the words of HTML on one line; no-break spaces stay."""
    words = html.unescape(TEXT_ONLY.clean(BLOCK_END.sub(" ", markup)))
    return SPACES.sub(" ", words).strip(" ")


class Fields:
    """The fields of a record; each method reads one kind of them, or raises a LineError."""

    def __init__(self, record: dict[str, Any]) -> None:
        self._record = record

    def raw(self, name: str, longest: int) -> str | None:
        """Return a text as it is, without control characters."""
        value = self._record.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise LineError(f"{name} is not a text")
        return _check(name, value, longest)

    def text(self, name: str, longest: int) -> str | None:
        """Return a text on one line, without tags and entities."""
        value = self.raw(name, LONGEST_BODY)
        return None if value is None else _fold(name, value, longest)

    def required(self, name: str, longest: int) -> str:
        """Return a text that must be there."""
        value = self.text(name, longest)
        if not value or value.isspace():
            raise LineError(f"{name} is missing or empty")
        return value

    def key(self, name: str, longest: int) -> str:
        """Return a text that must be there, as it is."""
        value = (self.raw(name, longest) or "").strip()
        if not value:
            raise LineError(f"{name} is missing or empty")
        return value

    def raw_texts(self, name: str, longest: int) -> tuple[str, ...] | None:
        """Return a list of texts as they are."""
        values = self._record.get(name)
        if values is None:
            return None
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise LineError(f"{name} is not a list of texts")
        if len(values) > MOST_ENTRIES:
            raise LineError(f"{name} has more than {MOST_ENTRIES} entries")
        return tuple(_check(name, value, longest) for value in values)

    def texts(self, name: str, longest: int) -> tuple[str, ...] | None:
        """Return a list of texts on one line each, without empty ones."""
        values = self.raw_texts(name, LONGEST_BODY)
        if values is None:
            return None
        return tuple(filter(None, (_fold(name, value, longest) for value in values)))

    def record(self, name: str) -> "Fields | None":
        """Return a record inside this one."""
        value = self._record.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise LineError(f"{name} is not an object")
        return Fields(value)

    def records(self, name: str) -> list["Fields"]:
        """Return the records of a list."""
        values = self._record.get(name)
        if values is None:
            return []
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise LineError(f"{name} is not a list of objects")
        return [Fields(value) for value in values]

    def by_language(self, name: str) -> dict[str, "Fields"]:
        """Return records by language tag; unknown languages are left out."""
        value = self._record.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(v, dict) for v in value.values()):
            raise LineError(f"{name} is not a table by language")
        return {
            LANGUAGES[label].tag: Fields(told)
            for label, told in value.items()
            if label in LANGUAGES
        }

    def namings(self, name: str) -> Namings | None:
        """Return what something is called, by language tag."""
        if self._record.get(name) is None:
            return None
        return {tag: called.naming() for tag, called in self.by_language(name).items()}

    def list_of_namings(self, name: str) -> tuple[Namings, ...]:
        """Return what several things are called."""
        values = self._record.get(name)
        if values is None:
            return ()
        if not isinstance(values, list):
            raise LineError(f"{name} is not a list of names by language")
        return tuple(Fields({name: value}).namings(name) or {} for value in values)

    def counts_by_hour(self, name: str) -> dict[datetime, int] | None:
        """Return whole numbers by the hours they belong to."""
        said = self.record(name)
        if said is None:
            return None
        return {_hour(name, hour): said.number(hour) or 0 for hour in said._record}

    def naming(self) -> Naming:
        """Return what something is called in a language."""
        return Naming(
            self.required("name", 120), self.text("description", 500) or "", self.number("position")
        )

    def number(self, name: str) -> int | None:
        """Return a whole number."""
        value = self._record.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_VIEWS:
            raise LineError(f"{name} is not a whole number from 0 to {MOST_VIEWS}")
        return value

    def time(self, name: str) -> datetime | None:
        """Return a time with its offset, as UTC."""
        value = self.raw(name, 100)
        if value is None:
            return None
        try:
            time = datetime.fromisoformat(value)
            if time.tzinfo is None:
                raise LineError(f"{name} has no offset from UTC")
            return time.astimezone(UTC)
        except OverflowError as error:
            raise LineError(f"{name} is not a possible time") from error
        except LineError:
            raise
        except ValueError as error:
            raise LineError(f"{name} is not a time such as 2026-09-28T14:13:00+04:00") from error

    def language(self) -> str:
        """Return the tag of the language, which a line names by label or by tag."""
        language = LANGUAGES.get(self.required("language", 100))
        if language is None:
            raise LineError(f"language is none of {', '.join(BY_LABEL)}")
        return language.tag

    def status(self) -> Status | None:
        """Return the status."""
        value = self.raw("status", 100)
        if value is None:
            return None
        if value not in set(Status):
            raise LineError(f"status is none of {', '.join(Status)}")
        return Status(value)

    def body(self) -> str:
        """Return the body as clean HTML; text stands in for it as plain paragraphs."""
        body = self.raw("body", LONGEST_BODY)
        if body is None or not body.strip():
            # Texts taken from the web have entities left over.
            body = paragraphs(html.unescape(self.raw("text", LONGEST_BODY) or ""))
        return clean_html(body)


def _hour(name: str, said: str) -> datetime:
    hour = Fields({name: said}).time(name)
    if hour is None or hour != hour.replace(minute=0, second=0, microsecond=0):
        raise LineError(f"{name} has a time that is not a whole hour")
    return hour


def _check(name: str, value: str, longest: int) -> str:
    if "\0" in value:
        raise LineError(f"{name} contains a NUL character")
    if SURROGATES.search(value):
        raise LineError(f"{name} contains half of a surrogate pair")
    if len(value) > longest:
        raise LineError(f"{name} is longer than {longest} characters")
    return CONTROLS.sub("", value)


def _fold(name: str, value: str, longest: int) -> str:
    # An entity can hide what a text must not have.
    return _check(name, one_line(value), longest)
