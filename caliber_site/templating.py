"""Jinja's environment, in which global names are settled once for a template, not in each page."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment


class SettledEnvironment(Environment):
    """An environment whose global names are all there before its first template is loaded.

    Jinja would look them up in a chain of two dictionaries, in Python, for each import and include.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the global names of a template: its own and the environment's."""
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    """Have the app use it; to be called before anything else asks for its templates."""
    app.jinja_environment = SettledEnvironment
