"""The log: one line an event, with the id of its request."""

import logging
import random

from flask import Flask, Response, g, has_request_context

from caliber_site.here import here

HEADER = "X-Request-Id"


class RequestId(logging.Filter):
    """Adds the id of the present request, or a dash, to log records."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Set `record.request_id`."""
        record.request_id = g.get("request_id", "-") if has_request_context() else "-"
        return True


def make_id() -> str:
    """Return the id of a new request."""
    # It is no secret, and asking the system for each would let other threads in.
    return f"{random.getrandbits(48):012x}"


def init_app(app: Flask) -> None:
    """Send the site's log to standard error and number the requests."""
    handler = logging.StreamHandler()
    handler.addFilter(RequestId())
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s")
    )
    app.logger.handlers = [handler]
    app.logger.propagate = False
    app.logger.setLevel(logging.INFO)

    @app.before_request
    def number_request() -> None:
        here().g.request_id = make_id()

    @app.after_request
    def name_request(response: Response) -> Response:
        response.headers[HEADER] = here().g.get("request_id", "-")
        return response
