"""Relevance: whether readers find what they look for, measured on real text."""

from bench.relevance.corpus import find_files, load_documents
from bench.relevance.figure import Figure
from bench.relevance.forms import measure_forms
from bench.relevance.known import measure_known
from bench.relevance.ranking import measure_ranking
from bench.relevance.rescued import measure_rescue
from bench.relevance.site import open_site
from caliber_site.languages import LANGUAGES

__all__ = ["Figure", "measure"]


def measure() -> list[Figure]:
    """Return the figures of all languages; none where there is no data to measure on."""
    files = find_files()
    if not files:
        return []
    figures: list[Figure] = []
    with open_site(files) as site:
        for language in LANGUAGES:
            documents = load_documents(language)
            figures += measure_known(site, language, documents)
            figures += measure_forms(language)
            figures += measure_ranking(site, language, documents)
            figures += measure_rescue(site, language, documents)
    return figures
