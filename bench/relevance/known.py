"""Known items: a reader who knows an article asks for it, and should get it first."""

import random
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bench.relevance.corpus import Document
from bench.relevance.figure import Figure
from bench.relevance.site import Site
from caliber_site.languages import Language
from caliber_site.search.analysis import tokens
from caliber_site.search.stopwords import STOP_WORDS

SENTENCE = re.compile(r"(?<=[.!?։:])\s+")
SHORTEST_SENTENCE = 6
TITLE_WORDS = 4
SEED = 3
MOST = 500
"""Documents that are asked for in each language."""


class Item(NamedTuple):
    """A query, and the story that it is about."""

    query: str
    story: str


def measure_known(site: Site, language: Language, documents: list[Document]) -> Iterator[Figure]:
    """Yield the mean reciprocal ranks of documents by several ways to ask for them."""
    chance = random.Random(SEED)
    documents = chance.sample(documents, min(MOST, len(documents)))
    titles = [Item(document.title, document.story) for document in documents]
    words = [
        Item(" ".join(chance.sample(telling, TITLE_WORDS)), document.story)
        for document in documents
        if len(telling := _telling(document.title)) >= TITLE_WORDS
    ]
    sentences = [
        Item(chance.choice(found), document.story)
        for document in documents
        if (found := _sentences(document))
    ]
    changed = [item._replace(query=_change(item.query, chance)) for item in sentences]
    for name, items, goal in (
        ("title", titles, 0.97),
        ("title-words", words, 0.97),
        ("sentence", sentences, 0.9),
        ("changed-sentence", changed, 0.9),
    ):
        value = _mean_reciprocal_rank(site, language, items)
        yield Figure(f"relevance.{language.tag}.mrr.{name}", value, goal)


def _mean_reciprocal_rank(site: Site, language: Language, items: Iterable[Item]) -> float:
    ranks = []
    for item in items:
        found = site.list_stories(site.ask(item.query, language))
        ranks.append(1 / (1 + found.index(item.story)) if item.story in found else 0.0)
    return sum(ranks) / len(ranks)


def _telling(text: str) -> list[str]:
    return list(dict.fromkeys(t.word for t in tokens(text) if t.word not in STOP_WORDS))


def _sentences(document: Document) -> list[str]:
    """Return the sentences of a body that are not its title or lead once more."""
    beyond = document.title + document.lead
    return [
        sentence
        for sentence in SENTENCE.split(document.text)
        if len(sentence.split()) >= SHORTEST_SENTENCE and sentence[:30] not in beyond
    ]


def _change(sentence: str, chance: random.Random) -> str:
    """Return a sentence as one remembers it: a word is left out, two are the other way round."""
    words = sentence.split()
    del words[chance.randrange(len(words))]
    place = chance.randrange(len(words) - 1)
    words[place : place + 2] = reversed(words[place : place + 2])
    return " ".join(words)
