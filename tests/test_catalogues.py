"""The catalogues: every string of the code is there, translated, in the language's own script."""

import re
import unicodedata
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from caliber_site.languages import ARMENIAN, RUSSIAN, Language

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "translations"
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "_l": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
MARKUP = re.compile(r"<[^>]*>|%\(\w+\)[sd]|&\w+;")

# Words that Russian and Armenian print in Latin letters too.
LATIN_WORDS = frozenset(
    "Apple App Store Google Play Telegram WhatsApp Facebook Instagram YouTube X VK JavaScript "
    "HTML Markdown JPEG PNG WebP AVIF Word Docs Esc Enter Ctrl".split()
)

both = pytest.mark.parametrize("language", [RUSSIAN, ARMENIAN], ids=lambda x: x.label)


@pytest.fixture(scope="module")
def strings() -> Catalog:
    """What `make catalogues` would extract."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = Catalog()
    found = extract_from_dir(ROOT, methods, options, KEYWORDS)
    for _file, _line, message, _comments, context in found:
        catalog.add(message, None, context=context)
    return catalog


def load_catalog(language: Language) -> Catalog:
    path = TRANSLATIONS / language.tag / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, language.tag)


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def key(message: Message) -> tuple[object, ...]:
    return (message.context, *forms(message.id))


def test_strings_are_found(strings: Catalog) -> None:
    assert len(strings) > 20


@both
def test_no_string_is_new_or_left_over(strings: Catalog, language: Language) -> None:
    assert {key(m) for m in messages(strings)} == {key(m) for m in load_catalog(language)} - {
        (None, "")
    }


@both
def test_nothing_is_fuzzy(language: Language) -> None:
    assert [m.id for m in messages(load_catalog(language)) if m.fuzzy] == []


@both
def test_every_form_of_every_string_is_translated(language: Language) -> None:
    catalog = load_catalog(language)
    wanted = {True: catalog.num_plurals, False: 1}
    assert [
        m.id
        for m in messages(catalog)
        if len(forms(m.string)) != wanted[bool(m.pluralizable)] or not all(forms(m.string))
    ] == []


@both
def test_plural_rule_is_that_of_the_language(language: Language) -> None:
    # Babel's own default for a new Armenian catalogue knows one form only.
    categories = {"ru": ["one", "few", "many"], "hy": ["one", "other"]}[language.tag]
    choose = c2py(load_catalog(language).plural_expr)
    plural_form = Locale.parse(language.locale).plural_form
    assert [categories[choose(n)] for n in range(200)] == [plural_form(n) for n in range(200)]


@both
def test_placeholders_are_those_of_the_string(language: Language) -> None:
    wrong = []
    for message in messages(load_catalog(language)):
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        wrong += [x for x in forms(message.string) if set(PLACEHOLDER.findall(x)) != wanted]
    assert wrong == []


@both
def test_translations_are_in_the_script_of_the_language(language: Language) -> None:
    foreign = []
    for message in messages(load_catalog(language)):
        for text in forms(message.string):
            words = re.findall(r"[^\W\d_]+", MARKUP.sub(" ", text))
            strange = [w for w in words if w not in LATIN_WORDS and not is_in(language, w)]
            foreign += [(text, strange)] if strange else []
    assert foreign == []


def is_in(language: Language, word: str) -> bool:
    return all(unicodedata.name(letter, "").startswith(language.script) for letter in word)
