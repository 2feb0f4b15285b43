"""The demo site for developers: an editor to sign in as, and a port to serve it on."""

import socket

from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.desk.staff import add_editor
from caliber_site.models import Editor, Role

DEMO_EMAIL = "editor@caliber.example"
DEMO_PASSWORD = "read-all-about-it"  # noqa: S105 - printed on start, for the demo alone
HOST = "127.0.0.1"


def add_demo_editor(session: Session) -> None:
    """Make sure that the demo's chief editor can sign in."""
    if session.scalar(select(Editor).where(Editor.email == DEMO_EMAIL)) is None:
        add_editor(session, DEMO_EMAIL, Role.CHIEF, DEMO_PASSWORD, name="Demo Editor")


def take_port(port: int) -> socket.socket:
    """Return a socket that has the port but does not listen yet.

    Raises:
        OSError: The port is taken or not ours to take.
    """
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
    except OSError:
        taken.close()
        raise
    return taken


def describe(port: int) -> str:
    """Return the line that says where the demo paper is and who may write in it."""
    return (
        f"http://{HOST}:{port}/ is ready; its desk is /desk/, "
        f"editor {DEMO_EMAIL}, password {DEMO_PASSWORD}"
    )
