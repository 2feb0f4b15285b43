"""Compile the catalogues before a wheel is made."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Write `messages.mo` beside each `messages.po`."""

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Compile every catalogue below `translations/`."""
        for source in Path(self.root, "translations").glob("*/LC_MESSAGES/*.po"):
            unfinished = source.with_suffix(".mo.new")
            with source.open("rb") as po, unfinished.open("wb") as mo:
                write_mo(mo, read_po(po, locale=source.parts[-3]))
            unfinished.replace(source.with_suffix(".mo"))  # a site that starts now reads the old
