"""Relevance: whether readers find what they look for, measured on real text."""

from collections.abc import Iterable, Iterator

from bench.relevance.corpus import DATA, find_files, load_documents
from bench.relevance.figure import Figure
from bench.relevance.forms import measure_forms
from bench.relevance.known import measure_known
from bench.relevance.ranking import measure_ranking
from bench.relevance.rescued import measure_rescue
from bench.relevance.site import open_site
from caliber_site.languages import LANGUAGES, Language

__all__ = ["Figure", "describe", "measure"]


def measure(languages: Iterable[Language] = LANGUAGES) -> list[Figure]:
    """Return the figures of languages; none where there is no data to measure on."""
    files = find_files()
    if not files:
        return []
    figures: list[Figure] = []
    with open_site(files) as site:
        for language in languages:
            documents = load_documents(language)
            figures += measure_known(site, language, documents)
            figures += measure_forms(language)
            figures += measure_ranking(site, language, documents)
            figures += measure_rescue(site, language, documents)
    return figures


def describe(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield a line for each figure, or one that says why there is none."""
    told = False
    for figure in figures:
        bound = "at most" if figure.at_most else "at least"
        missed = "" if figure.met else "  MISSED"
        yield f"{figure.name:42} {figure.value:7.4f}  {bound:8} {figure.goal:g}{missed}"
        told = True
    if not told:
        yield f"relevance is not measured: there is no data in {DATA}"
