"""Commands for editors' accounts."""

from flask.cli import AppGroup

editors_commands = AppGroup("editors", help="Editors' accounts.")
