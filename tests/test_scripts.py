"""The reader's own scripts: small, and all of them asked for."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "static" / "js"
MOST_BYTES = 5_000
OF_THE_READER = sorted(p for p in SCRIPTS.glob("*.js") if not p.name.startswith("desk"))


def test_all_that_readers_get_is_under_five_kilobytes() -> None:
    sizes = {script.name: script.stat().st_size for script in OF_THE_READER}
    assert sizes
    assert sum(sizes.values()) < MOST_BYTES, sizes


@pytest.mark.parametrize("script", OF_THE_READER, ids=lambda script: script.name)
def test_script_is_asked_for(script: Path) -> None:
    templates = (ROOT / "templates").rglob("*.html")
    assert any(f"asset('js/{script.name}')" in template.read_text() for template in templates)
