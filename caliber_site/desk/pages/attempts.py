"""Limited attempts to sign in, per address and per account, and what is said of those that fail."""

import hmac

from flask import current_app, request
from flask_babel import gettext as _

from caliber_site.desk.attempts import Counter
from caliber_site.desk.staff import check_password, normal_email
from caliber_site.extensions import db
from caliber_site.models import Editor

SECONDS = 15 * 60
PER_ADDRESS = 40
PER_ACCOUNT = 8


class TooManyError(Exception):
    """This was tried too often of late; in so many `seconds` it may be tried again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def try_password(email: str, password: str) -> Editor | None:
    """Return the editor whose e-mail address and password these are.

    Raises:
        TooManyError: Too many attempts from this address or at this account.
    """
    account = _key("account", normal_email(email))
    # Each attempt counts before it is checked, so that many at once cannot slip through.
    _count(_key("address", request.remote_addr or ""), PER_ADDRESS)
    _count(account, PER_ACCOUNT)
    editor = check_password(db.session, email, password)
    if editor:
        _counter().forget(db.session, account)
    return editor


def _count(key: bytes, most: int) -> None:
    counted = _counter().count(db.session, key, SECONDS)
    if counted.number > most:
        raise TooManyError(counted.seconds)


def _key(kind: str, value: str) -> bytes:
    # Neither addresses nor accounts are to be read where attempts are kept.
    secret = current_app.config["CALIBER"].secret_key.get_secret_value()
    return hmac.digest(secret.encode(), f"sign-in {kind} {value}".encode(), "sha256")[:16]


def _counter() -> Counter:
    return current_app.extensions["attempts"]  # type: ignore[no-any-return]


def wrong() -> str:
    """Say that e-mail address and password do not go together, and not which is wrong."""
    return str(_("E-mail address and password do not match."))


def too_many() -> str:
    """Say that one must wait."""
    return str(_("Too many attempts. Please wait a quarter of an hour and try again."))
