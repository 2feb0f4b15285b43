"""What Flask's proxies stand for, in places that many pages pass, and some a dozen times.

`g.x` and `request.x` look for all that they need anew each time, in Python, which takes twenty
times as long as `here().g.x` and `asked().x`.
"""

from collections.abc import Callable

from flask import Request
from flask.ctx import AppContext, RequestContext
from flask.globals import _cv_app, _cv_request

here: Callable[[], AppContext] = _cv_app.get
"""The app, as `here().app`, and what it notes for the present request, as `here().g`."""

_asking: Callable[[], RequestContext] = _cv_request.get


def asked() -> Request:
    """Return the present request."""
    return _asking().request
