"""The data that relevance is measured on: documents to import and pairs of words.

It is no part of the project and lies beside the checkout, in `../shared/data`.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from caliber_site.languages import Language

DATA = Path(__file__).parents[3] / "shared" / "data"


class Document(NamedTuple):
    """An edition as it is to be imported.

    Attributes:
        story: The key of its story.
        title: Its title.
        lead: Its lead, maybe empty.
        text: Its body as plain paragraphs.
    """

    story: str
    title: str
    lead: str
    text: str


class Pair(NamedTuple):
    """Two words, and the lemmas whose forms they are."""

    one: str
    other: str
    lemmas: tuple[str, str]


def find_files() -> list[Path]:
    """Return the files of documents; none where the data is absent."""
    return sorted(DATA.glob("docs-*.jsonl.gz"))


def load_documents(language: Language) -> list[Document]:
    """Return the documents of a language."""
    with gzip.open(DATA / f"docs-{language.label}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Document(row["story"], row["title"], row.get("lead", ""), row["text"]) for row in rows]


def load_forms(language: Language) -> list[Pair]:
    """Return pairs of forms of one lemma: what is typed, and what is in a text."""
    return [Pair(one, other, (lemma, lemma)) for one, other, lemma, _ in _read("", language)]


def load_strangers(language: Language) -> list[Pair]:
    """Return pairs of forms of different lemmas that look alike."""
    return [Pair(one, other, (a, b)) for one, other, a, b in _read("neg-", language)]


def _read(kind: str, language: Language) -> Iterator[list[str]]:
    table = DATA / f"morph-{kind}{language.tag}.tsv"
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        yield line.split("\t")
