"""Limited attempts to sign in, per address and per account, and what is said of those that fail."""

from flask import request
from flask_babel import gettext as _
from limits import parse

from caliber_site.desk.staff import check_password, normal_email
from caliber_site.extensions import db, limiter
from caliber_site.models import Editor

PER_ADDRESS = parse("40 per 15 minutes")
PER_ACCOUNT = parse("8 per 15 minutes")


class TooManyError(Exception):
    """This was tried too often of late."""


def try_password(email: str, password: str) -> Editor | None:
    """Return the editor whose e-mail address and password these are.

    Raises:
        TooManyError: Too many attempts from this address or at this account.
    """
    account, address = normal_email(email), request.remote_addr or ""
    # Each attempt counts before it is checked, so that many at once cannot slip through.
    allowed = limiter.limiter.hit(PER_ADDRESS, "sign-in", address)
    if not (allowed and limiter.limiter.hit(PER_ACCOUNT, "sign-in", account)):
        raise TooManyError
    editor = check_password(db.session, email, password)
    if editor:
        limiter.limiter.clear(PER_ACCOUNT, "sign-in", account)
    return editor


def wrong() -> str:
    """Say that e-mail address and password do not go together, and not which is wrong."""
    return str(_("E-mail address and password do not match."))


def too_many() -> str:
    """Say that one must wait."""
    return str(_("Too many attempts. Please wait a quarter of an hour and try again."))
