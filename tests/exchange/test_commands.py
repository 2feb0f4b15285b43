import gzip
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from caliber_site.exchange import files
from tests.exchange.conftest import GOOD


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(GOOD) + "\n")
    return path


def invoke(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["articles", *map(str, arguments)])


def test_import_ends_with_a_summary(app: Flask, file: Path) -> None:
    result = invoke(app, "import", file)
    assert (result.exit_code, result.stdout) == (0, "1 added, 0 updated, 0 unchanged, 0 faults\n")


def test_import_without_a_terminal_shows_no_bar(app: Flask, file: Path) -> None:
    assert invoke(app, "import", file).stderr == ""


def test_imported_edition_opens_and_is_found(app: Flask, file: Path) -> None:
    invoke(app, "import", file)
    client = app.test_client()
    assert "The harbour opens" in client.get("/en/post/the-harbour-opens").text
    assert "the-harbour-opens" in client.get("/en/search?q=harbour").text


def test_packed_file_is_read(app: Flask, file: Path) -> None:
    packed = file.with_name("in.jsonl.gz")
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert invoke(app, "import", packed).stdout.startswith("1 added")


def test_fault_names_file_and_line_and_exits_1(app: Flask, file: Path) -> None:
    file.write_text("\nnonsense\n" + file.read_text())
    result = invoke(app, "import", file)
    assert result.exit_code == 1
    assert result.stderr == f"{file}:2: not JSON\n"
    assert result.stdout == "1 added, 0 updated, 0 unchanged, 1 faults\n"


def test_damaged_packed_file_is_read_as_far_as_it_goes(app: Flask, tmp_path: Path) -> None:
    lines = (json.dumps(GOOD | {"story": f"s{n}"}).encode() for n in range(600))
    packed = gzip.compress(b"\n".join(lines), compresslevel=0)
    (tmp_path / "in.gz").write_bytes(packed[: len(packed) // 2])
    result = invoke(app, "import", tmp_path / "in.gz")
    assert result.exit_code == 1
    assert "the file is damaged from here on" in result.stderr
    assert not result.stdout.startswith("0 added")


def test_file_that_is_not_packed_is_damaged(app: Flask, file: Path) -> None:
    packed = file.rename(file.with_name("in.jsonl.gz"))
    result = invoke(app, "import", packed)
    assert result.stderr == f"{packed}:1: the file is damaged from here on\n"


def test_line_without_end_is_skipped(
    app: Flask, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LONGEST_LINE", 1024 * 1024)
    file.write_text("x" * 3_000_000 + "\n" + file.read_text())
    result = invoke(app, "import", file)
    assert result.stderr == f"{file}:1: longer than 1 megabytes\n"
    assert result.stdout.startswith("1 added")


@pytest.mark.parametrize("name", ["none.jsonl", "folder"])
def test_unreadable_file_is_one_line_and_exits_2(
    app: Flask, tmp_path: Path, file: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    result = invoke(app, "import", file, tmp_path / name)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert name in result.stderr


def test_import_of_no_file_is_wrong_usage(app: Flask) -> None:
    assert invoke(app, "import").exit_code == 2


def test_export_counts_editions(app: Flask, file: Path, tmp_path: Path) -> None:
    invoke(app, "import", file)
    assert invoke(app, "export", tmp_path / "out.jsonl").stdout == "1 editions written\n"


def test_export_into_no_folder_is_one_line_and_exits_2(app: Flask, tmp_path: Path) -> None:
    result = invoke(app, "export", tmp_path / "none" / "out.jsonl")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_export_that_fails_leaves_no_file(
    app: Flask, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    invoke(app, "import", file)
    monkeypatch.setattr("caliber_site.exchange.commands.export_lines", fail)
    result = invoke(app, "export", tmp_path / "out.jsonl")
    assert result.stderr == f"Error: {tmp_path / 'out.jsonl'}: No space left on device\n"
    assert not list(tmp_path.glob("*out*"))
