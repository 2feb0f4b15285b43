"""What tests of the exchange share: an import of given lines into the test's database."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from sqlalchemy.orm import Session

from caliber_site.exchange.jsonl import Run, import_lines
from caliber_site.exchange.repeats import find_superseded
from caliber_site.settings import Settings

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
