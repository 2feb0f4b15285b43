"""Ranking: queries of one word in another form than the text's, against graded judgements."""

import random
from collections.abc import Iterator, Sequence
from math import log2

from bench.relevance.corpus import Document
from bench.relevance.figure import Figure
from bench.relevance.judged import Judge
from bench.relevance.site import Site
from caliber_site.languages import Language

GOALS = {"en": 0.95, "ru": 0.95, "hy": 0.9}
QUERIES = 300
DEEP = 100
"""Results of which the first `TOP` that are judged count."""

TOP = 10
SEED = 5


def measure_ranking(site: Site, language: Language, documents: list[Document]) -> Iterator[Figure]:
    """Yield the mean nDCG@10 of one-word queries."""
    judge = Judge(language, documents)
    queries = list(judge.list_queries())
    queries = random.Random(SEED).sample(queries, min(QUERIES, len(queries)))
    gains = []
    for query in queries:
        found = site.list_stories(site.ask(query.word, language, size=DEEP))
        grades = [query.grades.get(story, 0) for story in judge.keep_judged(query, found)]
        gains.append(_gain(grades) / _gain(sorted(query.grades.values(), reverse=True)))
    yield Figure(f"relevance.{language.tag}.ndcg", sum(gains) / len(gains), GOALS[language.tag])


def _gain(grades: Sequence[int]) -> float:
    """Return the discounted cumulative gain of the first grades."""
    return sum(grade / log2(place + 2) for place, grade in enumerate(grades[:TOP]))
