"""Where it is written: the routes, by purpose, and what holds for all of them."""

from flask import Blueprint, Response, request, session
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError

from caliber_site.desk.pages import again
from caliber_site.desk.pages.account import bp as account
from caliber_site.desk.pages.editions import bp as editions
from caliber_site.desk.pages.editors import bp as editors
from caliber_site.desk.pages.form import bp as form
from caliber_site.desk.pages.guard import SignedOutError, admit
from caliber_site.desk.pages.pictures import bp as pictures
from caliber_site.desk.pages.preview import bp as preview
from caliber_site.desk.pages.revisions import bp as revisions
from caliber_site.desk.pages.sections import bp as sections
from caliber_site.desk.pages.signin import bp as signin

LARGEST_UPLOADS = 10  # times the limit are read from whoever signed in

bp = Blueprint("desk", __name__, url_prefix="/desk")
bp.before_request(admit)
bp.register_error_handler(OperationalError, again.show_busy)
bp.register_error_handler(CSRFError, again.show_stale)
bp.register_error_handler(SignedOutError, again.show_signed_out)
for purpose in (account, editions, editors, form, pictures, preview, revisions, sections, signin):
    bp.register_blueprint(purpose)


@bp.url_value_preprocessor
def read_more(_endpoint: str | None, _values: object) -> None:
    """Read what is too large too, so that the form can say so and still holds the rest."""
    request.max_form_memory_size = request.max_content_length
    if "editor" in session:
        request.max_content_length = (request.max_content_length or 0) * LARGEST_UPLOADS


@bp.after_request
def keep_private(response: Response) -> Response:
    """Let neither caches nor search engines keep what editors see."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
