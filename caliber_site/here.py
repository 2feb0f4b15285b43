"""What Flask's proxies stand for, in places that a page passes dozens of times.

`g.x` looks for all that it needs anew each time, which takes ten times as long as `here().x`.
"""

from collections.abc import Callable
from typing import Any

from flask import current_app, g

here: Callable[[], Any] = g._get_current_object
site: Callable[[], Any] = current_app._get_current_object  # type: ignore[attr-defined]
