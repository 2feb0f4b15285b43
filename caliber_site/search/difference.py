"""How an index can differ from the database."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """How the index can differ from the database."""

    DAMAGED = "the index is missing or damaged"
    MISSING = "not in the index"
    STALE = "older in the index"
    SURPLUS = "in the index, though not published"


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between the index of a language and the database.

    Attributes:
        language: Tag of the language.
        fault: What is wrong.
        edition_id: Where; None if the whole index is meant.
    """

    language: str
    fault: Fault
    edition_id: int | None = None
