"""Verana under a roof: the tunnel, the debating chamber and the concert hall."""

# ruff: noqa: PLR0915 - a picture is one long list of strokes

from __future__ import annotations

import numpy as np

from .kit import Pen, Point, Scene, bend
from .motifs import person


def tunnel_live() -> Scene:
    """The crowd at the tunnel's mouth, seen from within."""
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
        * np.clip(0.75 + 0.2 * s.weave(s.x * 0.1 + 900, s.y * 0.9), 0, 1.2),
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
    for x, y, _ in (
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
    s.shade(shades.mask(14) * np.clip((1067 - s.y) / 240, 0, 1), 0.3)
    s.finish(grain=0.045)
    return s


def budget_vote() -> Scene:
    """A half-empty chamber at night, lamps lit over desks of paper."""
    s = Scene(17)
    s.px = s.ramp((0, "#1d1519"), (260, "#4c2f2c"), (420, "#7c5339"))
    arches = s.pen()
    for i in range(-4, 5):
        x = 800.0 + i * 205
        arches.rect(x - 62, 120, 124, 260).disc(x, 120, 62)
    s.lay(arches.mask(), s.ramp((50, "#17192b"), (380, "#3b4460")))
    window = s.pen().rect(738, 90, 124, 260).disc(800, 90, 62)
    s.lay(window.mask(), s.ramp((30, "#101a35"), (350, "#3f5378")))
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
    s.glow(800, 330, 420, "#ffce86", 0.6)
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
        people, papers, lamps, desk = s.pen(), s.pen(), s.pen(), s.pen()
        bulbs: list[Point] = []
        count = int(1900 / step)

        def arc(x: float, base: float = base, t: float = t) -> float:
            return base - ((x - 800) / 800) ** 2 * (95 - 20 * t)

        line = [(float(x), arc(x)) for x in range(-40, 1660, 20)]
        for j in range(count):
            x = 800 + (j - count / 2 + (i % 2) * 0.5) * step + (s.rng.random() - 0.5) * size * 0.2
            y = arc(x) + size * 0.2
            for _ in range(int(s.rng.integers(0, 4))):
                px, py = x + size * (0.5 + 0.4 * s.rng.random()), arc(x) + size * 0.02
                for sheet in range(int(s.rng.integers(1, 7))):
                    papers.rect(
                        px - size * (0.16 + 0.02 * s.rng.random()),
                        py - sheet * size * 0.035,
                        size * 0.3,
                        size * 0.025,
                    )
            if j % 3 == i % 3:
                lx, ly = x + size * 0.58, arc(x) - size * 0.42
                lamps.rect(lx - size * 0.025, ly, size * 0.05, size * 0.45)
                lamps.poly(
                    [
                        (lx - size * 0.1, ly - size * 0.12),
                        (lx + size * 0.1, ly - size * 0.12),
                        (lx + size * 0.24, ly + size * 0.05),
                        (lx - size * 0.24, ly + size * 0.05),
                    ]
                )
                bulbs.append((lx, ly + size * 0.06))
            if s.rng.random() < 0.55:
                continue
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
        body = people.mask()
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
        s.lay(papers.mask(), "#f6e4bd", 0.9 - 0.25 * t)
        s.lay(lamps.mask(), s.ramp((450, "#3f6b55"), (1067, "#1d4237")))
        light = s.pen()
        for bx, by in bulbs:
            light.disc(bx, by + size * 0.16, size * 0.42, size * 0.3)
            s.glow(bx, by, size * 0.75, "#ffc873", 0.5)
        s.shine(light.mask(size * 0.16), "#ffd48a", 0.5)
    s.finish(grain=0.045, vignette=0.4)
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
    """A conductor before the young orchestra in a dim hall."""
    s = Scene(20)
    s.px = s.ramp((0, "#1c0f17"), (420, "#6b2f2a"), (640, "#a8623a"))
    pipe_light = 0.5 + 0.5 * np.cos((s.x - 800) / 50 * 2 * np.pi)
    pipes = s.pen()
    for i in range(-13, 14):
        x, top = 800.0 + i * 50, 130 + 150 * abs(np.cos(i * np.pi / 9)) + 4 * abs(i)
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
            if i == 3:
                foot = drop + size * 0.25
                pen.rect(x - size * 0.34, foot - 4, size * 0.68, size * 0.07)
                for leg in (-0.33, 0.27):
                    pen.taper(
                        [(x + size * leg, foot), (x + size * leg * 1.1, foot + size * 0.62)], 14, 9
                    )
                pen.taper([(x - size * 0.12, foot), (x - size * 0.16, foot + size * 0.6)], 44, 24)
                pen.taper([(x + size * 0.12, foot), (x + size * 0.16, foot + size * 0.6)], 44, 24)
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
    lead.poly(
        bend(
            (800 - 0.1 * u, 985 - 6.85 * u),
            (800 - 1.9 * u, 985 - 6.5 * u),
            (800 - 0.4 * u, 985 - 4.4 * u),
            (800 - 1.0 * u, 985 - 2.5 * u),
        )
        + bend(
            (800 + 1.0 * u, 985 - 2.5 * u),
            (800 + 0.4 * u, 985 - 4.4 * u),
            (800 + 1.9 * u, 985 - 6.5 * u),
            (800 + 0.1 * u, 985 - 6.85 * u),
        )
    )
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
