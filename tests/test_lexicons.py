"""The lexicons are made from grammars as these mean it."""

from io import BytesIO
from pathlib import Path

import pytest

from caliber_site.search.lemmas.lexicon import Lexicon
from docs.lexicons.builder import Builder
from docs.lexicons.uniparser import Grammar

LEXEMES = """-lexeme
 lex: տուն
 stem: տուն.|տան.//տաան.|.NONE.
 gramm: N,inanim
 paradigm: noun
"""
PARADIGMS = """-paradigm: noun
 -flex: <0>.<.>
  gramm: sg
  paradigm: article
 -flex: <1>.ից
  gramm: abl
 -flex: չ.[ն]եր|ի//.երու
  gramm: pl,old

-paradigm: article
 -flex: .
 -flex: .ն
  gramm: def
  regex-prev: ^.*ա[<>.]*$
 -flex: .ը
  gramm: def
  regex-prev: ^.*ն[<>.]*$
"""


@pytest.fixture
def grammar(tmp_path: Path) -> Grammar:
    (tmp_path / "lexemes.txt").write_text(LEXEMES)
    (tmp_path / "paradigms.txt").write_text(PARADIGMS)
    return Grammar(tmp_path)


def test_lexeme_has_numbered_stems_in_several_spellings(grammar: Grammar) -> None:
    assert grammar.lexemes[0].list_stems() == [["տուն"], ["տան", "տաան"], []]


def test_paradigm_leads_into_the_next_where_its_condition_holds(grammar: Grammar) -> None:
    singular = [affix for affix in grammar.list_affixes("noun", "ն") if "sg" in affix.grammar]
    assert [affix.suffix for affix in singular] == ["", "ը"]
    assert {affix.stems for affix in singular} == {frozenset({0})}


def test_inflexion_has_variants_and_prefixes(grammar: Grammar) -> None:
    plural = [affix for affix in grammar.list_affixes("noun", "ն") if "pl" in affix.grammar]
    assert [(affix.prefix, affix.suffix) for affix in plural] == [("չ", "ների"), ("", "երու")]


def test_what_is_built_is_read_again() -> None:
    builder = Builder("made up")
    builder.add("cit", ["y", "ies"], "city")
    builder.add("went", [""], "go")
    builder.add("lock", ["un.ed", "s"], "lock")
    builder.add("fast", [""], "faster", derived=True)
    lexicon = Lexicon(BytesIO(builder.render()))
    found = {word: lexicon.find_lemmas(word) for word in ("cities", "went", "unlocked", "fast")}
    assert found == {"cities": ["city"], "went": ["go"], "unlocked": ["lock"], "fast": ["faster"]}


def test_same_words_make_the_same_lexicon() -> None:
    texts = set()
    for affixes in (["s", "ed", ""], ["", "ed", "s"]):
        builder = Builder("made up")
        builder.add("walk", affixes, "walk")
        texts.add(builder.render())
    assert len(texts) == 1
