"""Verana and its public life: trams, the tunnel, the chamber, parks and the concert hall."""

from __future__ import annotations

import numpy as np

from .kit import Pen, Point, Scene, bend
from .motifs import branch, crown, grass, person


def night_trams() -> Scene:
    s = Scene(11)
    vx, vy = 860.0, 520.0

    def at(across: float, up: float, z: float) -> Point:
        return vx + across / z, vy + (430 - up) / z

    s.px = s.ramp((0, "#0d1730"), (330, "#26385c"), (540, "#7c7480"), (600, "#b08d78"))
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
                    pane = lights if s.rng.random() < 0.3 else dark
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
            foot, top = at(side * 690, 0, z), at(side * 690, 560, z)
            arm = at(side * 570, 575, z)
            posts.line([foot, top, arm], max(1.2, 9 / z))
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


def tunnel_live() -> Scene:
    s = Scene(12)
    cx, cy = 800.0, 600.0
    s.px = s.ramp((330, "#6f93a8"), (520, "#d6d4c0"), (600, "#f8e7bc"))
    s.glow(850, 560, 200, "#fff0c0", 0.9)
    for base, high, top, low in ((540, 190, "#8b9ea8", "#dcd6bd"), (590, 90, "#55707a", "#a8b0a0")):
        s.land(s.crest(base, high, 260), top, low, 100, 0.4, 0.3, 5)
    dx, dy = s.x - cx, s.y - cy
    arch = np.hypot(dx / 900, np.minimum(dy, 0) / 760)
    floor = dy / 330
    k = np.maximum(arch, floor)
    z = 1 / np.clip(k, 0.05, None)
    wall = np.clip((k - 0.26) * 260, 0, 1)
    paved = floor > arch
    near = np.clip(1 - 0.26 / np.clip(k, 0.26, None), 0, 1)
    s.lay(
        wall,
        s.ramp((0, "#e8cf9c"), (0.3, "#8c7a62"), (0.62, "#3d4247"), (1, "#14191f"), along=near),
    )
    rib = np.abs((z * 4.2) % 1 - 0.5)
    angle = np.arctan2(dy, dx)
    ring = np.floor(z * 4.2)
    block = np.abs((angle * 9 / np.pi + (ring % 2) * 0.5) % 1 - 0.5)
    s.shade(wall * ~paved * np.clip((rib - 0.44) * 14, 0, 1), 0.55)
    s.shade(wall * ~paved * np.clip((block - 0.478) * 40, 0, 1), 0.4)
    s.shade(wall * ~paved * (0.5 + 0.4 * s.weave(angle * 40 + 700, z * 30 + 300)), 0.3)
    lane = np.abs(dx / np.clip(dy, 1, None))
    dash = (lane < 0.05) & ((z * 2.1) % 1 < 0.5)
    s.shade(wall * paved, 0.25)
    s.lay(wall * paved * dash, "#f3e3bb", 0.75)
    s.lay(wall * paved * (np.abs(lane - 2.05) < 0.05), "#d8b67a", 0.6)
    s.shine(
        wall
        * paved
        * np.exp(-((lane / 1.1) ** 2))
        * np.clip(0.7 + 0.6 * s.weave(s.x * 0.08 + 900, s.y * 0.6), 0, 1.2),
        "#ffe2a4",
        0.55,
    )
    for i in range(1, 15):
        depth = 0.9 + i * 0.19
        for side in (-1, 1):
            a = -np.pi / 2 + side * 0.62
            x, y = cx + np.cos(a) * 900 / depth * 0.97, cy + np.sin(a) * 760 / depth * 0.97
            tangent = (-np.sin(a) * 26 / depth, np.cos(a) * 20 / depth)
            lamp = s.pen().taper(
                [(x - tangent[0], y - tangent[1]), (x + tangent[0], y + tangent[1])],
                13 / depth,
                13 / depth,
            )
            s.lay(lamp.mask(0.8), "#fff4d2")
            s.glow(x, y, 120 / depth, "#ffcf80", 0.6)
    s.glow(cx, cy - 10, 420, "#ffe9b8", 0.5)
    beams = np.exp(-((np.abs(np.sin(angle * 5 + 0.6)) / 0.5) ** 2)) * np.exp(
        -np.hypot(dx, dy) / 420
    )
    s.shine(beams * wall, "#ffe6b0", 0.25)
    # The crowd waits at the mouth, and further in the mounted lamps of a work train.
    crowd = s.pen()
    for _ in range(34):
        x = cx + (s.rng.random() - 0.5) * 430
        person(
            crowd, x, 690 + 8 * s.rng.random(), 84 + 20 * s.rng.random(), hat=s.rng.random() < 0.25
        )
    for x, y, size in (
        (560, 800, 205),
        (640, 780, 185),
        (1010, 790, 195),
        (1085, 815, 215),
        (1160, 790, 190),
        (470, 850, 240),
    ):
        person(crowd, x, y, size, hat=s.rng.random() < 0.4)
    s.lay(crowd.mask(), s.ramp((580, "#4a4a46"), (850, "#12161c")))
    s.lay(s.pen().line(bend((545, 640), (800, 672), (1055, 640)), 5).mask(), "#c8452f")
    shades = s.pen()
    for x, y, size in (
        (560, 800, 205),
        (640, 780, 185),
        (1010, 790, 195),
        (1085, 815, 215),
        (1160, 790, 190),
        (470, 850, 240),
    ):
        far = 1 + 0.9
        shades.poly(
            [
                (x - 20, y),
                (x + 20, y),
                (cx + (x - cx) * far + 70, cy + (y - cy) * far),
                (cx + (x - cx) * far - 70, cy + (y - cy) * far),
            ]
        )
    s.shade(shades.mask(9), 0.5)
    s.finish(grain=0.045)
    return s


