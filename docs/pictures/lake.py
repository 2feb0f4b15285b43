"""Lake Ostrel: the fallen water and the regatta."""

from __future__ import annotations

import numpy as np

from .kit import Scene, bend
from .motifs import birds, conifer, person, sailboat


def regatta() -> Scene:
    """Slack pale sails on the still lake, the sun low behind them."""
    s = Scene(13)
    s.px = s.ramp((0, "#2f4f63"), (260, "#7d97a0"), (470, "#e9c9a0"), (600, "#f4dfb8"))
    s.shine(np.clip(s.noise(900, 90) - 0.45, 0, 1) * np.clip(1 - s.y / 620, 0, 1), "#f2cfae", 1.0)
    s.glow(1110, 505, 420, "#ffdf9e", 0.8)
    s.lay(s.pen().disc(1110, 490, 34).mask(1.2), "#fff3d0")
    for base, high, top, low in (
        (500, 190, "#a9a59b", "#dcc9a8"),
        (545, 150, "#7f8d90", "#c6b99f"),
        (590, 90, "#4f6a74", "#8fa09c"),
    ):
        s.land(s.crest(base, high, 620), top, low, 170, 0.22, 0.18)
        s.fog(base + 70, 40, "#f0dcb8", 0.55)
    shore = s.pen()
    for x in range(0, 560, 9):
        conifer(shore, s.rng, x, 640, 26 + 44 * s.rng.random() * (1 - x / 640))
    s.lay(shore.mask(), "#2b4650", 0.9)
    s.fog(622, 16, "#f2dcb6", 0.4)
    hull, sails, near_hull, near_sails = s.pen(), s.pen(), s.pen(), s.pen()
    fleet = [(330, 655, 80), (455, 652, 66), (560, 650, 58), (690, 656, 88), (930, 652, 62),
             (1230, 655, 84), (1345, 650, 58), (1460, 653, 70), (1010, 658, 96)]  # fmt: skip
    for x, y, size in fleet:
        sailboat(hull, sails, x, y, size, 0.08 + 0.06 * s.rng.random())
    s.lay(hull.mask(), "#2b4650")
    s.lay(sails.mask(), s.ramp((540, "#fbf1dc"), (660, "#e8b98a")), 0.95)
    s.water(656, "#294a5c", 0.22)
    s.glitter(1110, 656, 120, "#ffe2a6", 0.9)
    for x, y, size in ((500, 880, 470), (1215, 800, 300)):
        sailboat(near_hull, near_sails, x, y, size, 0.2)
        for crew in (-0.16, -0.05, 0.08):
            near_hull.disc(x + size * crew, y - size * 0.13, size * 0.026, size * 0.045)
            near_hull.disc(x + size * crew, y - size * 0.185, size * 0.018)
    cloth, wood = near_sails.mask(), near_hull.mask()
    seams = np.clip(np.sin((s.y + s.x * 0.25) / 7.5) * 3 - 2.2, 0, 1)
    linen = s.ramp((0, "#fff6e2"), (900, "#d9a273"), along=s.y + (500 - s.x) * 0.35)
    linen = linen * (1 - 0.12 * seams - 0.16 * s.noise(160))[..., None]
    s.lay(cloth, linen)
    s.lay(wood, "#14303d")
    for x, y, size in ((500, 880, 470), (1215, 800, 300)):
        mirrored = np.zeros_like(cloth)
        depth = np.arange(s.h - y)
        rows = np.clip(y - (depth * 1.35).astype(int), 0, s.h - 1)
        for d, row in zip(depth, rows, strict=True):
            slide = int(np.sin(d * 0.55 + 2 * np.sin(d * 0.11)) * (2 + d * 0.05))
            mirrored[y + d] = np.roll(cloth[row] * 0.5 + wood[row], slide)
        window = (np.abs(s.x - x - 40) < size * 0.8) * (1 - wood) * (1 - cloth)
        s.lay(mirrored * window * np.clip(1.15 - (s.y - y) / (size * 0.8), 0, 1), "#17394a", 0.55)
    s.finish()
    return s


