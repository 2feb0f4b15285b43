"""What tests of the exchange share: an import of given lines into the test's database."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import PIL.Image
import pytest
from sqlalchemy.orm import Session

from caliber_site.demo.content import PICTURES
from caliber_site.exchange.jsonl import Run, import_lines
from caliber_site.exchange.repeats import find_superseded
from caliber_site.settings import Settings
from tests.conftest import load_paper
from tests.once import make_once

SMALL = 500
"""Width of small pictures: of more than one size."""

GOOD: dict[str, Any] = {
    "story": "harbour",
    "language": "en",
    "section": "news",
    "title": "The harbour opens",
    "body": "<p>Quietly.</p>",
    "published_at": "2025-07-06T10:11:00+04:00",
}


@dataclass
class Imported:
    """What an import did, and what it told."""

    run: Run = field(default_factory=Run)
    faults: list[tuple[int, str]] = field(default_factory=list)
    changed: list[set[int]] = field(default_factory=list)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.run.added, self.run.updated, self.run.unchanged, self.run.faults


Bring = Callable[..., Imported]


@pytest.fixture
def bring(session: Session, settings: Settings, tmp_path: Path) -> Bring:
    """Import lines: bytes as they are, dictionaries as changes of a good line."""

    def bring(*lines: bytes | dict[str, Any], run: Run | None = None) -> Imported:
        result = Imported(run or Run())
        encoded = list(_encode(lines))
        [result.run.superseded] = find_superseded([encoded])
        import_lines(
            session,
            encoded,
            result.run,
            folder=tmp_path,
            uploads=settings.uploads_dir,
            limit=settings.upload_limit,
            report=lambda number, reason: result.faults.append((number, reason)),
            changed=lambda ids: result.changed.append(set(ids)),
        )
        return result

    return bring


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo paper with small pictures: an import draws each in all its sizes anew."""
    return make_once(tmp_path_factory, "small", _load_small)


def _load_small(folder: Path) -> None:
    with TemporaryDirectory() as small, pytest.MonkeyPatch.context() as patch:
        for path in PICTURES.glob("*.jpg"):
            with PIL.Image.open(path) as picture:
                picture.resize((SMALL, picture.height * SMALL // picture.width)).save(
                    Path(small, path.name)
                )
        patch.setattr("caliber_site.demo.load.PICTURES", Path(small))
        load_paper(folder)


@pytest.fixture
def photo(tmp_path: Path) -> str:
    """A picture beside the lines, by its path from them."""
    encoded = BytesIO()
    PIL.Image.new("RGB", (600, 400), (20, 90, 160)).save(encoded, "JPEG")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "1.jpg").write_bytes(encoded.getvalue())
    return "photos/1.jpg"


def _encode(lines: Iterable[bytes | dict[str, Any]]) -> Iterable[tuple[int, bytes]]:
    for number, line in enumerate(lines, 1):
        if isinstance(line, bytes):
            yield number, line
        else:
            said = {name: value for name, value in (GOOD | line).items() if value is not ...}
            yield number, json.dumps(said).encode()
