"""The country above the lake: the observatory, the orchard and the village that plays chess."""

# ruff: noqa: PLR0915 - a picture is one long list of strokes

from __future__ import annotations

import numpy as np

from .kit import Pen, Point, Scene, bend
from .motifs import branch, conifer, crown, grass, house, person


def observatory() -> Scene:
    """The dome with its slit open under the Milky Way."""
    s = Scene(41)
    s.px = s.ramp((0, "#0b1030"), (380, "#27285a"), (620, "#6b4b74"), (760, "#c9847a"))
    band = np.exp(-((((s.x - 560) * 0.86 - (620 - s.y) * 0.62) / 150) ** 2))
    cloud = s.noise(260, 260, 6)
    s.shine(band * np.clip(cloud * 1.5 - 0.35, 0, 1), "#8f8fc8", 0.75)
    s.shine(band**3 * np.clip(cloud * 2 - 0.8, 0, 1), "#e8c8c8", 0.5)
    s.shade(band**4 * np.clip(s.noise(150, 220, 5) * 3 - 1.7, 0, 1), 0.6)
    s.stars(1500, 760)
    pole = (1065.0, 250.0)
    trails = s.pen()
    for _ in range(210):
        radius, start = 40 + 1050 * s.rng.random() ** 0.8, s.rng.random() * 6.28
        sweep = np.linspace(start, start + 0.16 + 0.1 * s.rng.random(), 16)
        points = [(pole[0] + radius * np.cos(a), pole[1] + radius * np.sin(a)) for a in sweep]
        trails.taper(points, 0.6, 1.0 + 1.2 * s.rng.random() ** 3, int(60 + 150 * s.rng.random()))
    s.shine(trails.mask() * np.clip(1 - s.y / 760, 0, 1), "#dfe0ff", 0.6)
    for base, high, top, low in (
        (740, 200, "#51416a", "#b87f80"), (800, 150, "#372f56", "#7a5a70"),
    ):  # fmt: skip
        s.land(s.crest(base, high, 520), top, low, 190, 0.3, 0.3)
        s.fog(base + 90, 46, "#d59a8a", 0.45)
    line = s.crest(890, 60, 900, 0.45) - 125 * np.exp(-(((np.arange(s.w) - 1060) / 300) ** 2))
    line = line.astype(np.float32)
    foot = float(line[1060]) + 14
    cx, wide = 1060.0, 168.0
    shell = bend(
        (cx - wide, foot - 150),
        (cx - wide, foot - 385),
        (cx + wide, foot - 385),
        (cx + wide, foot - 150),
    )
    dome = s.pen().poly(shell).mask()
    round_light = np.clip((s.x - cx + wide) / (2 * wide), 0, 1)
    s.lay(
        dome,
        s.ramp(
            (0, "#e9b7a0"), (0.35, "#94748c"), (0.75, "#3d3560"), (1, "#221f45"), along=round_light
        ),
    )
    ribs = np.abs(((np.arcsin(np.clip((s.x - cx) / wide, -1, 1)) * 5) % 1) - 0.5) > 0.47
    s.shade(dome * ribs, 0.35)
    slit = s.pen().poly(
        [
            *bend((cx - 62, foot - 150), (cx - 66, foot - 290), (cx - 22, foot - 327)),
            *bend((cx + 24, foot - 327), (cx - 8, foot - 290), (cx - 2, foot - 150)),
        ]
    )
    s.lay(slit.mask(), s.ramp((foot - 330, "#5c2c2e"), (foot - 150, "#ffcf7e")))
    tube = s.pen().taper([(cx + 4, foot - 168), (cx - 72, foot - 312)], 42, 30)
    tube.taper([(cx - 68, foot - 304), (cx - 76, foot - 320)], 40, 40)
    s.lay(tube.mask(), "#1b1836")
    s.lay(
        s.pen().taper([(cx - 14, foot - 164), (cx - 88, foot - 306)], 4, 3).mask(), "#f0b48c", 0.9
    )
    s.lay(s.pen().rect(cx - wide - 12, foot - 156, 2 * wide + 24, 16).mask(), "#2a2548")
    drum = (
        s.pen()
        .rect(cx - wide + 6, foot - 140, 2 * wide - 12, 190)
        .rect(cx + 120, foot - 84, 240, 130)
    )
    drum.poly(
        [
            (cx + 112, foot - 84),
            (cx + 372, foot - 84),
            (cx + 330, foot - 118),
            (cx + 150, foot - 118),
        ]
    )
    s.lay(
        drum.mask(),
        s.ramp((cx - wide, "#b88b8e"), (cx, "#5b4a70"), (cx + 380, "#231f42"), along=s.x),
    )
    s.shade(drum.mask() * ((s.y - foot) % 24 < 1.8), 0.3)
    panes = s.pen().rect(cx - 24, foot - 70, 40, 84)
    for x in (-118, 62, 214, 268, 318):
        panes.rect(cx + x, foot - 62, 22, 32)
    s.lay(panes.mask(), "#ffd488")
    s.glow(cx - 25, foot - 215, 190, "#ffb866", 0.6)
    s.land(line, "#221d3e", "#0e0c22", 240, 0.35, 0.35, 8)
    woods = s.pen()
    for x in np.sort(s.rng.random(150) * s.w):
        if abs(x - 1090) > 330:
            conifer(woods, s.rng, float(x), float(line[int(x)]) + 12, 36 + 85 * s.rng.random())
    s.lay(woods.mask(), "#131029")
    path = s.pen().taper(bend((cx - 6, foot + 12), (940, 930), (560, 940), (430, 1090)), 10, 90)
    s.lay(path.mask(1.5), s.ramp((foot, "#e3a476"), (960, "#57405c"), (1067, "#2a2344")), 0.75)
    walker = s.pen()
    person(walker, 690, 962, 108, hat=True)
    s.lay(walker.mask(), "#0b0a1c")
    s.glow(716, 918, 46, "#ffd488", 0.9)
    s.fog(905, 24, "#8a607a", 0.35)
    s.finish(grain=0.045, vignette=0.4)
    return s


