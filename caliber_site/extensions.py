"""The extensions, made here and bound to an app by `create_app`."""

from flask_alembic import Alembic
from flask_babel import Babel
from flask_compress import Compress
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect

from caliber_site.models import Base

# What people wrote, and their passwords' hashes, are not for logs and terminals.
db = SQLAlchemy(engine_options={"hide_parameters": True})
alembic = Alembic(metadatas=Base.metadata, run_mkdir=False, command_name="")
babel = Babel()
compress = Compress()
csrf = CSRFProtect()
