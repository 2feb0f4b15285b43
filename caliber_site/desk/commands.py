"""Commands for editors' accounts."""

import sys

import click
from flask.cli import AppGroup

from caliber_site.desk.staff import StaffError, add_editor, change_password, find_by_email
from caliber_site.extensions import db
from caliber_site.languages import BY_LABEL
from caliber_site.models import Role

editors_commands = AppGroup("editors", help="Editors' accounts.")


@editors_commands.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--name", default="", help="How the desk calls the editor.")
@click.option("--language", default="en", show_default=True, type=click.Choice(list(BY_LABEL)))
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(email: str, role: str, name: str, language: str, *, password_stdin: bool) -> None:
    """Add an editor, asking for a password."""
    if "@" not in email.strip("@") or any(c.isspace() for c in email.strip()):
        message = f"{email!r} is not an e-mail address"
        raise click.BadParameter(message, param_hint="EMAIL")
    password = _read_password(from_stdin=password_stdin)
    tag = BY_LABEL[language].tag
    try:
        editor = add_editor(db.session, email, Role(role), password, name=name, language=tag)
    except StaffError as error:
        raise click.ClickException(f"{email}: {error}") from error
    click.echo(f"{editor.email} is {'an' if role[0] in 'ae' else 'a'} {role}")


@editors_commands.command("password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def set_password(email: str, *, password_stdin: bool) -> None:
    """Give an editor a new password, asking for it, and end the editor's sessions."""
    editor = find_by_email(db.session, email)
    if editor is None:
        message = f"{email}: there is no editor with this e-mail address"
        raise click.ClickException(message)
    try:
        change_password(db.session, editor, _read_password(from_stdin=password_stdin))
    except StaffError as error:
        raise click.ClickException(f"{email}: {error}") from error
    click.echo(f"{editor.email} has a new password")


def _read_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
