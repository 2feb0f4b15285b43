"""Templates as code that calls functions directly: what they print stays safe."""

from collections.abc import Callable

import pytest
from flask import Flask
from jinja2 import UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup


class Marked:
    """Knows its own markup."""

    def __html__(self) -> str:
        return "<i>own</i>"

    word = "own"


class Word(str):
    """Text that a library has a class of its own for."""

    __slots__ = ()


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("<b> & 'c'", "&lt;b&gt; &amp; &#39;c&#39;"),
        (Word("<b>"), "&lt;b&gt;"),
        (["<b>"], "[&#39;&lt;b&gt;&#39;]"),
        (Markup("<b>safe</b>"), "<b>safe</b>"),
        (Marked(), "<i>own</i>"),
        (None, "None"),
    ],
)
def test_all_but_markup_is_escaped(app: Flask, value: object, printed: str) -> None:
    page = app.jinja_env.from_string("{% autoescape true %}{{ value }}{% endautoescape %}")
    assert page.render(value=value) == printed


def test_what_a_function_returns_is_escaped(app: Flask) -> None:
    page = app.jinja_env.from_string(
        "{% autoescape true %}{{ quote('<', end='>') }}{% endautoescape %}"
    )
    assert page.render(quote=lambda begin, end: f"{begin}{end}") == "&lt;&gt;"


def test_call_block_is_given_to_what_is_called(app: Flask) -> None:
    page = app.jinja_env.from_string("{% call twice() %}a{% endcall %}")
    assert page.render(twice=lambda caller: caller() * 2) == "aa"


def test_global_function_that_wants_the_context_gets_it(app: Flask) -> None:
    @pass_context
    def look_up(context: Context, name: str) -> object:
        return context[name]

    environment = app.jinja_env.overlay()
    environment.globals = {**environment.globals, "look_up": look_up}
    assert environment.from_string("{{ look_up('word') }}").render(word="here") == "here"


def test_indentation_is_the_templates_alone(app: Flask) -> None:
    page = app.jinja_env.from_string("<p>\n    a\n\n\t{{ value }}\n</p>")
    assert page.render(value="b\n    c") == "<p>\na\n\nb\n    c\n</p>"


def test_imported_macros_know_the_global_names(app: Flask) -> None:
    page = app.jinja_env.from_string(
        "{% from 'news/_author.html' import author %}{{ author(none) }}"
    )
    with app.test_request_context("/en/"):
        app.preprocess_request()
        assert 'href="/en/latest/"' in page.render()


@pytest.mark.parametrize(
    ("call", "printed"),
    [
        ("m('<', 'c')", "<i>&lt;c</i>"),
        ("m(b='c', a='<')", "<i>&lt;c</i>"),
        ("m('<')", "<i>&lt;d</i>"),
        ("m()", "<i>d</i>"),
        ("m('<') ~ '<'", "<i>&lt;d</i>&lt;"),
    ],
)
@pytest.mark.parametrize("last", ["c", "class", "kwargs", "Markup", "_macro"])
def test_macro_takes_its_parameters(app: Flask, call: str, printed: str, last: str) -> None:
    page = app.jinja_env.from_string(
        "{% autoescape true %}{% macro m(a, b='d', "
        + last
        + "=1) %}<i>{{ a }}{{ b }}</i>{% endmacro %}{{ "
        + call
        + " }}{% endautoescape %}"
    )
    assert page.render() == printed


def test_macro_does_not_take_more_than_its_parameters(app: Flask) -> None:
    page = app.jinja_env.from_string(
        "{% autoescape true %}{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, m) }}{% endautoescape %}"
    )
    with pytest.raises(TypeError):
        page.render()


def test_call_block_may_ask_what_it_was_called_with(app: Flask) -> None:
    page = app.jinja_env.from_string(
        "{% call give() %}{{ kwargs.word }}{{ varargs[0] }}{% endcall %}"
    )
    assert page.render(give=lambda caller: caller("b", word="a")) == "ab"


def test_call_blocks_in_a_loop_are_each_their_own(app: Flask) -> None:
    page = app.jinja_env.from_string(
        "{% for x in 'ab' %}{% call keep() %}{{ x }}{% call keep() %}{{ x }}!{% endcall %}"
        "{% endcall %}{% endfor %}"
    )
    kept = []

    def keep(caller: Callable[[], Markup]) -> Markup:
        kept.append(caller())
        return kept[-1]

    assert page.render(keep=keep) == "aa!bb!"
    assert kept == ["a!", "aa!", "b!", "bb!"]


@pytest.mark.parametrize(
    ("value", "printed"),
    [(Marked(), "own"), ({"word": "item"}, "item"), ({"word": None}, "None"), ({}, ""), (7, "")],
)
def test_word_is_an_attribute_or_else_an_item_or_else_nothing(
    app: Flask, value: object, printed: str
) -> None:
    page = app.jinja_env.from_string("{{ value.word }}")
    assert page.render(value=value) == printed


def test_attribute_of_nothing_is_told_by_its_name(app: Flask) -> None:
    with pytest.raises(UndefinedError, match="'value' is undefined"):
        app.jinja_env.from_string("{{ value.word }}").render()


def test_pieces_between_statements_are_printed_in_their_order(app: Flask) -> None:
    page = app.jinja_env.from_string(
        "a{{ x }},(){% if x %}{{ x }}{% endif %}b{% block c %}{{ x }},{% endblock %}{{ '1,2' }}"
    )
    assert page.render(x="(,)") == "a(,),()(,)b(,),1,2"


@pytest.mark.parametrize("text", ["printed.append(", "{{ x }}printed.append(", "printed.extend(("])
def test_text_that_looks_like_code_is_printed(app: Flask, text: str) -> None:
    page = app.jinja_env.from_string(text)
    assert page.render(x="a") == text.replace("{{ x }}", "a")


def test_base_that_is_chosen_by_a_condition_is_extended(app: Flask) -> None:
    base = app.jinja_env.from_string("<{% block a %}{% endblock %}>")
    page = app.jinja_env.from_string(
        "{% if base %}{% extends base %}{% endif %}{{ x }},{% block a %}{{ x }}!{% endblock %}"
    )
    assert [page.render(x="a", base=base), page.render(x="a")] == ["<a!>", "a,a!"]