def budget_vote() -> Scene:
    s = Scene(17)
    s.px = s.ramp((0, "#2a1a1f"), (260, "#6b3f35"), (420, "#a5744a"))
    arches = s.pen()
    for i in range(-4, 5):
        x = 800 + i * 205
        arches.rect(x - 62, 120, 124, 260).disc(x, 120, 62)
    s.lay(arches.mask(), s.ramp((50, "#3b2a2c"), (380, "#8c5d42")))
    window = s.pen().rect(738, 90, 124, 260).disc(800, 90, 62)
    s.lay(window.mask(), s.ramp((30, "#fff1cc"), (350, "#f2c884")))
    s.lay(
        s.pen().rect(797, 30, 6, 320).rect(738, 150, 124, 5).rect(738, 240, 124, 5).mask(),
        "#6b3f35",
    )
    columns = s.pen()
    for i in range(-4, 4):
        x = 800 + (i + 0.5) * 205
        columns.rect(x - 17, 60, 34, 330).rect(x - 26, 50, 52, 14).rect(x - 26, 370, 52, 14)
    round_light = 0.5 + 0.5 * np.cos((s.x - 800 - 102.5) / 205 * 2 * np.pi)
    s.lay(columns.mask(), s.ramp((0, "#3a2527"), (1, "#d9a670"), along=round_light**9))
    s.lay(s.pen().rect(0, 0, 1600, 46).mask(), "#22151b")
    s.lay(s.pen().rect(0, 40, 1600, 8).mask(), "#b98754")
    s.glow(800, 210, 520, "#ffd692", 0.65)
    dais = s.pen().poly([(560, 400), (1040, 400), (1080, 470), (520, 470)]).rect(705, 340, 190, 80)
    s.lay(dais.mask(), s.ramp((340, "#7c4a33"), (470, "#3e2426")))
    s.lay(s.pen().rect(700, 335, 200, 8).rect(555, 396, 490, 6).mask(), "#e7b878")
    chair = s.pen()
    for x, y, size in ((800, 425, 150), (620, 455, 110), (980, 455, 110)):
        person(chair, x, y, size)
    s.lay(
        chair.mask() * (s.y < 338) + chair.mask() * (s.y < 397) * (np.abs(s.x - 800) > 110),
        "#2a171d",
    )
    rows = 8
    for i in range(rows):
        t = i / (rows - 1)
        size = 38 + 112 * t**1.35
        base = 480 + 560 * t**1.15
        step = size * 1.25
        people, hands, desk = s.pen(), s.pen(), s.pen()
        count = int(1900 / step)

        def arc(x: float, base: float = base, t: float = t) -> float:
            return base - ((x - 800) / 800) ** 2 * (95 - 20 * t)

        line = [(float(x), arc(x)) for x in range(-40, 1660, 20)]
        for j in range(count):
            x = 800 + (j - count / 2 + (i % 2) * 0.5) * step + (s.rng.random() - 0.5) * size * 0.2
            if abs(x - 800) < 46 - 6 * i or s.rng.random() < 0.07:
                continue
            y = arc(x) + size * 0.2
            people.disc(x, y - size * 0.72, size * 0.2, size * 0.25)
            people.rect(x - size * 0.09, y - size * 0.55, size * 0.18, size * 0.2)
            people.poly(
                bend(
                    (x - size * 0.5, y + 4),
                    (x - size * 0.48, y - size * 0.52),
                    (x + size * 0.48, y - size * 0.52),
                    (x + size * 0.5, y + 4),
                )
            )
            if s.rng.random() < 0.46:
                side = 1 if s.rng.random() < 0.75 else -1
                lean = (s.rng.random() - 0.4) * 0.16 * size * side
                elbow, palm = (
                    (x + side * size * 0.44, y - size * 0.62),
                    (x + side * size * 0.4 + lean, y - size * 1.18),
                )
                hands.taper(
                    [(x + side * size * 0.3, y - size * 0.22), elbow], size * 0.2, size * 0.17
                )
                hands.taper([elbow, palm], size * 0.17, size * 0.1)
                hands.disc(palm[0], palm[1] - size * 0.05, size * 0.07, size * 0.1)
        body = np.maximum(people.mask(), hands.mask())
        dark = s.ramp((400, "#5b3430"), (700, "#32202a"), (1067, "#150d14"))
        s.lay(body, dark)
        rim = np.clip(body - np.roll(body, 2 + int(3 * t), 0), 0, 1)
        s.lay(rim, "#f4c382", 0.75 * np.exp(-1.1 * t))
        desk.poly([*line, *[(x, y + size * 0.62) for x, y in reversed(line)]])
        s.lay(desk.mask(), s.ramp((430, "#7e3a36"), (700, "#4b2029"), (1067, "#1e0f17")))
        s.lay(
            s.pen().taper(line, 3 + 7 * t, 3 + 7 * t).mask(),
            s.ramp((450, "#e0aa6c"), (1067, "#7b4a38")),
            0.9,
        )
        s.shade(desk.mask() * np.clip(np.sin(s.x / (3 + 5 * t)) * 0.6, 0, 1), 0.25)
    beams = np.zeros_like(s.x)
    for angle, wide in ((-0.72, 0.07), (-0.4, 0.05), (-0.08, 0.08), (0.3, 0.06), (0.62, 0.08)):
        beams += np.exp(-(((np.arctan2(s.x - 800, s.y + 60) - angle) / wide) ** 2))
    s.shine(beams * np.exp(-s.y / 620) * (0.6 + 0.5 * s.noise(400)), "#ffdfa6", 0.28)
    s.finish(grain=0.045, vignette=0.4)
    return s


