"""Templates as they were compiled, kept from one start to the next: a tenth of a start."""

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

COMPILER = Path(__file__).with_name("templating.py")
PATTERN = "%s.template"


class CompiledTemplates(FileSystemBytecodeCache):
    """Jinja's, which knows what it was compiled by, and does without where there is trouble."""

    def __init__(self, folder: Path) -> None:
        """Make it, and its folder."""
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
        super().__init__(str(folder), PATTERN)

    @cached_property
    def _compiler(self) -> str:
        return version("jinja2") + COMPILER.read_text()

    def get_source_checksum(self, source: str) -> str:
        """Return what tells a template from others, and from itself compiled in another way."""
        return super().get_source_checksum(source + self._compiler)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template, unless its file is damaged."""
        self._try(super().load_bytecode, bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a template, where that can be done."""
        self._try(super().dump_bytecode, bucket)

    @staticmethod
    def _try(do: Callable[[Bucket], None], bucket: Bucket) -> None:
        with suppress(OSError, EOFError, UnpicklingError):
            do(bucket)
