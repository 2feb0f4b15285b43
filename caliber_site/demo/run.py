"""The demo site for developers: everything set up, then `flask run`."""

import signal
import subprocess
import sys
import threading
import time
from typing import TextIO
from urllib.error import URLError
from urllib.request import urlopen

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.desk.staff import add_editor
from caliber_site.models import Editor, Role

DEMO_EMAIL = "editor@caliber.example"
DEMO_PASSWORD = "read-all-about-it"  # noqa: S105 - printed on start, for the demo alone
START_SECONDS = 30


def add_demo_editor(session: Session) -> None:
    """Make sure that the demo's chief editor can sign in."""
    if session.scalar(select(Editor).where(Editor.email == DEMO_EMAIL)) is None:
        add_editor(session, DEMO_EMAIL, Role.CHIEF, DEMO_PASSWORD, name="Demo Editor")


def serve(port: int) -> int:
    """Run the site through `flask run` until it is stopped; return its exit status.

    The first line printed once it answers names the address and the demo editor's login; what
    `flask run` has to say follows.
    """
    command = [sys.executable, "-m", "flask", "--app", "caliber_site", "run", "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    if _answers(server, f"http://127.0.0.1:{port}/healthz"):
        click.echo(
            f"http://127.0.0.1:{port}/ is ready; its desk is /desk/, "
            f"editor {DEMO_EMAIL}, password {DEMO_PASSWORD}"
        )
    assert server.stdout  # noqa: S101 - it is a pipe
    printing = threading.Thread(target=_print, args=(server.stdout,))
    printing.start()
    try:
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()
    finally:
        server.terminate()
        printing.join()


def _answers(server: subprocess.Popen[str], address: str) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=1):  # noqa: S310 - our own address
                return True
        except (URLError, OSError):
            time.sleep(0.05)
    return False


def _print(lines: TextIO) -> None:
    for line in lines:
        click.echo(line, nl=False, err=True)
