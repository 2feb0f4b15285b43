"""The Eastern Armenian lexicon, from uniparser's grammar: `python -m docs.lexicons.armenian`.

Needs `pip install uniparser-eastern-armenian==2.1.2`, which the site itself does not: it takes
43 s to load and reads 250 words a second.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import NamedTuple

from caliber_site.search.folding import ARMENIAN_EV, fold

from .builder import Builder
from .uniparser import Affix, Grammar

COMMENT = """
Eastern Armenian stems and affixes, from uniparser-eastern-armenian {version} (MIT licence,
© 2006-2021 Timofey Arkhangelskiy, Alexei Fedorenko, Victoria Khurshudyan, Alexey Polyakov and
other contributors). Changed here: folded, without classical spellings, affixes joined.
Made by docs/lexicons/armenian.py.
"""
PACKAGE = "uniparser_eastern_armenian"
WORD = re.compile("[ա-և]+")
CLASSICAL = re.compile("(?<!ո)ւ|.է|եա|իւ")
CAUSATIVE = re.compile("[աե]?ց")

# Causatives, which are often words of their own, and verbal forms of which nouns have the like:
# in Երևանի a newspaper does not wish anybody to arrive.
RARE = {"caus", "sbjv", "imp", "conneg"}

# Nouns of action that the dictionary may lack, from the stems of verbs.
ACTION = {"V11": "", "V22": "ց"}


class Kinds(NamedTuple):
    """The affixes of a stem: its own, those of words derived from it, those of passives.

    Attributes:
        own: Of the word itself.
        derived: Of words derived from it and of forms that are rarer than those of others.
        passive: Of the passive of its causative, by the causative's ending.
    """

    own: frozenset[str]
    derived: frozenset[str]
    passive: dict[str, frozenset[str]]


def main() -> None:
    """Write the lexicon into the package."""
    grammar = Grammar(files(PACKAGE) / "data")
    builder = Builder(COMMENT.format(version=version("uniparser-eastern-armenian")))
    lemmas = {fold(lexeme.lemma) for lexeme in grammar.lexemes}
    for lexeme in grammar.lexemes:
        stems = lexeme.list_stems()
        for number, spellings in enumerate(stems):
            for stem in _modern(spellings):
                only = number if len(stems) > 1 else None
                kinds = _kinds(grammar, tuple(lexeme.paradigms), only, stem[-2:])
                _add(builder, stem, kinds, fold(lexeme.lemma), lemmas)
    builder.write("armenian")


def _modern(spellings: list[str]) -> Iterable[str]:
    folded = dict.fromkeys(fold(stem) for stem in spellings if WORD.fullmatch(stem))
    return [stem for stem in folded if not CLASSICAL.search(stem)] or folded


@cache
def _kinds(grammar: Grammar, paradigms: tuple[str, ...], number: int | None, end: str) -> Kinds:
    own, derived, passive = set(), set(), defaultdict(set)
    for affix in _affixes(grammar, paradigms, number, end):
        text = ARMENIAN_EV.sub("և", f"{affix.prefix}.{affix.suffix}".removeprefix("."))
        if {"caus", "pass"} <= affix.grammar:
            found = CAUSATIVE.match(affix.suffix)
            passive[f"{found[0] if found else ''}նել"].add(text)
        elif affix.grammar & RARE or {"ptcp", "sbj"} <= affix.grammar:
            derived.add(text)
        else:
            own.add(text)
    return Kinds(
        frozenset(own),
        frozenset(derived),
        {ending: frozenset(texts) for ending, texts in sorted(passive.items())},
    )


def _affixes(
    grammar: Grammar, paradigms: tuple[str, ...], number: int | None, end: str
) -> Iterator[Affix]:
    for paradigm in paradigms:
        for affix in grammar.list_affixes(paradigm, end):
            taken = affix.stems is None or number is None or number in affix.stems
            if taken and "old" not in affix.grammar:
                yield affix
        yield from _nouns_of_action(grammar, paradigm)


def _nouns_of_action(grammar: Grammar, verb: str) -> Iterator[Affix]:
    if verb in ACTION:
        for number, ending in enumerate(("ում", "մ")):
            for affix in grammar.list_affixes("N32a", ending):
                if affix.stems is None or number in affix.stems:
                    yield Affix(
                        None, "", ACTION[verb] + ending + affix.suffix, frozenset({"ptcp", "sbj"})
                    )


def _add(builder: Builder, stem: str, kinds: Kinds, lemma: str, lemmas: set[str]) -> None:
    if kinds.own:
        builder.add(stem, kinds.own, lemma)
    if kinds.derived:
        builder.add(stem, kinds.derived, lemma, derived=True)
    for ending, affixes in kinds.passive.items():
        # Where the causative is a word, its passive is that word's.
        known = stem + ending in lemmas
        builder.add(stem, affixes, stem + ending if known else lemma, derived=not known)


if __name__ == "__main__":
    main()