def lake_level_interview() -> Scene:
    """The bared terraces of the lake's bed, with a boat that no longer floats."""
    s = Scene(21)
    s.px = s.ramp((0, "#3c4a5c"), (230, "#8a8590"), (400, "#dca98f"), (520, "#f3d3a4"))
    s.shine(np.clip(s.noise(1100, 70) - 0.5, 0, 1) * np.clip(1 - s.y / 520, 0, 1), "#f0b090", 1.3)
    s.glow(470, 470, 380, "#ffd9a0", 0.7)
    for base, high, top, low in (
        (430, 170, "#a58d8c", "#e2b996"),
        (475, 110, "#6f6d78", "#c49c8a"),
    ):
        s.land(s.crest(base, high, 560), top, low, 140, 0.25, 0.2)
        s.fog(base + 60, 30, "#f4d2a6", 0.5)
    s.water(520, "#43566a", 0.18, 0.5)
    s.glitter(470, 520, 90, "#ffe0ae", 0.8)
    # The bared bed: one terrace for each summer that the water stood lower.
    for i in range(11):
        t = i / 10
        edge = 598 + 300 * t**1.35
        reach = (0.10 + 0.9 * t) * 60
        line = (
            edge + reach * (0.9 - 1.1 * (np.arange(s.w) / s.w)) + s.crest(0, 7 + 20 * t, 260, 0.55)
        )
        tones = ("#b98d70", "#c79a76", "#a97f68")
        s.land(
            line.astype(np.float32),
            tones[i % 3],
            "#5d4a4c" if i > 6 else "#8d6c5f",
            90 + 120 * t,
            0.3,
            0.28,
            4 + 5 * t,
        )
        rim = np.exp(-(((s.y - line[None, :]) / (1.2 + 2.4 * t)) ** 2))
        s.lay(rim * (0.5 + 0.5 * s.noise(80, 10)), "#f0d5b0", 0.75)
    pier = s.pen()
    for i in range(11):
        t = i / 10
        x, y = 1530 - 660 * t**0.8, 560 - 38 * t
        foot = y + 205 * (1 - t) ** 1.25 + 40
        pier.line([(x, y - 4), (x - 2, foot)], 13 - 9 * t)
        if i % 2 == 0:
            pier.line([(x, y + 20), (x - 46 * (1 - t), foot - 10)], 4 - 2.5 * t)
    pier.poly([(1640, 548), (1640, 578), (862, 528), (862, 520)])
    s.lay(pier.mask(), s.ramp((500, "#4a3c44"), (800, "#2a2530")))
    s.shade(s.pen().poly([(1600, 790), (1600, 830), (900, 600), (900, 592)]).mask(9), 0.35)
    boat = s.pen()
    boat.poly(
        bend((250, 838), (330, 905), (560, 900), (640, 800))
        + bend((640, 800), (470, 850), (250, 838))
    )
    s.shade(s.pen().disc(460, 896, 240, 20).mask(10), 0.6)
    s.lay(boat.mask(), s.ramp((800, "#5e4450"), (900, "#241f2b")))
    s.lay(s.pen().line(bend((250, 838), (470, 850), (640, 800)), 4).mask(), "#e8c29a", 0.8)
    man = s.pen()
    person(man, 868, 524, 58, hat=True)
    person(man, 1010, 838, 190, lean=-0.15)
    man.line([(1062, 660), (1082, 846)], 6)
    s.lay(man.mask(), "#201c28")
    s.shade(s.pen().poly([(1000, 838), (1024, 838), (1330, 930), (1250, 936)]).mask(7), 0.5)
    flock = s.pen()
    birds(flock, s.rng, 760, 250, 130, 9, 17)
    s.lay(flock.mask(), "#3a3947", 0.8)
    s.finish()
    return s
