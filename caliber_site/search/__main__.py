"""What a process of search does that was started by `processes.start`."""

import json
import os
import sys
from pathlib import Path

from caliber_site.search.folder import Folder
from caliber_site.search.merging import merge_all
from caliber_site.search.parts import build_parts

NICENESS = 5
"""Readers and editors come first."""


def main(arguments: list[str]) -> None:
    """Do what the arguments say."""
    os.nice(NICENESS)
    match arguments:
        case ["merge", folder]:
            merge_all(Folder(Path(folder)))
        case ["build"]:
            build_parts(json.load(sys.stdin))


main(sys.argv[1:])