def apricot_harvest() -> Scene:
    """Crates of apricots under the trees, the river behind them."""
    s = Scene(42)
    s.px = s.ramp((0, "#7fa3a8"), (230, "#d8d0ac"), (400, "#fbe3ae"))
    s.glow(1120, 300, 420, "#fff0c0", 0.8)
    for base, high, top, low in ((330, 210, "#9aa9a2", "#ead9ab"), (395, 90, "#71897f", "#d3c898")):
        s.land(s.crest(base, high, 560), top, low, 130, 0.3, 0.22)
        s.fog(base + 66, 28, "#fbe6b6", 0.7)
    river = s.pen().poly([*bend((-10, 452), (500, 430), (900, 470), (1610, 440)),
                          *bend((1610, 474), (950, 512), (520, 466), (-10, 500))])  # fmt: skip
    s.lay(
        np.clip((s.y - 425) / 8, 0, 1),
        s.ramp((425, "#a3ad7e"), (560, "#c3a963"), (1067, "#6f5b36")),
    )
    s.lay(river.mask(1), s.ramp((430, "#fbf0cc"), (505, "#8fb0b0")))
    s.lay(river.mask(1) * np.clip(s.weave(s.x * 0.05 + 90, s.y * 0.9), 0, 1), "#fffdf0", 0.7)
    depth = 560 / np.clip(s.y - 440, 8, None)
    blades = s.weave((s.x - 900) * depth * 0.12 + 900, depth * 60)
    s.shade((s.y > 500) * np.clip(blades, 0, 1) * np.clip((s.y - 500) / 160, 0, 1), 0.28)
    for z in (6.5, 5.0, 3.8, 2.8, 2.0, 1.35):
        t = 1 - (z - 1.35) / 5.15
        for lane in (-2.6, -1.55, -0.75, 0.75, 1.55, 2.6):
            x, y = 860 + lane * 900 / z, 440 + 560 / z
            if not -250 < x < 1850 or (z < 1.5 and abs(lane) < 1):
                continue
            wood, leaves, light, fruit = s.pen(), s.pen(), s.pen(), s.pen()
            tips: list[Point] = []
            wood.taper(
                bend((x, y), (x + 12 / z, y - 90 / z), (x - 8 / z, y - 190 / z)), 50 / z, 34 / z
            )
            for a in (-0.8, -0.25, 0.35, 0.85):
                branch(
                    wood, s.rng, x - 8 / z, y - 180 / z, 130 / z, -np.pi / 2 + a, 24 / z, 2, tips
                )
            for tx, ty in tips:
                crown(leaves, s.rng, tx, ty, 96 / z, 78 / z, 46, 0.13)
                crown(light, s.rng, tx + 14 / z, ty - 30 / z, 70 / z, 40 / z, 12, 0.12)
                for _ in range(5):
                    fx, fy = (
                        tx + 80 / z * s.rng.standard_normal() * 0.8,
                        ty + 66 / z * s.rng.standard_normal() * 0.7,
                    )
                    fruit.disc(fx, fy, max(1.2, 11 / z))
            s.shade(s.pen().disc(x - 60 / z, y + 6 / z, 250 / z, 34 / z).mask(5), 0.5)
            far = np.array([0.93, 0.86, 0.62])
            for pen, colour in (
                (wood, "#4a3626"),
                (leaves, "#4c6238"),
                (light, "#8b9650"),
                (fruit, "#ef8a34"),
            ):
                s.lay(
                    pen.mask(),
                    s.ramp((0, colour), (1, colour)) * (0.3 + 0.7 * t) + far * (0.7 - 0.7 * t),
                    0.96,
                )
    pickers = s.pen()
    person(pickers, 690, 660, 132, hat=True)
    person(pickers, 1010, 720, 160)
    pickers.line([(560, 700), (600, 470)], 7).line([(630, 700), (612, 470)], 7)
    for i in range(6):
        pickers.line([(566 + 6 * i, 670 - i * 35), (626 - 3 * i, 670 - i * 35)], 5)
    s.lay(pickers.mask(), "#3a2c22")
    for x, y, wide in ((1260, 905, 300), (1030, 965, 330), (420, 960, 400), (780, 1010, 420)):
        _crate(s, x, y, wide)
    grass(s, 1052, 34, "#3d3a20", 420)
    s.finish(grain=0.04)
    return s


