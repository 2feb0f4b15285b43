"""A browser that is only watched: Playwright forbids prerendering, so its pipe is spoken here."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from tests.browser.reader import CHROMIUM, WAIT_SECONDS

READ, WRITE = 3, 4
"""The numbers under which Chromium looks for its pipes."""


class RefusedError(Exception):
    """The browser would not do what it was told."""


class Pipe:
    """The DevTools protocol of a running browser: messages with a zero between them."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = commands
        self._answers = os.fdopen(answers, "rb", buffering=0)
        self._waiting = b""
        self._numbers = count(1)
        self._pages: list[str] = []
        self._prerendered: list[str] = []

    def send(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Give a command and return its result.

        Raises:
            RefusedError: The browser refused it.
        """
        number = next(self._numbers)
        command: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while (answer := self._read()).get("id") != number:
            if answer["method"] == "Target.attachedToTarget":
                self._note_session(answer["params"]["targetInfo"], answer["params"]["sessionId"])
        if "error" in answer:
            raise RefusedError(method, answer["error"])
        return answer["result"]  # type: ignore[no-any-return]

    def _note_session(self, target: dict[str, Any], session: str) -> None:
        if target["type"] == "page":
            kept = self._prerendered if target.get("subtype") == "prerender" else self._pages
            kept.append(session)

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            more = self._answers.read(65536)
            if not more:
                message = "the browser has ended"
                raise RuntimeError(message)
            self._waiting += more
        first, _, self._waiting = self._waiting.partition(b"\0")
        return json.loads(first)  # type: ignore[no-any-return]

    def close(self) -> None:
        """Close the browser's ends that are ours; it ends for that."""
        os.close(self._commands)
        self._answers.close()

    def open(self, url: str) -> str:
        """Open a page in a tab of its own and return the session with the page.

        What the tab prerenders has a session too, from then on in `prerendered`.
        """
        self.send("Target.createTarget", url=url)
        # A session with a page instead of its tab would forbid prerendering.
        tabs = self.send("Target.getTargets", filter=[{"type": "tab"}])["targetInfos"]
        (tab,) = (tab["targetId"] for tab in tabs if tab["url"] == url)
        session = self.send("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        follow = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": True}
        self.send("Target.setAutoAttach", session, **follow)
        return self._pages[-1]

    @property
    def prerendered(self) -> str | None:
        """Return the session with the page that was prerendered last, if there was one."""
        self.send("Target.getTargets")  # hears what has happened meanwhile
        return self._prerendered[-1] if self._prerendered else None

    def evaluate(self, session: str, expression: str) -> Any:
        """Return the value of an expression in a page."""
        result = self.send("Runtime.evaluate", session, expression=expression, returnByValue=True)
        return result["result"].get("value")

    def wait_until(self, session: str, condition: str) -> None:
        """Wait until an expression is true in a page."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not self._holds(session, condition):
            assert time.monotonic() < deadline, f"waited in vain: {condition}"
            time.sleep(0.05)

    def _holds(self, session: str, condition: str) -> bool:
        try:
            return bool(self.evaluate(session, condition))
        except RefusedError:  # the page has no document yet
            return False

    def move_to(self, session: str, selector: str) -> tuple[float, float]:
        """Rest the mouse on the middle of an element; return where that is."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.evaluate(session, f"{element}.scrollIntoView({{block: 'center'}})")
        place = self.evaluate(session, f"{element}.getBoundingClientRect().toJSON()")
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        self.send("Input.dispatchMouseEvent", session, type="mouseMoved", x=x, y=y)
        return x, y

    def click(self, session: str, x: float, y: float) -> None:
        """Press the mouse."""
        for kind in ("mousePressed", "mouseReleased"):
            self.send(
                "Input.dispatchMouseEvent",
                session,
                type=kind,
                x=x,
                y=y,
                button="left",
                clickCount=1,
            )


@contextmanager
def start_chromium(profile: Path, agent: str) -> Iterator[Pipe]:
    """Run a browser of its own.

    Args:
        profile: An empty folder.
        agent: What it calls itself.
    """
    (their_in, our_out), (our_in, their_out) = os.pipe(), os.pipe()
    command = [str(shutil.which("chromium")), *CHROMIUM, "--headless", "--remote-debugging-pipe"]
    command += [f"--user-data-dir={profile}", f"--user-agent={agent}", "about:blank"]
    moves = [
        (os.POSIX_SPAWN_DUP2, their_in, READ),
        (os.POSIX_SPAWN_DUP2, their_out, WRITE),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),  # it misses much that a desktop has
    ]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=moves)
    os.close(their_in)
    os.close(their_out)
    pipe = Pipe(our_out, our_in)
    try:
        yield pipe
        pipe.send("Browser.close")
    finally:
        pipe.close()
        os.waitpid(process, 0)
