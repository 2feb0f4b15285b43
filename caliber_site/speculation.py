"""Speculation rules: browsers may make the story ready that a reader is about to open.

The rules come by a header, for the Content Security Policy allows nothing inline. What is made
ready counts as read only when it is shown: seen.js and `readers.is_reader` see to that.
"""

import json

from flask import Flask, Response

from caliber_site.here import asked
from caliber_site.htmx import is_htmx

ADDRESS = "/speculation-rules.json"
DAY_SECONDS = 24 * 3600
STORIES = {
    "and": [
        {"href_matches": "/:language/post/:slug"},
        {"not": {"selector_matches": "[href^='#'], [rel~='next']"}},
    ]
}
# "Moderate" is a pointer that rests on a link, or a link that is long in the middle of a phone.
RULES = {"prerender": [{"where": STORIES, "eagerness": "moderate"}]}


def rules() -> Response:
    """Send the rules."""
    answer = Response(json.dumps(RULES), content_type="application/speculationrules+json")
    answer.cache_control.public = True
    answer.cache_control.max_age = DAY_SECONDS
    return answer


def name_rules(response: Response) -> Response:
    """Name the rules on a page that readers see."""
    if response.mimetype == "text/html" and asked().method == "GET" and not is_htmx():
        response.headers["Speculation-Rules"] = f'"{ADDRESS}"'
    return response


def init_app(app: Flask) -> None:
    """Offer the rules, which `name_rules` names."""
    app.add_url_rule(ADDRESS, view_func=rules)
