"""A lexicon: the stems of a language and the affixes of each, by which forms are taken apart."""

import lzma
from collections.abc import Iterator
from functools import cache
from io import BufferedIOBase
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from dawg import IntDAWG

FOLDER = Path(__file__).parent / "lexicons"


class Entry(NamedTuple):
    """One way in which a stem makes words.

    Attributes:
        affixes: The bit of its set of affixes.
        cut: How many letters at the stem's end the lemma does not have.
        added: What the lemma has in their place.
        derived: A word of this kind counts only where no other reading explains it: the
            causative of a verb, for one, often has an entry of its own.
    """

    affixes: int
    cut: int
    added: str
    derived: bool


class Lexicon:
    """The stems and affixes of one language.

    Its file, packed with xz, is text in three blocks that empty lines part, and then the stems:

    1. Comments: where the words come from, under which licence.
    2. A set of affixes in each line: `suffix` or `prefix.suffix`, a lone `.` for none at all.
    3. The entries that some stems have in each line: `entry,entry`. An entry is
       `set/cut/added`, with an asterisk behind it if it is derived.
    4. A DAWG of the stems, which tells the line of each in the third block. As a dictionary of
       Python's they would take ten times the memory.
    """

    def __init__(self, file: BufferedIOBase) -> None:
        self.suffixes: dict[str, dict[str, int]] = {"": {}}
        self.comments = list(_read_block(file))
        for place, line in enumerate(_read_block(file)):
            self._add_affixes(line.split(), 1 << place)
        self._entries = [_read_entries(line) for line in _read_block(file)]
        self._lines = IntDAWG().frombytes(file.read())

    def _add_affixes(self, affixes: list[str], bit: int) -> None:
        for affix in affixes:
            prefix, _, suffix = affix.rpartition(".")
            suffixes = self.suffixes.setdefault(prefix, {})
            suffixes[suffix] = suffixes.get(suffix, 0) | bit

    def find_lemmas(self, word: str) -> list[str]:
        """Return the lemmas that a word may be a form of, those with the longest stems first."""
        own: list[str] = []
        derived: list[str] = []
        for entry, stem in self._read(word):
            lemma = stem[: len(stem) - entry.cut] + entry.added
            readings = derived if entry.derived else own
            if lemma not in readings:
                readings.append(lemma)
        return own or derived

    def _read(self, word: str) -> Iterator[tuple[Entry, str]]:
        for prefix, suffixes in self.suffixes.items():
            if not word.startswith(prefix):
                continue
            rest = word.removeprefix(prefix)
            for end in range(len(rest), 0, -1):
                sets = suffixes.get(rest[end:])
                if sets:
                    line = self._lines.get(rest[:end])
                    for entry in () if line is None else self._entries[line]:
                        if entry.affixes & sets:
                            yield entry, rest[:end]


def _read_block(file: BufferedIOBase) -> Iterator[str]:
    """Yield the lines up to the next empty one."""
    return iter(lambda: file.readline().decode().rstrip("\n"), "")


def _read_entries(text: str) -> tuple[Entry, ...]:
    entries = []
    for entry in text.split(","):
        affixes, cut, added = entry.split("/")
        entries.append(
            Entry(1 << int(affixes), int(cut), added.removesuffix("*"), added.endswith("*"))
        )
    return tuple(entries)


_loading = Lock()


def lexicon(name: str) -> Lexicon:
    """Return the lexicon of that name, read from the package when a thread first needs it."""
    with _loading:
        return _read_lexicon(name)


@cache
def _read_lexicon(name: str) -> Lexicon:
    with lzma.open(FOLDER / f"{name}.xz") as file:
        return Lexicon(file)
