"""What a process of search does that was started by `processes.start`."""

import json
import os
import sys
from pathlib import Path

from caliber_site.search.folder import Folder
from caliber_site.search.merging import merge_all
from caliber_site.search.pace import NICENESS
from caliber_site.search.parts import build_parts


def main(arguments: list[str]) -> None:
    """Do what the arguments say."""
    os.nice(NICENESS)
    try:
        match arguments:
            case ["merge", folder]:
                merge_all(Folder(Path(folder)))
            case ["build"]:
                build_parts(json.load(sys.stdin))
    except OSError as error:
        # Whoever wanted it is gone, or the folder is: another process built the index anew.
        sys.exit(f"search: {error}")


main(sys.argv[1:])