def _crate(s: Scene, x: float, y: float, wide: float) -> None:
    """Set down a slatted crate heaped with apricots; x, y is the middle of its foot."""
    tall, half, back = wide * 0.3, wide / 2, wide * 0.17
    s.shade(s.pen().disc(x - 30, y + 4, half * 1.2, wide * 0.09).mask(9), 0.6)
    s.lay(
        s.pen()
        .poly(
            [
                (x - half, y - tall),
                (x + half, y - tall),
                (x + half * 0.86, y - tall - back),
                (x - half * 0.86, y - tall - back),
            ]
        )
        .mask(),
        "#3c2618",
    )
    size = wide * 0.062
    heap = []
    for _ in range(120):
        u, v = s.rng.random() * 2 - 1, s.rng.random()
        heap.append(
            (x + u * half * 0.9 * (1 - 0.14 * v), y - tall - back * v - wide * 0.075 * (1 - u * u))
        )
    for fx, fy in sorted(heap, key=lambda p: p[1]):
        r = size * (0.85 + 0.3 * s.rng.random())
        left, top = int(max(fx - r - 3, 0)), int(fy - r - 3)
        box = (slice(top, int(fy + r + 3)), slice(left, int(fx + r + 3)))
        px, py = (s.x[box] - fx) / r, (s.y[box] - fy) / r
        round_ = np.clip((1 - np.hypot(px, py)) * r, 0, 1)[..., None]
        light = np.clip(0.62 + 0.5 * (px * 0.55 - py * 0.7), 0, 1)[..., None]
        blush = np.clip(px * -0.8 + py * 0.5 - 0.1, 0, 1)[..., None]
        skin = np.array([0.56, 0.24, 0.1]) * (1 - light) + np.array([1.0, 0.74, 0.33]) * light
        skin = skin * (1 - 0.5 * blush) + np.array([0.75, 0.25, 0.16]) * 0.5 * blush
        s.px[box] = s.px[box] * (1 - round_) + skin * round_
    slats = s.pen()
    for i in range(3):
        slats.rect(x - half, y - tall + i * tall * 0.345, wide, tall * 0.28)
    s.lay(s.pen().rect(x - half, y - tall, wide, tall).mask(), "#2e1d14", 0.75)
    s.lay(slats.mask(), s.ramp((x - half, "#8a6038"), (x + half, "#d9a868"), along=s.x))
    s.shade(slats.mask() * np.clip(s.weave(s.x * 0.04 + 80, s.y * 0.7), 0, 1), 0.3)
    posts = (
        s.pen()
        .rect(x - half, y - tall - 4, wide * 0.05, tall + 4)
        .rect(x + half * 0.9, y - tall - 4, wide * 0.05, tall + 4)
    )
    s.lay(posts.mask(), "#a87c4a")


