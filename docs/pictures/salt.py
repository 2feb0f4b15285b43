"""The salt road: a picture to open the story and five for its captions."""

from __future__ import annotations

import numpy as np

from .kit import Point, Scene, bend
from .motifs import birds, conifer, grass, mule, person, poplar


def road() -> Scene:
    """The salt road at dusk, winding towards two peaks."""
    s = Scene(31)
    s.px = s.ramp((0, "#39475c"), (240, "#9a8b94"), (430, "#e8b58c"), (560, "#f6dcae"))
    s.shine(np.clip(s.noise(1000, 110) - 0.48, 0, 1) * np.clip(1 - s.y / 560, 0, 1), "#f3b58c", 1.2)
    s.glow(980, 420, 430, "#ffdca0", 0.8)
    s.lay(s.pen().disc(980, 405, 40).mask(1.2), "#fff0c8")
    ranges = (
        (430, 300, "#b6a09a", "#efcfa6"),
        (520, 230, "#8d8189", "#dcb795"),
        (600, 200, "#665f70", "#b9938a"),
    )
    for base, high, top, low in ranges:
        s.land(s.crest(base, high, 620), top, low, 200, 0.3, 0.24)
        s.fog(base + 90, 50, "#f6d9ac", 0.6)
    near = s.crest(705, 120, 900, 0.45, sharp=False)
    s.land(near, "#6b5556", "#94705f", 300, 0.3, 0.3, 8)
    front = s.crest(850, 110, 1100, 0.42, sharp=False) + 60
    _track(s, [(1010, near[1010] + 3), (1180, 745), (700, 770), (760, 860), (840, 960)], 4, 22)
    s.fog(800, 36, "#f3cfa4", 0.45)
    s.land(front, "#4a3b47", "#2b2532", 260, 0.35, 0.35, 9)
    _track(s, [(800, front[800] + 2), (1020, 960), (560, 990), (420, 1120)], 26, 150)
    train = s.pen()
    for i, t in enumerate((0.0, 0.09, 0.18, 0.27, 0.36)):
        x = int(1085 + 960 * t)
        mule(train, x, front[x] + 8, 76, i * 1.3)
    person(train, 1000, front[1000] + 8, 84, hat=True)
    s.lay(train.mask(), "#2d2733")
    trees = s.pen()
    for x in (96, 150, 190, 252, 318, 1530, 1572):
        poplar(trees, s.rng, x, front[x] + 14, 170 + 110 * s.rng.random())
    s.lay(trees.mask(), "#2a2530")
    grass(s, 1035, 60, "#1f1b27", 700)
    s.finish()
    return s


def _track(s: Scene, points: list[Point], start: float, end: float) -> None:
    """Lay a pale road with a worn rut on each side of its crown."""
    spine = bend(*points, steps=90)
    s.shade(
        s.pen().taper([(x + 4, y + 6) for x, y in spine], start * 1.25, end * 1.2).mask(4), 0.45
    )
    band = s.pen().taper(spine, start, end).mask()
    s.lay(band, s.ramp((600, "#f4dcb4"), (s.h, "#c9a184")), 0.92)
    s.shade(band * np.clip(s.noise(60, 16) - 0.45, 0, 1), 0.5)
    for side in (-0.22, 0.22):
        rut = [(x + side * (start + (end - start) * i / 90), y) for i, (x, y) in enumerate(spine)]
        s.lay(s.pen().taper(rut, start * 0.07, end * 0.07).mask(), "#7d6058", 0.5)


