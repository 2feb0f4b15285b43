"""Jinja's environment, in which what is the same in each page is settled once."""

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2.runtime import Context


class DirectContext(Context):
    """A context that calls most functions as they are.

    Jinja's own looks twice at each, and at its `__call__`, for whether it wants more than it is
    called with. Macros would hear whether to escape, which they know from their own templates.
    """

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        if hasattr(function, "jinja_pass_arg"):
            return super().call(function, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return function(*args, **kwargs)


class SettledEnvironment(Environment):
    """An environment whose global names are all there before its first template is loaded.

    Jinja would look them up in a chain of two dictionaries, in Python, for each import and include.
    """

    context_class = DirectContext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the global names of a template: its own and the environment's."""
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    """Have the app use it; to be called before anything else asks for its templates."""
    app.jinja_environment = SettledEnvironment
    # There are few templates, and to note which one was used last takes a lock each time.
    app.jinja_options = {**app.jinja_options, "cache_size": -1}