def _player(pen: Pen, x: float, y: float, u: float, side: int) -> None:
    """Seat a villager in a winter coat, bent over the board towards `side`."""
    pen.poly(
        [
            *bend(
                (x - side * 1.3 * u, y),
                (x - side * 1.7 * u, y - 3.6 * u),
                (x - side * 0.4 * u, y - 4.5 * u),
                (x + side * 0.7 * u, y - 4.2 * u),
            ),
            *bend(
                (x + side * 0.9 * u, y - 3.6 * u),
                (x + side * 0.7 * u, y - 1.8 * u),
                (x + side * 1.0 * u, y - 1.4 * u),
                (x + side * 1.0 * u, y),
            ),
        ]
    )
    pen.disc(x + side * 0.95 * u, y - 4.75 * u, 0.62 * u, 0.7 * u)
    pen.disc(x + side * 0.88 * u, y - 5.2 * u, 0.8 * u, 0.45 * u)
    pen.taper(
        bend(
            (x + side * 0.1 * u, y - 3.7 * u),
            (x + side * 0.9 * u, y - 2.2 * u),
            (x + side * 2.1 * u, y - 2.7 * u),
        ),
        0.85 * u,
        0.5 * u,
    )
    pen.taper(
        [(x + side * 0.3 * u, y - 0.5 * u), (x + side * 1.7 * u, y - 0.5 * u)], 0.9 * u, 0.8 * u
    )
    pen.taper(
        [(x + side * 1.55 * u, y - 0.7 * u), (x + side * 1.5 * u, y + 1.3 * u)], 0.75 * u, 0.6 * u
    )
    pen.rect(x - 1.5 * u, y, 2.6 * u, 0.25 * u).rect(x - 1.2 * u, y, 0.22 * u, 1.5 * u).rect(
        x + 0.7 * u, y, 0.22 * u, 1.5 * u
    )


def _men(pen: Pen, x: float, y: float, u: float, kind: int) -> None:
    """Put a chessman on the board: 0 is a pawn, 1 a rook, 2 a queen or king."""
    high = (0.55, 0.7, 1.0)[kind] * u
    pen.rect(x - 0.2 * u, y - 0.1 * u, 0.4 * u, 0.1 * u)
    pen.poly(
        [
            (x - 0.15 * u, y),
            (x + 0.15 * u, y),
            (x + 0.07 * u, y - high * 0.75),
            (x - 0.07 * u, y - high * 0.75),
        ]
    )
    if kind == 1:
        pen.rect(x - 0.15 * u, y - high, 0.3 * u, high * 0.3)
    else:
        pen.disc(x, y - high * 0.85, 0.14 * u)
    if kind == 2:
        pen.rect(x - 0.03 * u, y - high * 1.2, 0.06 * u, 0.25 * u).rect(
            x - 0.1 * u, y - high * 1.12, 0.2 * u, 0.06 * u
        )