def pans() -> Scene:
    """Salt pans at dawn: sky lying in the shallow squares."""
    s = Scene(32)
    s.px = s.ramp((0, "#5b7186"), (200, "#a9b0b4"), (370, "#eccdb8"), (440, "#fae6cf"))
    s.shine(np.clip(s.noise(700, 80) - 0.42, 0, 1) * np.clip(1.1 - s.y / 440, 0, 1), "#ffd3bd", 1.2)
    s.glow(420, 420, 330, "#fff0d2", 0.7)
    s.land(s.crest(400, 130, 520), "#a3a6ad", "#ecd3c0", 110, 0.25, 0.2)
    s.land(s.crest(432, 60, 420), "#7c8894", "#cdbfb8", 80, 0.25, 0.2)
    s.fog(442, 22, "#fbe8d4", 0.8)
    s.water(450, "#8fa3ae", 0.12, 0.22)
    s.lay(np.clip(s.noise(300, 60) - 0.5, 0, 1) * np.clip((s.y - 450) / 200, 0, 1), "#f6ebe0", 0.8)
    banks = s.pen()
    vanish = (760.0, 425.0)
    for foot in np.arange(-3800, 5400, 430):
        run = [(vanish[0] + (foot - vanish[0]) * t, vanish[1] + 760 * t) for t in
               np.linspace(0.035, 1, 60)]  # fmt: skip
        banks.taper(run, 1, 46)
    for t in (0.045, 0.065, 0.095, 0.14, 0.21, 0.33, 0.53, 0.86):
        banks.rect(-5, vanish[1] + 760 * t, 1620, max(1.2, 24 * t))
    mask = banks.mask() * (s.y > 447)
    s.shade((s.y > 447) * np.roll(mask, 5, 0), 0.3)
    s.lay(mask, s.ramp((450, "#d8c6b8"), (700, "#a28a80"), (1067, "#5f5358")))
    s.shade(mask * np.clip(s.noise(26, 10) - 0.35, 0, 1), 0.5)
    s.lay(mask * (np.roll(mask, 3, 0) < 0.5), "#fff4e4", 0.8)
    heaps, lee = s.pen(), s.pen()
    for x, y, size in ((1130, 680, 125), (1330, 700, 165), (1000, 590, 60), (1075, 585, 54),
                       (1180, 560, 44), (1262, 556, 42), (905, 545, 34), (330, 560, 40),
                       (255, 562, 44), (1530, 720, 150)):  # fmt: skip
        cone = bend(
            (x - size * 0.72, y),
            (x - size * 0.12, y - size * 0.75),
            (x, y - size * 1.4),
            (x + size * 0.12, y - size * 0.75),
            (x + size * 0.72, y),
        )
        heaps.poly(cone)
        lee.poly([cone[20], *cone[20:], (x + size * 0.1, y), (x + size * 0.16, y - size * 0.3)])
        s.shade(
            s.pen()
            .poly([(x - size * 0.2, y), (x + size * 0.7, y), (x + size * 1.9, y + size * 0.34)])
            .mask(5),
            0.4,
        )
    s.lay(heaps.mask(), "#fffaf0")
    s.lay(lee.mask(3) * heaps.mask(), "#93a2b3", 0.75)
    s.shade(heaps.mask() * np.clip(s.noise(12, 8) - 0.5, 0, 1), 0.5)
    worker = s.pen()
    person(worker, 560, 850, 240, lean=0.8, hat=True)
    worker.line([(585, 700), (612, 735), (820, 868)], 5)
    worker.line([(800, 882), (845, 850)], 8)
    person(worker, 806, 585, 66, hat=True)
    body = worker.mask()
    s.lay(body, "#2c3644")
    s.lay(np.roll(body[::-1], 2 * 850 - s.h + 2, 0) * (s.y > 851) * (s.y < 1040), "#33404e", 0.38)
    s.finish(grain=0.03)
    return s


def caravan() -> Scene:
    """A pack train along a ridge, against the sun."""
    s = Scene(33)
    s.px = s.ramp((0, "#6b2f35"), (300, "#b5533c"), (600, "#e89a4e"), (760, "#f7c873"))
    s.shine(np.clip(s.noise(1200, 60) - 0.5, 0, 1), "#f2a45e", 0.7)
    s.glow(760, 560, 640, "#ffd27a", 0.7)
    s.lay(s.pen().disc(760, 545, 262).mask(1.5), s.ramp((280, "#fff0bd"), (810, "#f5a453")), 0.95)
    bars = np.clip(np.sin(s.y / 7) * 2 - 1.3 + (s.y - 560) / 260, 0, 1)
    s.lay(s.pen().disc(760, 545, 262).mask() * bars * (0.3 + s.noise(300, 14)), "#d9763f", 0.6)
    for base, high, top, low in (
        (720, 120, "#b5583f", "#eba257"),
        (780, 110, "#8a3d38", "#c66a44"),
    ):
        s.land(s.crest(base, high, 480), top, low, 150, 0.25, 0.25)
        s.fog(base + 70, 36, "#f6b865", 0.5)
    ridge = s.crest(850, 90, 1500, 0.4, sharp=False)
    train = s.pen()
    for i, x in enumerate((470, 655, 840, 1025, 1210)):
        mule(train, x, ridge[x] + 5, 150, i * 1.7)
        if i:
            train.line(bend((x - 118, ridge[x] - 118), (x - 125, ridge[x] - 70),
                            (x - 145, ridge[x] - 95)), 2.2)  # fmt: skip
    person(train, 318, ridge[318] + 4, 158, lean=-0.2, hat=True)
    person(train, 1352, ridge[1352] + 4, 150, lean=-0.3)
    train.line([(268, ridge[268] - 100), (258, ridge[258] + 4)], 4)
    train.line(bend((350, ridge[330] - 75), (370, ridge[350] - 55), (352, ridge[330] - 118)), 2)
    s.lay(train.mask(), "#2a1520")
    s.land(ridge, "#2f1722", "#150c15", 240, 0.4, 0.35, 9)
    tufts = s.pen()
    for x in s.rng.integers(0, 1600, 240):
        tall = 5 + 14 * s.rng.random()
        tufts.line([(x, ridge[x] + 4), (x + tall * 0.4, ridge[x] - tall)], 1.3)
    s.lay(tufts.mask(), "#2a1520")
    s.shine(
        np.exp(-(((s.y - ridge[None, :] - 3) / 2.5) ** 2)) * np.exp(-(((s.x - 760) / 420) ** 2)),
        "#f6a555",
        0.5,
    )
    flock = s.pen()
    birds(flock, s.rng, 1180, 260, 90, 8, 20)
    s.lay(flock.mask(), "#4a1f2b")
    s.finish(grain=0.045)
    return s


