"""Verana out of doors: the night trams, the playground and the trees."""

# ruff: noqa: PLR0912, PLR0915 - a picture is one long list of strokes

from __future__ import annotations

import numpy as np

from .kit import Point, Scene, bend
from .motifs import branch, crown, grass, person


def night_trams() -> Scene:
    """A red tram comes down a wet street at night."""
    s = Scene(11)
    vx, vy = 860.0, 520.0

    def at(across: float, up: float, z: float) -> Point:
        return vx + across / z, vy + (430 - up) / z

    s.px = s.ramp(
        (0, "#0d1730"), (330, "#26385c"), (540, "#7c7480"), (600, "#b08d78"), (690, "#1c2239")
    )
    s.shine(np.clip(s.noise(500, 160) - 0.45, 0, 1), "#5b6d92", 0.6)
    s.glow(vx, vy, 330, "#f0b878", 0.75)
    for z in (13.0, 10.5, 8.2, 6.5, 5.0, 3.9, 3.0, 2.25, 1.65, 1.15):
        for side in (-1, 1):
            front = z * 0.76
            high = 1050 + 420 * s.rng.random() - (150 if side > 0 else 0)
            x = side * 900.0
            walls, lights, dark = s.pen(), s.pen(), s.pen()
            walls.poly([at(x, 0, z), at(x, high, z), at(x, high, front), at(x, 0, front)])
            walls.poly(
                [at(x, 0, z), at(x, high, z), at(side * 2600, high, z), at(side * 2600, 0, z)]
            )
            for floor in range(5):
                for bay in range(4):
                    z1 = z + (front - z) * (bay + 0.28) / 4
                    z2 = z + (front - z) * (bay + 0.72) / 4
                    low = high * (0.17 + 0.165 * floor)
                    top = low + high * 0.1
                    pane = lights if s.rng.random() < 0.3 and (floor or z > 2) else dark
                    pane.poly([at(x, low, z1), at(x, top, z1), at(x, top, z2), at(x, low, z2)])
            haze = min(1.0, z / 13) ** 0.6
            s.lay(walls.mask(), s.ramp((0, "#121c36"), (600, "#2d3046"), (900, "#1a2038")), 0.96)
            s.lay(dark.mask(), "#0c1327", 0.7)
            s.lay(lights.mask(), "#f6c579", 0.9)
            s.shine(lights.mask(9), "#f0a95a", 0.5)
            s.lay(walls.mask(), "#8d7a7c", haze * 0.55)
    ground = np.clip((s.y - vy - 30) / 3, 0, 1) * (np.abs(s.x - vx) < (s.y - vy) / 430 * 900)
    s.lay(ground, s.ramp((550, "#8a7470"), (650, "#3d4058"), (1067, "#121a30")))
    depth = 430 / np.clip(s.y - vy, 8, None)
    setts = np.abs((np.log(depth) * 16) % 1 - 0.5) + 0.7 * np.abs(
        ((s.x - vx) * depth / 62 + np.floor(np.log(depth) * 16) * 0.5) % 1 - 0.5
    )
    s.shade(ground * np.clip((setts - 0.62) * 4, 0, 1) * np.clip((s.y - 640) / 200, 0, 1), 0.35)
    for side in (-1, 1):
        kerb = s.pen().poly(
            [
                at(side * 660, 0, 14),
                at(side * 660, 0, 0.6),
                at(side * 900, 0, 0.6),
                at(side * 900, 0, 14),
            ]
        )
        s.lay(kerb.mask(), "#20263c", 0.6)
    for across in (-420, -270, 30, 180):
        rail = s.pen().taper([at(across, 0, 14), at(across, 0, 0.7)], 1, 11)
        s.lay(rail.mask(), s.ramp((550, "#f1cc95"), (800, "#97a0b6"), (1067, "#4c587c")), 0.9)
    lamps: list[tuple[float, float, float, float]] = []
    posts = s.pen()
    for z in (8.0, 5.4, 3.7, 2.5, 1.62):
        for side in (-1, 1):
            foot, head = at(side * 690, 0, z), at(side * 690, 560, z)
            arm = at(side * 570, 575, z)
            posts.line([foot, head, arm], max(1.2, 9 / z))
            lamps.append((arm[0], arm[1], z, foot[1]))
    s.lay(posts.mask(), "#0c1226")
    # The tram: a box in perspective, its front towards us.
    z, back = 1.5, 3.6
    left, right, tall = -80.0, 290.0, 560.0
    side_wall = [at(left, 28, z), at(left, tall, z), at(left, tall, back), at(left, 28, back)]
    s.shade(
        s.pen()
        .poly(
            [
                at(left - 60, 0, z),
                at(right + 90, 0, z),
                at(right + 90, 0, z * 0.82),
                at(left - 80, 0, z * 0.82),
            ]
        )
        .mask(12),
        0.75,
    )
    s.lay(
        s.pen().poly(side_wall).mask(), s.ramp((380, "#a8402f"), (560, "#8c3329"), (800, "#3f1a22"))
    )
    panes = s.pen()
    for i in range(6):
        z1, z2 = (z + (back - z) * ((i + d) / 6) ** 1.5 for d in (0.12, 0.88))
        panes.poly([at(left, 250, z1), at(left, 455, z1), at(left, 455, z2), at(left, 250, z2)])
    s.lay(panes.mask(), "#ffdf9c")
    (x1, y1), (x2, y2) = at(left, tall, z), at(right, 20, z)
    wide, high = x2 - x1, y2 - y1
    face = bend((x1, y2), (x1, y1 + 30), (x1 + 2, y1 - 6), (x1 + wide * 0.5, y1 - 12)) + bend(
        (x1 + wide * 0.5, y1 - 12), (x2 - 2, y1 - 6), (x2, y1 + 30), (x2, y2)
    )
    s.lay(
        s.pen().poly(face).mask(),
        s.ramp(
            (360, "#d8563a"), (560, "#b5412f"), (620, "#f0d9b0"), (626, "#7b2b28"), (800, "#4c1d24")
        ),
    )
    s.lay(
        s.pen().rect(x1 + 24, y1 + 62, wide - 48, 118).mask(),
        s.ramp((400, "#fff0c4"), (560, "#f3bd6d")),
    )
    s.lay(s.pen().rect(x1 + 56, y1 + 18, wide - 112, 30).mask(), "#ffb84d")
    driver = s.pen().disc(x1 + wide * 0.36, y1 + 118, 15, 18)
    driver.poly(
        bend(
            (x1 + wide * 0.2, y1 + 180),
            (x1 + wide * 0.24, y1 + 128),
            (x1 + wide * 0.48, y1 + 128),
            (x1 + wide * 0.52, y1 + 180),
        )
    )
    for k in (0.62, 0.74, 0.84):
        driver.disc(x1 + wide * k, y1 + 142, 8, 10).rect(x1 + wide * k - 11, y1 + 150, 22, 30)
    driver.rect(x1 + wide * 0.56, y1 + 62, 4, 118).rect(x1 + 24, y1 + 96, wide - 48, 2)
    s.lay(driver.mask(), "#4a2530", 0.9)
    s.lay(s.pen().rect(x1 + 8, y2 - 40, wide - 16, 40).mask(), "#1d1424", 0.85)
    eyes = [(x1 + 40, y2 - 74), (x2 - 40, y2 - 74)]
    wires = (
        s.pen()
        .line([at(105, 880, 14), at(105, 900, 0.5)], 2)
        .line([at(-345, 880, 14), at(-345, 900, 0.5)], 2)
    )
    for z in (8.0, 5.4, 3.7, 2.5, 1.62):
        wires.line(bend(at(-900, 980, z), at(-120, 840, z), at(900, 980, z)), 1.3)
    pole = at(105, 560, 1.8)
    wires.line([pole, (pole[0] - 34, pole[1] - 60), at(105, 890, 1.9)], 3.5)
    s.lay(wires.mask(), "#0b1022", 0.9)
    for x, y in eyes:
        s.lay(s.pen().disc(x, y, 16).mask(1), "#fffbe8")
        s.glow(x, y, 150, "#ffe3a4", 0.9)
    s.glow((x1 + x2) / 2, y1 + 120, 210, "#ffc878", 0.35)
    for x, y, z, _ in lamps:
        s.lay(s.pen().disc(x, y + 4 / z, 16 / z, 9 / z).mask(0.7), "#fff3d0")
        s.glow(x, y, 230 / z, "#ffc478", 0.75)
    # The wet street doubles every light as a broken streak.
    ripple = 0.55 + 0.6 * s.weave(s.x * 0.1 + 900, s.y * 0.55 + 900)
    streaks = [(x, 2 * foot - y, 150 / z, 16 / z) for x, y, z, foot in lamps]
    streaks += [(x, y2 + 120, 120, 20) for x, _ in eyes] + [
        ((x1 + x2) / 2, y2 + 190, 130, wide * 0.36)
    ]
    for x, y, long, broad in streaks:
        streak = np.exp(-(((s.x - x) / broad) ** 2) - (((s.y - y) / long) ** 2)) * np.clip(
            ripple, 0, 1.3
        )
        s.shine(streak * (s.y > vy + 40), "#f7b866", 0.62)
    crowd = s.pen()
    person(crowd, 250, 1010, 330, hat=True)
    person(crowd, 345, 1000, 300, lean=0.2)
    person(crowd, 500, 860, 190)
    person(crowd, 1395, 905, 220, hat=True)
    s.lay(crowd.mask(), "#0a1020")
    s.shine(
        np.clip(np.roll(crowd.mask(), -3, 1) - np.roll(crowd.mask(), 1, 1), 0, 1) * 0
        + np.clip(crowd.mask() - np.roll(crowd.mask(), -4, 1), 0, 1),
        "#f4b76c",
        0.55,
    )
    s.fog(vy + 50, 60, "#d3a284", 0.4)
    s.finish(grain=0.04)
    return s