def chess_village() -> Scene:
    """Villagers bent over their boards in the snow."""
    s = Scene(43)
    s.px = s.ramp((0, "#44607f"), (260, "#93a3b4"), (430, "#efc9a8"), (520, "#fbe2bd"))
    s.glow(420, 430, 420, "#ffdfae", 0.7)
    for base, high, top, low in (
        (400, 300, "#7f90a6", "#e9cdb2"),
        (480, 150, "#5d6f88", "#c9b3a6"),
    ):
        line = s.crest(base, high, 520, 0.52)
        s.land(line, top, low, 230, 0.45, 0.3)
        snow = np.clip(s.noise(110, 170, 6) * 2.6 - 1.1, 0, 1) * np.exp(
            -np.clip(s.y - line[None, :], 0, None) / 110
        )
        s.lay(snow * (s.y > line[None, :]), "#fdf3e6", 0.85)
        s.fog(base + 120, 50, "#f7dcbb", 0.6)
    for y, tone, size in ((590.0, "#7b7f92", 0.8), (630.0, "#565c75", 1.15)):
        homes, panes, roofs = s.pen(), s.pen(), s.pen()
        left = -30.0
        while left < 1620:
            wide, tall = (90 + 60 * s.rng.random()) * size, (54 + 46 * s.rng.random()) * size
            house(homes, panes, s.rng, left, y, wide, tall, 0.42)
            roofs.poly(
                [
                    (left - wide * 0.09, y - tall + 2),
                    (left + wide * 0.5, y - tall - wide * 0.42),
                    (left + wide * 1.09, y - tall + 2),
                    (left + wide * 0.5, y - tall - wide * 0.3),
                ]
            )
            left += wide * (1.15 + 0.5 * s.rng.random())
        s.lay(homes.mask(), tone)
        s.lay(roofs.mask(), "#f6ede4", 0.95)
        s.lay(panes.mask() * homes.mask(), "#ffd07e")
        s.shine(panes.mask(8), "#ffb860", 0.6)
        s.fog(y + 8, 26, "#e6d3c6", 0.5)
    s.land(s.crest(655, 16, 1000, 0.4, sharp=False), "#dcd6d6", "#8793aa", 420, 0.12, 0.12, 10)
    tree = s.pen()
    for x, y, high in ((1500.0, 730, 400), (1420, 700, 280), (80, 720, 330)):
        conifer(tree, s.rng, x, y, high)
    s.lay(tree.mask(), "#35445e")
    for x, y, u in (
        (1200, 690, 20),
        (960, 708, 24),
        (1330, 770, 33),
        (640, 752, 34),
        (960, 830, 50),
        (430, 930, 76),
    ):
        far = np.clip((76 - u) / 56, 0, 1)
        s.shade(s.pen().disc(x + u * 1.6, y + u * 1.6, u * 5.6, u * 0.55).mask(u * 0.16), 0.4)
        pen, men, white = s.pen(), s.pen(), s.pen()
        _player(pen, x - 3.3 * u, y, u, 1)
        _player(pen, x + 3.3 * u, y, u, -1)
        for side in (-1.9, 1.9):
            pen.taper(
                [(x + side * u, y - 1.7 * u), (x + side * 1.1 * u, y + 1.4 * u)], 0.3 * u, 0.22 * u
            )
        coat = s.ramp((x - 5 * u, "#3d3449"), (x + 5 * u, "#1f2a41"), along=s.x)
        s.lay(pen.mask(), coat * (1 - 0.35 * far) + np.array([0.62, 0.6, 0.66]) * 0.35 * far)
        rim = np.clip(pen.mask() - np.roll(pen.mask(), max(2, int(u / 14)), 1), 0, 1)
        s.lay(rim, "#ffd7a3", 0.75)

        def at(i: float, j: float, x: float = x, y: float = y, u: float = u) -> Point:
            return x + (i - 4) * u * (0.56 - 0.014 * j), y - 1.75 * u - j * 0.13 * u

        s.lay(
            s.pen().poly([at(-0.6, -0.7), at(8.6, -0.7), at(8.6, 8.6), at(-0.6, 8.6)]).mask(),
            "#7d4b36",
        )
        s.lay(
            s.pen().poly([at(-0.6, -0.7), at(8.6, -0.7), at(8.6, -2.4), at(-0.6, -2.4)]).mask(),
            "#472a28",
        )
        dark = s.pen()
        for i in range(8):
            for j in range(8):
                if (i + j) % 2:
                    dark.poly([at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)])
        s.lay(s.pen().poly([at(0, 0), at(8, 0), at(8, 8), at(0, 8)]).mask(), "#f3dcb6")
        s.lay(dark.mask(), "#7a4533")
        for _ in range(15):
            i, j, kind = (
                int(s.rng.integers(0, 8)),
                int(s.rng.integers(0, 8)),
                int(s.rng.integers(0, 3)),
            )
            _men(men if i > 3 else white, *at(i + 0.5, j + 0.3), u * 0.72, kind)
        s.lay(men.mask(), "#2a1a22")
        s.lay(white.mask(), "#fff6e2")
    watch = s.pen()
    for x, y, size in ((1120, 930, 300), (1215, 945, 280), (770, 735, 120), (815, 738, 112)):
        person(watch, x, y, size, lean=-0.2, hat=True)
    s.lay(watch.mask(), s.ramp((600, "#3c3d56"), (950, "#1b2238")))
    s.lay(np.clip(watch.mask() - np.roll(watch.mask(), 4, 1), 0, 1), "#ffd7a3", 0.7)
    flakes = s.pen()
    for _ in range(320):
        flakes.disc(s.rng.random() * 1600, s.rng.random() * 1067, 0.6 + 2 * s.rng.random() ** 4)
    s.lay(flakes.mask(0.4), "#ffffff", 0.6)
    s.finish(grain=0.035)
    return s