def hairpins() -> Scene:
    """The road folds itself up the mountain's side."""
    s = Scene(34)
    s.px = s.ramp((0, "#1f3347"), (200, "#4f6b7c"), (380, "#b7b5a6"))
    s.glow(300, 250, 420, "#f4dfb6", 0.55)
    s.land(s.crest(300, 230, 420), "#7f919a", "#c2bfae", 220, 0.35, 0.25)
    s.fog(360, 60, "#dcd3bb", 0.6)
    x = np.arange(s.w)
    slope = s.crest(330, 150, 700, 0.5) + (380 - x * 0.36).clip(-110, 400)
    s.land(slope, "#3f5a5f", "#22363f", 800, 0.4, 0.4, 9)
    turns = [(1160, 262), (1330, 292), (900, 345), (1400, 408), (640, 500), (1450, 610), (380, 760),
             (1500, 930), (700, 1120)]  # fmt: skip
    spine: list[Point] = []
    for i in range(len(turns) - 1):
        (x1, y1), (x2, y2) = turns[i], turns[i + 1]
        spine += bend((x1, y1), (x1 + (x2 - x1) * 0.03, y1 + (y2 - y1) * 0.62),
                      (x2 - (x2 - x1) * 0.03, y1 + (y2 - y1) * 0.38), (x2, y2))[:-1]  # fmt: skip
    wall = [(px, py + 3 + 16 * (py / 1067) ** 2) for px, py in spine]
    s.shade(s.pen().taper(wall, 5, 64).mask(2), 0.6)
    band = s.pen().taper(spine, 4, 52).mask(0.6)
    s.lay(band, s.ramp((250, "#efe0bd"), (700, "#d9bf95"), (1067, "#a88f76")))
    s.shade(band * np.clip(s.noise(50, 12) - 0.4, 0, 1), 0.45)
    stones = s.pen()
    for i in range(6, len(spine), 5):
        t = i / len(spine)
        px, py = spine[i]
        stones.rect(px - 2 - 4 * t, py + 22 * t - 14 * t, 3 + 9 * t, 2 + 14 * t)
    s.lay(stones.mask(), "#eadbb9", 0.75)
    woods = s.pen()
    road_mask = s.pen().taper(spine, 16, 110).mask()
    for y in np.sort(slope.min() + (1067 - slope.min()) * s.rng.random(900)):
        px = int(s.rng.random() * 1600)
        if (
            y > slope[px] + 20
            and y < 1066
            and road_mask[int(y), px] < 0.05
            and s.rng.random() < 0.75 - 0.3 * np.sin(px / 130 + y / 90)
        ):
            conifer(woods, s.rng, px, y, 8 + 62 * (y / 1067) ** 2)
    s.lay(
        woods.mask() * (0.5 + 0.5 * np.clip(s.y / 900, 0, 1)),
        s.ramp((300, "#35525a"), (1067, "#0f2029")),
    )
    s.lay(
        band * (s.pen().taper(spine, 4, 40).mask()) * (woods.mask() < 0.4),
        s.ramp((250, "#efe0bd"), (700, "#d9bf95"), (1067, "#b79a7c")),
        0.6,
    )
    for px, py, size in ((1065, 557, 40), (1115, 566, 40), (1165, 574, 40), (1215, 581, 40)):
        walkers = s.pen()
        mule(walkers, px, py, size, px)
        s.lay(walkers.mask(), "#14222b")
    s.fog(470, 70, "#cfcbb6", 0.35, 700)
    s.fog(800, 50, "#9fb0ae", 0.2, 600)
    lamp = spine[int(len(spine) * 0.43)]
    s.glow(lamp[0], lamp[1] - 10, 60, "#ffcf7d", 0.9)
    s.finish()
    return s


