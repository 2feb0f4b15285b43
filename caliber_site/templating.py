"""Jinja's environment, in which what is the same in each page is settled once."""

import re
from collections.abc import Callable, MutableMapping
from io import StringIO
from keyword import iskeyword
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import TemplateModule
from jinja2.ext import Extension
from jinja2.runtime import Context
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

BUFFER = "printed"
PASSED_ON = "yield from "
MACRO = "_macro"
OWN = {MACRO, "Markup"}
"""Names in what is written here."""

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


def safe(value: object) -> str:
    """Return what a template prints of a value."""
    if type(value) is Markup:
        return value
    return _escape_inner(value) if type(value) is str else escape(value)


class DirectCode(CodeGenerator):
    """Writes templates as code that calls functions as Python does.

    Jinja's own asks each of them whether it wants more than it is called with, and copies markup to
    mark it as such.
    """

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call; one of a global function that wants the context as Jinja does.

        No other function can have it: neither a variable nor a method that wants it is looked for.
        """
        called = node.node
        name = called.name if isinstance(called, nodes.Name) else ""
        if hasattr(self.environment.globals.get(name), "jinja_pass_arg"):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(called, frame)
        given = {"caller": "caller"} if forward_caller else None
        arguments = self._catch(self.signature, node, frame, given)
        self.write(f"({arguments.removeprefix(', ')})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute; whatever has none of this name is left to Jinja, as an item."""
        given, found = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({found} if ({found} := getattr({given} := ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing")
        self.write(f" else environment.getattr({given}, {node.attr!r}))")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write what is printed between two statements as one piece."""
        if frame.buffer is not None or frame.require_output_check:
            super().visit_Output(node, frame)
            return
        frame.buffer = BUFFER
        written = self._catch(super().visit_Output, node, frame)
        frame.buffer = None
        before, _, pieces = written.partition(BUFFER)
        if pieces.startswith(".append("):  # one, behind which there is a comma
            piece, _, after = pieces.rpartition(",")
            self.stream.write(f"{before}yield {piece.removeprefix('.append')}{after}")
        else:
            self.stream.write(f"{before}yield concat{pieces.removeprefix('.extend')}")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write a macro, or a call block, as a function with its parameters."""
        takes = macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller
        names = [parameter.name for parameter in macro_ref.node.args]
        is_escaped = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if takes or not is_escaped or OWN & {*names} or any(map(iskeyword, names)):
            super().macro_def(macro_ref, frame)
            return
        parameters = [*(f"{name}=missing" for name in names), "*", f"{MACRO}=macro"]
        self.write(f"lambda {', '.join(parameters)}: Markup({MACRO}({', '.join(names)}))")
        self.newline()

    def _catch(self, write: Callable[..., None], *given: Any) -> str:
        """Return what something writes, which is not written yet."""
        code, self.stream = self.stream, StringIO()
        write(*given)
        caught, self.stream = self.stream.getvalue(), code
        return caught

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.safe(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write a line; what a block or another template gives, as one piece.

        Each of its pieces would go through all of the templates that extend each other.
        """
        if x.startswith(PASSED_ON):
            x = f"yield concat({x.removeprefix(PASSED_ON)})"
        super().writeline(x, node, extra)


class Unindented(Extension):
    """Takes templates without their indentation, which readers would be sent with each page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return a template's source, with all of its lines."""
        return INDENTATION.sub("", source)


class SettledTemplate(Template):
    """A template that others import from: once for all of them, for all have the same globals."""

    def _get_default_module(self, _importing: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class SettledEnvironment(Environment):
    """An environment whose global names are all there before its first template is loaded.

    Jinja would look them up in a chain of two dictionaries, in Python, for each import and include.
    """

    code_generator_class = DirectCode
    template_class = SettledTemplate

    safe = staticmethod(safe)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the global names of a template: its own and the environment's."""
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    """Have the app use it; to be called before anything else asks for its templates."""
    app.jinja_environment = SettledEnvironment
    # There are few templates, and to note which one was used last takes a lock each time.
    app.jinja_options = {**app.jinja_options, "cache_size": -1, "extensions": [Unindented]}
    app.jinja_env.globals["settings"] = app.config["CALIBER"]
