"""Where it is written: the routes, by purpose, and what holds for all of them."""

from flask import Blueprint, Response

from caliber_site.desk.pages import (
    account,
    editions,
    editors,
    form,
    pictures,
    preview,
    revisions,
    sections,
    signin,
)
from caliber_site.desk.pages.guard import admit

bp = Blueprint("desk", __name__, url_prefix="/desk")
bp.before_request(admit)
for purpose in (account, editions, editors, form, pictures, preview, revisions, sections, signin):
    bp.register_blueprint(purpose.bp)


@bp.after_request
def keep_private(response: Response) -> Response:
    """Let neither caches nor search engines keep what editors see."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
