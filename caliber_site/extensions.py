"""The extensions, made here and bound to an app by `create_app`."""

from flask_alembic import Alembic
from flask_babel import Babel
from flask_compress import Compress
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect

from caliber_site.models import Base

db = SQLAlchemy()
alembic = Alembic(metadatas=Base.metadata, run_mkdir=False, command_name="")
babel = Babel()
compress = Compress()
csrf = CSRFProtect()
