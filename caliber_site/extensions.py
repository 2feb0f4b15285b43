"""The extensions, made here and bound to an app by `create_app`."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response, current_app
from flask_babel import Babel
from flask_compress import Compress
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import make_url

from caliber_site.here import asked, here
from caliber_site.models import Base
from caliber_site.ready.cache import STAMP

if TYPE_CHECKING:
    from flask_alembic import Alembic


class OtherAnswers(Compress):
    """Flask-Compress, for answers that the page cache does not compress itself."""

    def after_request(self, response: Response | None) -> Response:
        """Compress an answer, if its request wants that."""
        if response and STAMP in asked().environ:
            return response
        return super().after_request(response)


class Tokens(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's, which asks of each request first whether its view is exempt."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Check the token of a request that changes something.

        Raises:
            flask_wtf.csrf.CSRFError: It has none, or another one's.
        """
        if asked().method in here().app.config["WTF_CSRF_METHODS"]:
            super().protect(apply_exemptions)


# What people wrote, and their passwords' hashes, are not for logs and terminals.
db = SQLAlchemy(engine_options={"hide_parameters": True})
babel = Babel()
compress = OtherAnswers()
csrf = Tokens()


def load_migrations() -> "Alembic":
    """Return what migrates the database of the current app."""
    # It is large, and web processes do without.
    from flask_alembic import Alembic  # noqa: PLC0415

    from caliber_site.models.index import INDEX  # noqa: PLC0415

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    alembic = Alembic(metadatas=[Base.metadata, INDEX], run_mkdir=False, command_name="")
    alembic.init_app(app)
    # It tells each step otherwise, which nobody asked for when they start a site.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return alembic


def compared_tables(address: str) -> Callable[..., bool]:
    """Return which tables migrations are compared with in a database: PostgreSQL alone has all."""
    has_all = make_url(address).get_backend_name() == "postgresql"

    def is_compared(thing: Any, _name: str | None, kind: str, is_there: bool, _other: Any) -> bool:
        return has_all or is_there or kind != "table" or thing.metadata is Base.metadata

    return is_compared
