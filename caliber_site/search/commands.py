"""Commands."""

from flask.cli import AppGroup

search_commands = AppGroup("search")
