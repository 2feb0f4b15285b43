from collections.abc import Iterable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, nodes

from caliber_site import compiled
from caliber_site.compiled import CompiledTemplates


def render(folder: Path, source: str = "Hello", refused: Iterable[str] = ()) -> str:
    """Render a template by an environment of its own, which compiles all but some sources."""

    class Compiling(Environment):
        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            assert source not in refused
            return super()._parse(source, name, filename)

    environment = Compiling(
        loader=DictLoader({"page": source}), bytecode_cache=CompiledTemplates(folder)
    )
    return environment.get_template("page").render()


def test_template_is_compiled_once(tmp_path: Path) -> None:
    assert render(tmp_path / "new") == "Hello"
    assert render(tmp_path / "new", refused=["Hello"]) == "Hello"


def test_template_that_has_changed_is_compiled_again(tmp_path: Path) -> None:
    render(tmp_path)
    assert render(tmp_path, "Bye") == "Bye"


def test_other_compiler_compiles_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render(tmp_path)
    monkeypatch.setattr(compiled, "COMPILER", Path(__file__))
    with pytest.raises(AssertionError):
        render(tmp_path, refused=["Hello"])


@pytest.mark.parametrize("length", [0, 5, 20, -1])
def test_damaged_file_is_compiled_again(tmp_path: Path, length: int) -> None:
    render(tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:length])
    assert render(tmp_path) == "Hello"
    assert render(tmp_path, refused=["Hello"]) == "Hello"


def test_folder_that_cannot_be_had_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert render(tmp_path / "file") == "Hello"
    assert render(tmp_path / "file" / "below") == "Hello"