def playgrounds() -> Scene:
    """Swings, a climbing dome and a slide at sunset."""
    s = Scene(18)
    s.px = s.ramp((0, "#2e3d66"), (260, "#7d6d93"), (470, "#e59a86"), (640, "#fbd79c"))
    s.shine(np.clip(s.noise(900, 110) - 0.45, 0, 1) * np.clip(1 - s.y / 640, 0, 1), "#f5a38e", 1.2)
    s.glow(560, 640, 480, "#ffd48c", 0.85)
    for haze, base, top in (("#a67f92", 660, 300), ("#6d5a7d", 680, 230)):
        blocks, lights, x = s.pen(), s.pen(), -20.0
        while x < 1620:
            wide, high = (
                60 + 120 * s.rng.random(),
                top * (0.35 + 0.65 * s.rng.random()) * (0.55 + 0.5 * abs(x - 620) / 800),
            )
            blocks.rect(x, base - high, wide, high + 40)
            for wx in np.arange(x + 10, x + wide - 12, 20):
                for wy in np.arange(base - high + 14, base - 8, 24):
                    if s.rng.random() < 0.16:
                        lights.rect(wx, wy, 8, 11)
            x += wide + 26 * s.rng.random()
        s.lay(blocks.mask(), haze, 0.85)
        s.lay(lights.mask() * blocks.mask(), "#ffd892", 0.8)
        s.fog(base - 10, 60, "#f9c797", 0.6)
    bushes = s.pen()
    for x in range(-20, 1640, 46):
        crown(bushes, s.rng, x, 700, 50, 26 + 26 * s.rng.random(), 60, 0.16)
    s.lay(bushes.mask(), "#4b4263")
    s.land(s.crest(716, 18, 900, 0.4, sharp=False), "#b07f72", "#3a3050", 330, 0.2, 0.25, 8)
    frame = s.pen()
    for x in (180, 760):
        frame.line([(x - 62, 880), (x, 372), (x + 62, 880)], 11).line(
            [(x - 37, 660), (x + 37, 660)], 6
        )
    frame.line([(170, 376), (770, 376)], 12)
    seats = ((330, 0.0), (480, 0.62), (630, -0.18))
    for x, swing in seats:
        ex, ey = x + np.sin(swing) * 400, 376 + np.cos(swing) * 400
        nx, ny = np.cos(swing), -np.sin(swing)
        for d in (-24, 24):
            frame.line([(x + d, 376), (ex + nx * d, ey + ny * d)], 2.6)
        frame.line([(ex - nx * 32, ey - ny * 32), (ex + nx * 32, ey + ny * 32)], 8)
        if swing == 0.62:
            frame.taper(bend((ex - 4, ey), (ex - 34, ey - 52), (ex - 6, ey - 104)), 44, 34)
            frame.disc(ex - 2, ey - 128, 22, 24)
            frame.taper([(ex - 4, ey - 4), (ex + 62, ey - 34)], 30, 24).taper(
                [(ex + 60, ey - 34), (ex + 118, ey - 62)], 22, 15
            )
            frame.line(
                [(ex - 8, ey - 88), (ex + 8 + np.sin(swing) * -10, ey - 84), (ex - 30, ey - 96)], 10
            )
            frame.taper(bend((ex - 14, ey - 140), (ex - 44, ey - 142), (ex - 58, ey - 122)), 12, 3)
    for a in np.linspace(0, np.pi, 9):
        frame.line(
            bend(
                (1130, 648), (1130 + 150 * np.cos(a), 660), (1130 + 205 * np.cos(a), 858), steps=14
            ),
            5,
        )
    for high, wide in ((690, 116), (745, 168), (805, 196)):
        frame.line(bend((1130 - wide, high), (1130, high + 34), (1130 + wide, high)), 5)
    frame.taper([(1390, 520), (1390, 880)], 12, 12).taper([(1440, 520), (1440, 880)], 12, 12)
    for y in range(560, 880, 42):
        frame.line([(1390, y), (1440, y)], 6)
    frame.taper(bend((1440, 525), (1500, 540), (1520, 850), (1640, 868)), 15, 18)
    frame.poly([(1372, 520), (1458, 520), (1415, 460)])
    person(frame, 1130, 655, 96, lean=0.1)
    person(frame, 930, 878, 190, hat=True)
    mask = frame.mask()
    # Long shadows run from the sun towards us, sheared away from it.
    foot = 874
    shade = np.zeros_like(mask)
    for row in range(foot, s.h):
        source = foot - int((row - foot) * 2.3)
        if source > 300:
            stretched = np.interp(
                560 + (np.arange(s.w) - 560) / (1 + (row - foot) / 420),
                np.arange(s.w),
                mask[source],
            )
            shade[row] = stretched
    s.shade(shade, 0.55)
    s.lay(mask, s.ramp((370, "#3a2c4c"), (880, "#1b1730")))
    s.shine(np.exp(-np.hypot(s.x - 560, s.y - 660) / 160) * mask, "#f6a873", 0.5)
    grass(s, 1040, 34, "#1d1830", 520)
    s.finish()
    return s