def playgrounds() -> Scene:
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


def city_trees() -> Scene:
    s = Scene(19)
    vx, vy = 760.0, 590.0
    s.px = s.ramp((0, "#8fae8a"), (400, "#dfe3b0"), (600, "#fdf3cd"))
    s.glow(vx, vy - 60, 420, "#fffbe0", 0.8)
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
            far = np.array([0.93, 0.93, 0.76])
            for mask, colour in (
                (leaves.mask(), "#4f7350"),
                (trunk.mask(), "#3b4a3d"),
                (front.mask(), "#28463a"),
            ):
                paint = s.ramp((0, colour), (1067, colour)) * t + far * (1 - t)
                s.lay(mask, paint, 0.94)
                if colour == "#3b4a3d":
                    s.lay(
                        mask
                        * np.clip(
                            s.weave(s.x * 0.16 * z**0.5 + 300, s.y * 0.07 * z**0.5) * 2 - 1.1, 0, 1
                        ),
                        far * 0.8 + 0.1,
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


def _player(pen: Pen, x: float, y: float, size: float, bow: float) -> None:
    """Seat a violinist, seen from behind, with the fiddle up and the bow across."""
    pen.disc(x, y - size * 0.92, size * 0.14, size * 0.17)
    pen.rect(x - size * 0.06, y - size * 0.8, size * 0.12, size * 0.16)
    pen.poly(
        bend(
            (x - size * 0.36, y),
            (x - size * 0.4, y - size * 0.82),
            (x + size * 0.4, y - size * 0.82),
            (x + size * 0.36, y),
        )
    )
    fiddle = (x - size * 0.3, y - size * 0.76)
    pen.disc(*fiddle, size * 0.13, size * 0.07)
    pen.taper([fiddle, (x - size * 0.66, y - size * 0.86)], size * 0.05, size * 0.03)
    pen.taper(
        [(x - size * 0.3, y - size * 0.45), (x - size * 0.58, y - size * 0.8)],
        size * 0.12,
        size * 0.07,
    )
    hand = (x + size * (0.3 + 0.1 * bow), y - size * (0.66 - 0.1 * bow))
    pen.taper(
        [(x + size * 0.26, y - size * 0.55), (x + size * 0.5, y - size * 0.45), hand],
        size * 0.13,
        size * 0.08,
    )
    pen.line([hand, (x - size * 0.48, y - size * 1.06 - size * 0.1 * bow)], max(1.4, size * 0.016))


def youth_orchestra() -> Scene:
    s = Scene(20)
    s.px = s.ramp((0, "#1c0f17"), (420, "#6b2f2a"), (640, "#a8623a"))
    pipe_light = 0.5 + 0.5 * np.cos((s.x - 800) / 50 * 2 * np.pi)
    pipes = s.pen()
    for i in range(-13, 14):
        x, top = 800 + i * 50, 130 + 150 * abs(np.cos(i * np.pi / 9)) + 4 * abs(i)
        pipes.rect(x - 21, top, 42, 420 - top).poly(
            [(x - 21, 420), (x + 21, 420), (x + 6, 470), (x - 6, 470)]
        ).disc(x, top, 21, 8)
    s.lay(
        pipes.mask(),
        s.ramp((0, "#35191c"), (0.55, "#9a5f37"), (1, "#f4cf8e"), along=pipe_light**2.4),
    )
    mouths = s.pen()
    for i in range(-13, 14):
        mouths.poly([(800 + i * 50 - 10, 398), (800 + i * 50 + 10, 398), (800 + i * 50, 372)])
    s.lay(mouths.mask(), "#2a1218", 0.85)
    s.shade(np.clip(1 - s.y / 330, 0, 1), 0.75)
    s.lay(s.pen().rect(0, 470, 1600, 16).mask(), "#d99a57")
    s.lay(s.pen().rect(0, 486, 1600, 600).mask(), s.ramp((486, "#7d432f"), (1067, "#2c151a")))
    s.shade((s.y > 486) * (np.abs((s.x % 84) - 42) > 40), 0.35)
    s.glow(800, 560, 620, "#ffcf86", 0.6)
    beams = np.zeros_like(s.x)
    for cx, lean in ((300, 0.42), (560, 0.2), (800, 0.0), (1040, -0.2), (1300, -0.42)):
        beams += np.exp(-(((s.x - cx - lean * s.y) / (26 + s.y * 0.13)) ** 2))
    s.shine(beams * np.exp(-s.y / 700), "#ffe0a4", 0.3)
    for i, (y, size) in enumerate(((560, 105), (625, 128), (705, 156), (800, 190))):
        pages, pen = s.pen(), s.pen()
        count = (15, 12, 10, 8)[i]
        for j in range(count):
            x = 800 + (j - (count - 1) / 2) * size * 0.98
            drop = y - ((x - 800) / 800) ** 2 * -70
            if abs(x - 800) < size * 0.3 and i > 1:
                continue
            _player(pen, x, drop + size * 0.25, size, 0.5 + 0.25 * np.sin(i * 2.1))
            sx, sy = x - size * 0.4, drop - size * 0.28
            pages.poly(
                [
                    (sx - size * 0.17, sy),
                    (sx + size * 0.17, sy - size * 0.02),
                    (sx + size * 0.14, sy - size * 0.24),
                    (sx - size * 0.14, sy - size * 0.22),
                ]
            )
            if (j in (0, count - 1)) and i < 3:
                pen.taper(
                    [(x + size * 0.5, drop - size * 0.2), (x + size * 0.36, drop - size * 1.5)],
                    size * 0.09,
                    size * 0.05,
                )
                pen.disc(x + size * 0.35, drop - size * 1.54, size * 0.07)
                pen.disc(x + size * 0.5, drop + size * 0.1, size * 0.34, size * 0.5)
        tone = s.ramp((430, "#6a3029"), (640, "#35171d"), (900, "#170b12"))
        s.lay(pages.mask(), "#fff0c8")
        s.shine(pages.mask(12), "#ffce82", 0.6)
        body = pen.mask()
        s.lay(body, tone)
        s.lay(np.clip(body - np.roll(body, 3, 0), 0, 1), "#ffc97f", 0.55)
    s.lay(s.pen().poly([(610, 1067), (650, 985), (950, 985), (990, 1067)]).mask(), "#0d070c")
    s.lay(s.pen().rect(648, 983, 304, 5).mask(), "#e3a45e", 0.8)
    u = 64.0
    lead = (
        s.pen()
        .disc(800, 985 - 7.5 * u, 0.47 * u, 0.56 * u)
        .rect(800 - 0.18 * u, 985 - 7.1 * u, 0.36 * u, 0.6 * u)
    )
    lead.poly(bend((800 - 0.1 * u, 985 - 6.85 * u), (800 - 1.9 * u, 985 - 6.5 * u), (800 - 0.4 * u, 985 - 4.4 * u), (800 - 1.0 * u, 985 - 2.5 * u))
              + bend((800 + 1.0 * u, 985 - 2.5 * u), (800 + 0.4 * u, 985 - 4.4 * u), (800 + 1.9 * u, 985 - 6.5 * u), (800 + 0.1 * u, 985 - 6.85 * u)))  # fmt: skip
    for side in (-1, 1):
        lead.taper(
            [(800 + side * 0.12 * u, 985 - 3.4 * u), (800 + side * 0.55 * u, 985)], 0.9 * u, 0.5 * u
        )
        lead.taper(
            bend(
                (800 + side * 0.6 * u, 985 - 6.1 * u),
                (800 + side * 1.7 * u, 985 - 5.4 * u),
                (800 + side * 2.3 * u, 985 - 6.6 * u),
                (800 + side * 2.75 * u, 985 - 7.7 * u),
            ),
            0.62 * u,
            0.26 * u,
        )
        lead.disc(800 + side * 2.8 * u, 985 - 7.85 * u, 0.2 * u, 0.26 * u)
        lead.poly(
            [
                (800 + side * 0.1 * u, 985 - 3 * u),
                (800 + side * 0.95 * u, 985 - 2.9 * u),
                (800 + side * 0.75 * u, 985 - 1.5 * u),
            ]
        )
    lead.taper([(800 + 2.8 * u, 985 - 7.85 * u), (800 + 2.1 * u, 985 - 9.2 * u)], 5, 2)
    body = lead.mask()
    s.lay(body, s.ramp((480, "#241018"), (1000, "#0a0509")))
    s.lay(np.clip(body - np.roll(body, 4, 0), 0, 1), "#ffd591", 0.85)
    s.finish(grain=0.045, vignette=0.45)
    return s
