"""Rescue: queries in wrong letters reach what the right ones reach, and good ones stay."""

import random
from collections.abc import Iterator

from bench.relevance.corpus import Document
from bench.relevance.figure import Figure
from bench.relevance.letters import LAYOUTS, TRANSLITERATIONS, Typist
from bench.relevance.site import Site
from caliber_site.languages import Language
from caliber_site.search.analysis import tokens
from caliber_site.search.rescue.scripts import script_of
from caliber_site.search.stopwords import STOP_WORDS

QUERIES, GOOD = 300, 500
LONGEST = 4
SHORTEST_WORD = 4
SEED = 7


def measure_rescue(site: Site, language: Language, documents: list[Document]) -> Iterator[Figure]:
    """Yield the shares of queries that reach the right first story, and are told so."""
    queries = _draw(site, language, documents, QUERIES, random.Random(SEED))
    writers = LAYOUTS[language.tag] | TRANSLITERATIONS[language.tag]
    for name, write in writers.items():
        share = _share_rescued(site, language, queries, write)
        yield Figure(f"relevance.{language.tag}.rescue.{name}", share, 0.95)
    good = _draw(site, language, documents, GOOD, random.Random(SEED + 1))
    changed = sum(site.ask(query, language).shown_for is not None for query in good)
    yield Figure(f"relevance.{language.tag}.good-queries-changed", changed, 0, at_most=True)


def _share_rescued(site: Site, language: Language, queries: list[str], write: Typist) -> float:
    rescued = 0
    for query in queries:
        meant, answer = site.ask(query, language), site.ask(write(query), language)
        first = site.list_stories(answer)[:1] == site.list_stories(meant)[:1]
        told = write(query) == query or answer.shown_for is not None
        rescued += first and told
    return rescued / len(queries)


def _draw(
    site: Site, language: Language, documents: list[Document], number: int, chance: random.Random
) -> list[str]:
    """Return queries that find all their words: a telling word, or a few in a row of a title."""
    drawn: dict[str, None] = {}
    while len(drawn) < number:
        document = chance.choice(documents)
        query = _take(document, language, chance)
        if query and _is_good(site, language, query):
            drawn[query] = None
    return list(drawn)


def _take(document: Document, language: Language, chance: random.Random) -> str:
    one = chance.random() < 0.3
    text = document.text if one else document.title
    words = [
        (text[token.start : token.end], token.word)
        for token in tokens(text)
        if script_of(token.word) == language.script
    ]
    size = 1 if one else chance.randint(2, LONGEST)
    if len(words) < size:
        return ""
    start = chance.randrange(len(words) - size + 1)
    taken = words[start : start + size]
    telling = any(len(w) >= SHORTEST_WORD and w not in STOP_WORDS for _, w in taken)
    return " ".join(written for written, _ in taken) if telling else ""


def _is_good(site: Site, language: Language, query: str) -> bool:
    results = site.ask(query, language).results
    return results.all_words and results.total > 0
