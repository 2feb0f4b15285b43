"""Print the figures of relevance: `python -m bench.relevance`."""

import sys

from bench.relevance import measure
from bench.relevance.corpus import DATA


def main() -> int:
    """Print a line for each figure; exit with 1 if a goal is missed."""
    figures = measure()
    if not figures:
        print(f"relevance is not measured: there is no data in {DATA}")
        return 0
    for figure in figures:
        bound = "at most" if figure.at_most else "at least"
        missed = "" if figure.met else "  MISSED"
        print(f"{figure.name:42} {figure.value:7.4f}  {bound:8} {figure.goal:g}{missed}")
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
