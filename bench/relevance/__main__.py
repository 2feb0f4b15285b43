"""Print the figures of relevance: `python -m bench.relevance`."""

import sys

from bench.relevance import describe, measure


def main() -> int:
    """Print a line for each figure; return 1 if a goal is missed."""
    figures = measure()
    print("\n".join(describe(figures)))
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
