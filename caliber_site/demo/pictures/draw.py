"""Draw the demo's pictures: `python -m caliber_site.demo.pictures.draw [stem …]`.

Needs numpy and Pillow. Each picture is a function that returns a finished scene;
the same code always draws the same picture, which is saved beside this file.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from . import city, lake, salt
from .kit import Scene

LIMIT = 158_000

PICTURES: dict[str, Callable[[], Scene]] = {
    "lake-level-interview": lake.lake_level_interview,
    "regatta": lake.regatta,
    "night-trams": city.night_trams,
    "tunnel-live": city.tunnel_live,
    "budget-vote": city.budget_vote,
    "playgrounds": city.playgrounds,
    "city-trees": city.city_trees,
    "youth-orchestra": city.youth_orchestra,
    "salt-road": salt.road,
    "salt-road-1": salt.pans,
    "salt-road-2": salt.caravan,
    "salt-road-3": salt.hairpins,
    "salt-road-4": salt.caravanserai,
    "salt-road-5": salt.the_pass,
}


def main(stems: list[str]) -> None:
    for stem in stems or PICTURES:
        PICTURES[stem]().save(Path(__file__).with_name(f"{stem}.jpg"), LIMIT)


if __name__ == "__main__":
    main(sys.argv[1:])
