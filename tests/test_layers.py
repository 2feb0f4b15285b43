"""Who may call whom: the contracts of import-linter in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def test_layers_hold() -> None:
    linted = subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout
