"""The grammar files of uniparser: lexemes, and paradigms that lead into each other.

A lexeme has stems (`տուն.|տան.|տն.`, spelt in ways that `//` parts). An inflexion of its paradigm
(`<1,2>.ից<.>`) says which of the stems it takes, what comes before and after the stem, and by
`<.>` that the inflexions of further paradigms may follow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import NamedTuple

INFLEXION = re.compile(
    r"(?:<(?P<stems>[\d,]+)>)?(?P<before>[^.]*)\.(?P<after>[^<]*)(?P<more><\.>)?"
)


class Affix(NamedTuple):
    """What a paradigm puts around a stem.

    Attributes:
        stems: Numbers of the stems that take it; None for all.
        prefix: What stands before the stem.
        suffix: What stands after it.
        grammar: Its grammatical tags.
    """

    stems: frozenset[int] | None
    prefix: str
    suffix: str
    grammar: frozenset[str]


@dataclass
class Inflexion:
    """An inflexion of a paradigm, as its file has it."""

    text: str
    grammar: frozenset[str] = frozenset()
    conditions: list[str] = field(default_factory=list)
    paradigms: list[str] = field(default_factory=list)


@dataclass
class Lexeme:
    """A word of the dictionary."""

    lemma: str = ""
    stem: str = ""
    grammar: frozenset[str] = frozenset()
    paradigms: list[str] = field(default_factory=list)

    def list_stems(self) -> list[list[str]]:
        """Return the spellings of each of its stems, in the order of their numbers."""
        return [
            [spelling.strip(" .") for spelling in stem.split("//") if "NONE" not in spelling]
            for stem in self.stem.split("|")
        ]


class Grammar:
    """The grammar of one language.

    Args:
        folder: The data of a uniparser package: `lexemes.txt` and `paradigms.txt`.
    """

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder
        self._affixes: dict[tuple[str, str], tuple[Affix, ...]] = {}

    @cached_property
    def lexemes(self) -> list[Lexeme]:
        """The dictionary."""
        lexemes: list[Lexeme] = []
        for name, value in self._lines("lexemes.txt"):
            match name:
                case "-lexeme":
                    lexemes.append(Lexeme())
                case " lex":
                    lexemes[-1].lemma = value
                case " stem":
                    lexemes[-1].stem = value
                case " gramm":
                    lexemes[-1].grammar = frozenset(value.split(","))
                case " paradigm":
                    lexemes[-1].paradigms.append(value)
        return lexemes

    @cached_property
    def paradigms(self) -> dict[str, list[Inflexion]]:
        """The inflexions of each paradigm."""
        paradigms: dict[str, list[Inflexion]] = {}
        for name, value in self._lines("paradigms.txt"):
            match name:
                case "-paradigm":
                    inflexions = paradigms.setdefault(value, [])
                case " -flex":
                    inflexions.append(Inflexion(value))
                case "  gramm":
                    inflexions[-1].grammar = frozenset(filter(None, value.split(",")))
                case "  regex-prev":
                    inflexions[-1].conditions.append(value)
                case "  paradigm":
                    inflexions[-1].paradigms.append(value)
                case " paradigm":  # of all the inflexions above
                    for inflexion in inflexions:
                        inflexion.paradigms.append(value)
        return paradigms

    def _lines(self, file: str) -> Iterator[tuple[str, str]]:
        for line in (self.folder / file).read_bytes().decode("utf-8-sig").splitlines():
            name, _, value = line.partition(":")
            yield name, value.strip()

    def list_affixes(self, paradigm: str, end: str) -> tuple[Affix, ...]:
        """Return the affixes of a paradigm for stems that end so: two letters tell."""
        found = self._affixes.get((paradigm, end))
        if found is None:
            found = self._affixes[paradigm, end] = tuple(self._read_affixes(paradigm, end))
        return found

    def _read_affixes(self, paradigm: str, end: str) -> Iterator[Affix]:
        return (
            affix
            for inflexion in self.paradigms.get(paradigm, [])
            if all(re.search(condition, end) for condition in inflexion.conditions)
            for text in inflexion.text.split("//")
            for affix in self._expand(inflexion, text, end)
        )

    def _expand(self, inflexion: Inflexion, text: str, end: str) -> Iterator[Affix]:
        found = INFLEXION.fullmatch(re.sub(r"[\[\]|]", "", text))
        if not found:
            return
        stems = frozenset(map(int, found["stems"].split(","))) if found["stems"] else None
        affix = Affix(stems, found["before"], found["after"], inflexion.grammar)
        if not found["more"] or not inflexion.paradigms:
            yield affix
            return
        for paradigm in inflexion.paradigms:
            for further in self.list_affixes(paradigm, (end + affix.suffix)[-2:]):
                yield from _join(affix, further)


def _join(affix: Affix, further: Affix) -> Iterator[Affix]:
    """Yield an affix with a further one, if some stem takes both."""
    stems = further.stems if affix.stems is None else affix.stems
    if affix.stems is not None and further.stems is not None:
        stems = affix.stems & further.stems
    if stems is None or stems:
        yield Affix(
            stems,
            affix.prefix + further.prefix,
            affix.suffix + further.suffix,
            affix.grammar | further.grammar,
        )