def caravanserai() -> Scene:
    """The night in the inn's gate: stars outside, a lamp within."""
    s = Scene(35)
    s.px = s.ramp((0, "#131a38"), (420, "#2f4470"), (700, "#8590a8"), (800, "#d9b48c"))
    s.shine(
        np.clip(s.noise(500, 300) - 0.5, 0, 1) * np.exp(-(((s.x + s.y * 0.9 - 1250) / 170) ** 2)),
        "#a9b5dd",
        0.8,
    )
    s.stars(900, 700)
    s.land(s.crest(730, 190, 480), "#4a5678", "#a59a9a", 170, 0.35, 0.3)
    s.land(s.crest(800, 70, 380), "#2f3957", "#6c6674", 120, 0.3, 0.3)
    ground = np.full(s.w, 872.0, np.float32)
    s.land(ground, "#7d6656", "#2c2430", 190, 0.4, 0.35, 8)
    away = s.pen()
    mule(away, 880, 900, 150, 1.0)
    mule(away, 700, 886, 120, 2.6)
    person(away, 985, 906, 165, hat=True)
    s.lay(away.mask(), "#171628")
    s.shade(s.pen().poly([(860, 900), (1010, 905), (1120, 980), (900, 985)]).mask(10), 0.5)
    # The gate: a pointed vault of cut stone, with the opening left out.
    opening = bend((480, 940), (470, 560), (520, 330), (800, 150)) + bend(
        (800, 150), (1080, 330), (1130, 560), (1120, 940)
    )
    inner = s.pen().poly(opening).mask()
    outer = (
        s.pen().poly([(800 + (x - 800) * 1.22, 960 + (y - 960) * 1.14) for x, y in opening]).mask()
    )
    wall = 1 - inner
    warm = np.exp(-np.hypot(s.x - 800, (s.y - 330) * 0.9) / 430)
    s.lay(
        wall,
        s.ramp((0, "#1a1524"), (0.25, "#38262c"), (0.6, "#8a5a3d"), (1, "#e3a35c"), along=warm),
    )
    row = np.floor(s.y / 62)
    stone = np.floor((s.x + (row % 2) * 70 + 13 * np.sin(row * 5)) / 140)
    tone = s.weave(stone * 37.3 + 700, row * 51.7 + 300)
    joint = (np.abs((s.y % 62) - 31) > 28.6) | (
        np.abs(((s.x + (row % 2) * 70 + 13 * np.sin(row * 5)) % 140) - 70) > 67.6
    )
    face = wall * (1 - outer)
    s.shade(face * (0.5 + 0.3 * tone), 0.35)
    s.shade(face * joint, 0.55)
    ring = wall * outer
    angle = np.arctan2(s.y - 560, s.x - 800)
    wedge = np.abs(((angle * 13 / np.pi * 1.25) % 1) - 0.5) > 0.475
    level = np.abs((s.y % 74) - 37) > 35
    s.shine(ring * warm, "#e9a865", 0.3)
    s.shade(ring * np.where(s.y < 560, wedge, level), 0.6)
    s.shade(np.clip(s.pen().poly(opening).mask(18) * wall * 2, 0, 1), 0.35)
    s.shade(wall * np.clip(s.noise(26, 18) - 0.45, 0, 1), 0.7)
    floor = (s.y > 940) * 1.0
    s.lay(floor, s.ramp((940, "#6e4a38"), (1067, "#1d1722")))
    along = np.abs(((s.x - 800) / np.clip(s.y - 700, 1, None) * 3.2) % 1 - 0.5) > 0.47
    across = np.abs(np.clip(s.y - 940, 0, None) ** 0.8 % 14 - 7) > 6.3
    s.shade(floor * (along | across), 0.5)
    s.shine(floor * np.exp(-(((s.x - 800) / 300) ** 2)), "#e6a866", 0.35)
    s.lay(s.pen().line([(800, 150), (800, 300)], 2.5).mask(), "#120f1a")
    lamp = (
        s.pen()
        .poly([(776, 312), (824, 312), (816, 366), (784, 366)])
        .poly([(770, 312), (830, 312), (800, 288)])
    )
    lamp.rect(780, 366, 40, 7)
    s.lay(lamp.mask(), "#2a1a18")
    s.lay(s.pen().rect(783, 316, 34, 46).mask(1.5), "#ffeab4")
    s.glow(800, 340, 210, "#ffc470", 0.95)
    s.finish()
    return s


