"""Draw the demo's pictures into the package: `python -m docs.pictures.draw [stem …]`.

Each picture is a function that returns a finished scene; the same code always draws the same
picture. It is kept apart from the site, which needs the finished pictures alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from . import city, halls, hills, lake, papers, salt, things
from .kit import Scene

LIMIT = 158_000
FOLDER = Path(__file__).parents[2] / "caliber_site" / "demo" / "pictures"

PICTURES: dict[str, Callable[[], Scene]] = {
    "lake-level-interview": lake.lake_level_interview,
    "regatta": lake.regatta,
    "observatory": hills.observatory,
    "apricot-harvest": hills.apricot_harvest,
    "chess-village": hills.chess_village,
    "night-trams": city.night_trams,
    "tunnel-live": halls.tunnel_live,
    "budget-vote": halls.budget_vote,
    "playgrounds": city.playgrounds,
    "city-trees": city.city_trees,
    "youth-orchestra": halls.youth_orchestra,
    "salt-road": salt.road,
    "salt-road-1": salt.pans,
    "salt-road-2": salt.caravan,
    "salt-road-3": salt.hairpins,
    "salt-road-4": salt.caravanserai,
    "salt-road-5": salt.the_pass,
    "slow-headlines": things.slow_headlines,
    "bread-prices": things.bread_prices,
    "three-scripts": things.three_scripts,
    "archive-letters": papers.archive_letters,
    "dialect-dictionary": papers.dialect_dictionary,
    "banner-letter": papers.banner_letter,
    "banner-archive": things.banner_archive,
}


def main(stems: list[str]) -> None:
    """Draw the named pictures, or all of them."""
    for stem in stems or PICTURES:
        PICTURES[stem]().save(FOLDER / f"{stem}.jpg", LIMIT)


if __name__ == "__main__":
    main(sys.argv[1:])