def _terrace(s: Scene, vanish: Point, far: float, colour: str) -> None:
    """Line the avenue with town houses that grow towards us."""
    fronts, panes = s.pen(), s.pen()
    for side in (-1, 1):
        x = 90.0 * far
        while x < 900:
            wide = 90 + 60 * s.rng.random()
            high = (120 + x * 0.42) * far * (0.85 + 0.3 * s.rng.random())
            left = vanish[0] + (x if side > 0 else -x - wide)
            eaves = vanish[1] + 20 - high
            fronts.rect(left, eaves, wide - 4, high)
            fronts.poly([
                (left - 4, eaves), (left + wide, eaves),
                (left + wide - 20, eaves - 26), (left + 16, eaves - 26),
            ])  # fmt: skip
            for wx in np.arange(left + 12, left + wide - 20, 26):
                for wy in np.arange(eaves + 14, vanish[1] - 20, 42):
                    panes.rect(wx, wy, 11, 22)
            x += wide
    s.lay(fronts.mask(), colour, 0.75)
    s.shade(panes.mask(), 0.25)


def city_trees() -> Scene:
    """An avenue where one lamp makes its own September."""
    s = Scene(19)
    vx, vy = 760.0, 590.0
    s.px = s.ramp((0, "#8fae8a"), (400, "#dfe3b0"), (600, "#fdf3cd"))
    s.glow(vx, vy - 60, 420, "#fffbe0", 0.8)
    for far, colour in ((0.75, "#b3bd92"), (1.15, "#8fa482")):
        _terrace(s, (vx, vy), far, colour)
    s.fog(vy, 50, "#fdf3cd", 0.35)
    s.lay(
        np.clip((s.y - vy) / 6, 0, 1), s.ramp((590, "#f1e6bd"), (760, "#b9ad80"), (1067, "#5d6a4c"))
    )
    depth = 470 / np.clip(s.y - vy, 6, None)
    dapple = s.weave((s.x - vx) * depth * 0.035 + 900, depth * 26 + 300)
    s.shade((s.y > vy) * np.clip(dapple * 1.3 + 0.25, 0, 1) * np.clip((s.y - vy) / 120, 0, 1), 0.5)
    for z in (9.0, 7.0, 5.5, 4.3, 3.4, 2.65, 2.0, 1.5, 1.1):
        t = 1 - (z - 1.1) / 7.9
        for side in (-1, 1):
            x, y = vx + side * 620 / z, vy + 470 / z
            trunk, leaves, front = s.pen(), s.pen(), s.pen()
            high = 640 / z
            trunk.taper(
                bend((x, y), (x + side * 8 / z, y - high * 0.5), (x - side * 20 / z, y - high)),
                96 / z,
                60 / z,
            )
            trunk.taper(bend((x, y + 6 / z), (x, y - 40 / z), (x, y - 90 / z)), 150 / z, 92 / z)
            tips: list[Point] = []
            for a in (-0.75, -0.25, 0.3, 0.8):
                branch(
                    trunk,
                    s.rng,
                    x - side * 20 / z,
                    y - high * 0.96,
                    230 / z,
                    -np.pi / 2 + a,
                    40 / z,
                    3,
                    tips,
                )
            for tx, ty in tips:
                crown(leaves, s.rng, tx, ty, 115 / z, 80 / z, 34, 0.13)
                crown(front, s.rng, tx + 20 / z, ty + 34 / z, 80 / z, 44 / z, 14, 0.13)
            haze = np.array([0.93, 0.93, 0.76])
            for mask, colour in (
                (leaves.mask(), "#4f7350"),
                (trunk.mask(), "#3b4a3d"),
                (front.mask(), "#28463a"),
            ):
                paint = s.ramp((0, colour), (1067, colour)) * t + haze * (1 - t)
                s.lay(mask, paint, 0.94)
                if colour == "#3b4a3d":
                    s.lay(
                        mask
                        * np.clip(
                            s.weave(s.x * 0.16 * z**0.5 + 300, s.y * 0.07 * z**0.5) * 2 - 1.1, 0, 1
                        ),
                        haze * 0.8 + 0.1,
                        0.5 * t,
                    )
                    inner = np.clip(mask - np.roll(mask, int(side * (3 + 8 / z)), 1), 0, 1)
                    s.lay(inner, "#f7eec0", 0.6)
            s.shade(
                s.pen()
                .poly(
                    [
                        (x - 40 / z, y),
                        (x + 40 / z, y),
                        (x + side * 330 / z, y + 190 / z),
                        (x + side * 150 / z, y + 200 / z),
                    ]
                )
                .mask(6),
                0.4,
            )
        s.fog(vy, 150, "#fbf3cc", 0.1)
    rays = np.zeros_like(s.x)
    for angle in (-1.0, -0.62, -0.3, 0.12, 0.46, 0.8):
        rays += np.exp(-(((np.arctan2(s.x - vx - 40, s.y - 60) - angle) / 0.06) ** 2))
    s.shine(rays * np.exp(-(((s.y - 430) / 420) ** 2)) * s.noise(260), "#fff6cc", 0.55)
    post = (
        s.pen()
        .taper([(1090, 795), (1090, 330)], 12, 7)
        .disc(1090, 795, 17, 8)
        .rect(1080, 560, 20, 6)
    )
    post.line(bend((1090, 345), (1090, 290), (1046, 288), (1040, 318)), 6).poly(
        [(1018, 330), (1062, 330), (1048, 312), (1032, 312)]
    )
    s.lay(post.mask(), "#22342c")
    september = s.pen()
    for _ in range(150):
        lx, ly = 1040 + 95 * s.rng.standard_normal(), 330 + 80 * s.rng.standard_normal()
        september.disc(lx, ly, 4 + 7 * s.rng.random(), 3 + 5 * s.rng.random())
    for _ in range(40):
        september.disc(
            1050 + 120 * s.rng.standard_normal(), 830 + 34 * s.rng.standard_normal(), 6, 2.5
        )
    s.lay(september.mask(), s.ramp((200, "#e0a63c"), (480, "#c98a34"), (850, "#d79a3a")), 0.92)
    s.lay(s.pen().disc(1040, 346, 20, 19).mask(1), "#fffbe0")
    s.glow(1040, 346, 190, "#ffd98a", 0.85)
    walk = s.pen()
    person(walk, 700, 760, 165, hat=True)
    walk.line(bend((716, 680), (760, 730), (795, 738)), 2)
    walk.disc(812, 742, 26, 12).disc(840, 728, 11, 9).taper([(788, 738), (772, 720)], 7, 2)
    for lx in (796, 804, 824, 831):
        walk.line([(lx, 744), (lx - 2, 763)], 4)
    walk.poly([(1010, 806), (1210, 842), (1210, 854), (1010, 817)]).poly(
        [(1020, 752), (1215, 778), (1215, 806), (1020, 776)]
    )
    for lx, ly in ((1028, 812), (1196, 846)):
        walk.line([(lx, ly - 60), (lx, ly + 44)], 8)
    s.lay(walk.mask(), "#1f3029")
    s.shade(s.pen().poly([(685, 760), (720, 760), (670, 900), (590, 900)]).mask(8), 0.4)
    s.finish(grain=0.04)
    return s
