"""How an index can differ from the database."""

from collections.abc import Mapping
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


def list_differences(
    tag: str, indexed: Mapping[int, int], published: Mapping[int, int]
) -> list[Difference]:
    """Return where an index differs from the database, by the change numbers of the editions.

    Args:
        tag: Tag of the language.
        indexed: The number of each edition that the index has.
        published: The number of each edition that it should have.
    """
    faults = dict.fromkeys(indexed.keys() - published.keys(), Fault.SURPLUS)
    for edition_id, change in published.items():
        if indexed.get(edition_id) != change:
            faults[edition_id] = Fault.STALE if edition_id in indexed else Fault.MISSING
    return [Difference(tag, fault, edition_id) for edition_id, fault in sorted(faults.items())]
