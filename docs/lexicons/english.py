"""The English lexicon, from LemmInflect's table of forms: `python -m docs.lexicons.english`.

Needs `pip install lemminflect==0.2.3`, which the site itself does not.
"""

import gzip
import re
from collections import defaultdict
from importlib.metadata import version
from importlib.resources import files
from typing import NamedTuple

from caliber_site.search.folding import fold

from .builder import Builder

COMMENT = """
English forms and their lemmas, from LemmInflect {version} (MIT licence, © 2019 Brad Jascob),
which took them from the SPECIALIST Lexicon, courtesy of the U.S. National Library of Medicine.
Changed here: folded, parted into stems and endings. Made by docs/lexicons/english.py.
"""
WORD = re.compile("[a-z]{2,}")
LONGEST_CUT = 2
"""A form that lacks more of its lemma's letters is a stem of its own: went, better."""


class Reading(NamedTuple):
    """What a form may be."""

    form: str
    part_of_speech: str
    lemma: str


def main() -> None:
    """Write the lexicon into the package."""
    builder = Builder(COMMENT.format(version=version("lemminflect")))
    for lemma, forms in sorted(_group(_read_readings()).items()):
        _add(builder, lemma, forms | {lemma})
    builder.write("english")


def _read_readings() -> set[Reading]:
    readings = set()
    table = files("lemminflect") / "resources" / "lemma_lu.csv.gz"
    for line in gzip.decompress(table.read_bytes()).decode().splitlines():
        form, part_of_speech, lemmas = line.split(",")
        for lemma in lemmas.split("/"):
            reading = Reading(fold(form), part_of_speech, fold(lemma))
            if WORD.fullmatch(reading.form) and WORD.fullmatch(reading.lemma):
                readings.add(reading)
    return readings


def _group(readings: set[Reading]) -> dict[str, set[str]]:
    """Return the forms of each lemma, as any part of speech.

    An adjective such as exciting, which has its excitingly, is no longer felt to be a form of the
    verb.
    """
    adverbs = {reading.form for reading in readings if reading.part_of_speech == "adv"}
    adjectives = {
        reading.form
        for reading in readings
        if reading.part_of_speech == "adj" and reading.form + "ly" in adverbs
    }
    forms = defaultdict(set)
    for form, part_of_speech, lemma in readings:
        if part_of_speech != "verb" or not form.endswith("ing") or form not in adjectives:
            forms[lemma].add(form)
    return forms


def _add(builder: Builder, lemma: str, forms: set[str]) -> None:
    stem = lemma
    while len(stem) > max(len(lemma) - LONGEST_CUT, 2) and not all(
        form.startswith(stem) for form in forms
    ):
        stem = stem[:-1]
    regular = {form for form in forms if form.startswith(stem)}
    builder.add(stem, (form.removeprefix(stem) for form in regular), lemma)
    for form in sorted(forms - regular):
        builder.add(form, [""], lemma)


if __name__ == "__main__":
    main()