def the_pass() -> Scene:
    """The Dovren pass in snow and cloud, with its cairn."""
    s = Scene(36)
    s.px = s.ramp((0, "#6f8494"), (350, "#b3bfc4"), (620, "#e3e0d8"))
    s.glow(960, 330, 420, "#fff5df", 0.6)
    for base, high, top, low in (
        (430, 420, "#a3b0b8", "#dfdfda"),
        (560, 400, "#75889a", "#d3d8d8"),
    ):
        line = s.crest(base, high, 540, 0.52) + 140 * np.exp(-(((np.arange(s.w) - 960) / 260) ** 2))
        line = line.astype(np.float32)
        s.land(line, top, low, 300, 0.5, 0.35, 7)
        drift = np.clip(s.noise(120, 200, 6) * 2.6 - 1.15, 0, 1) * np.exp(
            -np.clip(s.y - line[None, :], 0, None) / 190
        )
        s.lay(drift * (s.y > line[None, :]), "#f7f6f0", 0.85)
        s.fog(base + 170, 90, "#e9e7df", 0.85)
    snow = s.crest(800, 130, 1000, 0.42, sharp=False)
    snow = (snow + 70 * np.exp(-(((np.arange(s.w) - 960) / 330) ** 2))).astype(np.float32)
    s.land(snow, "#eef0ec", "#a9b8c2", 330, 0.14, 0.12, 9)
    trail = bend((960, snow[960] + 2), (1120, 900), (640, 930), (800, 1120), steps=70)
    for i, (x, y) in enumerate(trail):
        t = i / 70
        s.shade(s.pen().disc(x + (6 + 14 * t) * (-1) ** i, y, 2 + 9 * t, 1 + 4 * t).mask(0.8), 0.45)
    cairn, lit = s.pen(), s.pen()
    level = 915.0
    for i in range(13):
        wide, tall = (150 - i * 9) * (0.8 + 0.4 * s.rng.random()), 17 + 9 * s.rng.random()
        for _ in range(3 if i < 8 else 1):
            x = 400 + (s.rng.random() - 0.5) * (120 - i * 11)
            block = [
                (
                    x + wide * 0.5 * np.cos(a) * (0.85 + 0.2 * s.rng.random()),
                    level - tall + tall * np.sin(a),
                )
                for a in np.arange(0, 6.28, 0.7)
            ]
            cairn.poly(block)
            lit.disc(x, level - tall * 1.75, wide * 0.36, 4)
        level -= tall * 1.35
    s.shade(s.pen().disc(330, 918, 210, 18).mask(9), 0.4)
    s.lay(cairn.mask(), s.ramp((540, "#53626f"), (920, "#26323f")))
    s.shade(cairn.mask() * np.clip(s.noise(22, 14) - 0.4, 0, 1), 0.8)
    s.lay(lit.mask(1.2) * cairn.mask() * (0.5 + 0.5 * s.noise(40, 20)), "#f6f5ef", 0.9)
    pole = s.pen().line([(398, 620), (412, 388)], 5)
    s.lay(pole.mask(), "#26323f")
    flag = s.pen().poly(
        bend((412, 392), (470, 380), (500, 424), (566, 404))
        + bend((560, 440), (500, 462), (470, 420), (410, 432))
    )
    s.lay(flag.mask(), s.ramp((400, "#b4553f"), (590, "#7d3333"), along=s.x), 0.95)
    walkers = s.pen()
    person(walkers, 1010, snow[1010] + 34, 96, hat=True)
    mule(walkers, 1112, snow[1112] + 40, 92, 1.4)
    s.lay(walkers.mask(), "#2b3744")
    s.fog(770, 46, "#efede6", 0.55)
    flakes = s.pen()
    for _ in range(650):
        x, y, r = s.rng.random() * 1600, s.rng.random() * 1067, 0.6 + 2.6 * s.rng.random() ** 4
        flakes.disc(x, y, r)
    s.lay(flakes.mask(0.5), "#ffffff", 0.7)
    s.finish(grain=0.03, vignette=0.22)
    return s
