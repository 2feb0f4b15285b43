"""Where it is written: the routes, by purpose, and what holds for all of them."""

from flask import Blueprint, Response

from caliber_site.desk.pages.account import bp as account
from caliber_site.desk.pages.editions import bp as editions
from caliber_site.desk.pages.editors import bp as editors
from caliber_site.desk.pages.form import bp as form
from caliber_site.desk.pages.guard import admit
from caliber_site.desk.pages.pictures import bp as pictures
from caliber_site.desk.pages.preview import bp as preview
from caliber_site.desk.pages.revisions import bp as revisions
from caliber_site.desk.pages.sections import bp as sections
from caliber_site.desk.pages.signin import bp as signin

bp = Blueprint("desk", __name__, url_prefix="/desk")
bp.before_request(admit)
for purpose in (account, editions, editors, form, pictures, preview, revisions, sections, signin):
    bp.register_blueprint(purpose)


@bp.after_request
def keep_private(response: Response) -> Response:
    """Let neither caches nor search engines keep what editors see."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
