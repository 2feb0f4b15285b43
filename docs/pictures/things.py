"""Still lifes and rooms: bread, type, a slow newspaper and a wall of drawers."""

# ruff: noqa: PLR0915 - a picture is one long list of strokes

from __future__ import annotations

from itertools import pairwise

import numpy as np

from .kit import Point, Scene, bend
from .motifs import conifer, shadow
from .papers import Place, paper, sheet


def bread_prices() -> Scene:
    """A loaf on the baker's scale in seven unequal slices."""
    s = Scene(51)
    s.px = s.ramp((0, "#2b2a2c"), (500, "#4f443c"), (760, "#6a5745"))
    s.shine(np.exp(-(((s.x - 120 + s.y * 0.1) / 520) ** 2)), "#e8c48e", 0.5)
    for x, wide in ((-60, 150), (150, 150), (360, 120)):
        light = s.pen().poly(
            [(x + 420, 60), (x + 420 + wide, 74), (x + 500 + wide, 470), (x + 500, 440)]
        )
        s.shine(light.mask(7), "#f8dcaa", 0.22)
    s.lay(s.y > 745, s.ramp((745, "#8a6a4b"), (1067, "#3a2a22")))
    s.shade((s.y > 745) * np.clip(s.weave(s.x * 0.02, s.y * 0.5) * 0.6, 0, 1), 0.35)
    flour = np.clip(s.noise(120, 60) * 1.8 - 0.95, 0, 1) * (s.y > 750)
    s.lay(flour, "#f4e6cd", 0.55)
    s.shade(
        s.pen().poly([(480, 1000), (1160, 1000), (1660, 1060), (1700, 960), (1180, 880)]).mask(26),
        0.65,
    )
    # The scale: an iron foot, a dial without figures, and the round pan.
    foot = bend((470, 1005), (560, 980), (640, 860), (690, 640)) + bend(
        (910, 640), (960, 860), (1040, 980), (1130, 1005)
    )
    body = s.pen().poly(foot).mask()
    s.lay(body, s.ramp((520, "#8f4a35"), (760, "#b5603f"), (1130, "#341d1c"), along=s.x))
    s.lay(s.pen().rect(450, 1000, 700, 20).mask(), "#241a1b")
    s.lay(s.pen().disc(800, 868, 112).mask(), "#c79a55")
    s.lay(s.pen().disc(800, 868, 100).mask(), s.ramp((700, "#fff3d6"), (900, "#d9c09a"), along=s.x))
    marks = s.pen()
    for i in range(-14, 15):
        a = -np.pi / 2 + i * 0.155
        inner = 74 if i % 7 == 0 else 84
        marks.line(
            [
                (800 + 94 * np.cos(a), 868 + 94 * np.sin(a)),
                (800 + inner * np.cos(a), 868 + inner * np.sin(a)),
            ],
            2.5,
        )
    marks.disc(800, 868, 9)
    s.lay(marks.mask(), "#3a2a26")
    s.lay(s.pen().taper([(782, 890), (858, 808)], 8, 2).mask(), "#b13a26")
    s.lay(
        s.pen().disc(800, 622, 520, 84).mask(),
        s.ramp((280, "#e2bd7c"), (760, "#a97c43"), (1320, "#46301f"), along=s.x),
    )
    s.lay(
        s.pen().disc(800, 606, 506, 74).mask(),
        s.ramp((280, "#8f6c41"), (1320, "#5a4027"), along=s.x),
    )
    s.shade(s.pen().disc(830, 612, 440, 56).mask(14), 0.7)
    # The loaf: seven wedges, drawn from the farthest to the nearest.
    parts = np.array([0.27, 0.2, 0.16, 0.13, 0.1, 0.08, 0.06])
    ends = np.concatenate([[0], np.cumsum(parts)]) * 2 * np.pi + 0.55
    wedges = sorted(pairwise(ends.tolist()), key=lambda w: np.sin((w[0] + w[1]) / 2))
    cx, cy, rx, ry, tall = 800.0, 470.0, 385.0, 150.0, 120.0
    for start, end in wedges:
        mid = (start + end) / 2
        ox, oy = cx + 34 * float(np.cos(mid)), cy + 17 * float(np.sin(mid))
        arc = np.linspace(start, end, 40)
        rim = [(float(ox + rx * np.cos(t)), float(oy + ry * np.sin(t))) for t in arc]
        low = [(x, y + tall) for x, y in rim]
        for t, edge, seen in ((start, rim[0], -1), (end, rim[-1], 1)):
            if np.cos(t) * seen < 0:
                continue
            side = s.pen().poly([(ox, oy - 46), edge, (edge[0], edge[1] + tall), (ox, oy + tall)])
            cut = side.mask()
            s.lay(cut, "#fbe9c4" if np.sin(t) * seen < 0 else "#c89c66")
            holes = np.clip(s.weave(s.x * 0.42 + 60 * t, s.y * 0.5) - 0.9, 0, 1)
            s.shade(cut * holes, 0.3)
            s.shade(cut * np.clip((s.y - oy - 40) / 200, 0, 1), 0.5)
        crust = s.pen().poly([*rim, *low[::-1]]).mask()
        s.lay(crust, s.ramp((cx - rx, "#d9954b"), (cx, "#9a5729"), (cx + rx, "#4a281b"), along=s.x))
        s.shade(crust * np.clip((s.y - oy - 80) / 160, 0, 1), 0.6)
        top = rim
        crown = [
            (ox, oy - 46),
            *bend(
                (ox, oy - 46),
                (ox + rx * 0.62 * np.cos(start), oy + ry * 0.62 * np.sin(start) - 44),
                top[0],
            ),
            *top,
            *bend(
                top[-1],
                (ox + rx * 0.62 * np.cos(end), oy + ry * 0.62 * np.sin(end) - 44),
                (ox, oy - 46),
            ),
        ]
        face = s.pen().poly(crown).mask()
        u, v = (s.x - ox) / rx, (s.y - oy + 20) / ry
        bright = np.clip(0.68 - 0.42 * u - 0.28 * v, 0, 1)
        s.lay(
            face,
            s.ramp(
                (0, "#5a2f1a"), (0.45, "#a8642e"), (0.8, "#e0a257"), (1, "#f8d596"), along=bright
            ),
        )
        ring = np.clip(np.sin(np.hypot(u, v) * 26 + s.noise(200, 120, 3) * 2) * 1.6 - 0.5, 0, 1)
        s.lay(face * ring, "#fbeed6", 0.55)
        s.shade(face * np.clip(s.noise(40, 24, 4) - 0.4, 0, 1), 0.3)
        s.lay(s.pen().line(crown[41:81], 2).mask(1), "#ffe2a8", 0.35)
    motes = s.pen()
    for _ in range(150):
        motes.disc(s.rng.random() * 1300, s.rng.random() * 800, 0.6 + 1.6 * s.rng.random() ** 3)
    s.shine(motes.mask(0.8), "#ffe9c0", 0.5)
    s.finish(grain=0.045, vignette=0.45, engrave=0.2)
    return s


def three_scripts() -> Scene:
    """A type designer at her table under letters of three scripts."""
    s = Scene(54)
    s.px = s.ramp((0, "#2a3a44"), (800, "#4a5a5c"))
    s.shade(np.clip(s.noise(60, 60, 4) - 0.45, 0, 1), 0.3)
    sheets: list[tuple[Place, str]] = []
    for cx, cy, angle, tone in (
        (320, 330, -0.03, "#f1e3c4"),
        (800, 310, 0.02, "#f6ead0"),
        (1280, 335, -0.015, "#eddcb9"),
    ):
        sheets.append((sheet(cx, cy, angle), tone))
    serif = 30

    def bar(x: float, y: float, half: float) -> list[Point]:
        return [
            (x - half, y - serif / 2 + 7),
            (x + half, y - serif / 2 + 7),
            (x + half, y + 8),
            (x - half, y + 8),
        ]

    latin: list[list[Point]] = [
        [(-12, -180), (20, -180), (146, 170), (74, 170)],
        [(-8, -180), (10, -150), (-104, 170), (-126, 170)],
        [(-78, 48), (80, 48), (86, 68), (-85, 68)],
        bar(-114, 170, 54),
        bar(112, 170, 66),
    ]
    stem: list[Point] = [(-29, -180), (29, -180), (29, 170), (-29, 170)]
    zhe = [stem, bar(0, -178, 62), bar(0, 170, 62)]
    for m in (-1, 1):
        arm = bend((m * 10, 8), (m * 82, -20), (m * 74, -140), (m * 132, -152))
        leg = bend((m * 26, -14), (m * 90, 20), (m * 98, 120), (m * 168, 172))
        zhe += [
            [*arm, *reversed(bend((m * 10, -12), (m * 58, -32), (m * 52, -168), (m * 128, -184)))]
        ]
        zhe += [
            [*leg, *reversed(bend((m * 20, 6), (m * 46, 40), (m * 56, 160), (m * 112, 178)))],
            bar(m * 142, 170, 46),
        ]
        zhe += [[(m * 128 + 26 * np.cos(a), -158 + 26 * np.sin(a)) for a in np.arange(0, 6.3, 0.2)]]
    bowl: list[Point] = [
        (-118, -180),
        (-62, -180),
        *bend((-62, 40), (-62, 196), (84, 196), (84, 40)),
        (84, -180),
        (108, -180),
        (108, 170),
        (84, 170),
        (84, 96),
        *bend((70, 140), (30, 184), (-118, 210), (-118, 40)),
    ]
    ayb: list[list[Point]] = [
        bowl,
        bar(-90, -178, 58),
        bar(96, -178, 46),
        [(84, 146), (186, 146), (196, 108), (204, 108), (198, 172), (84, 172)],
    ]
    glyphs: list[list[list[Point]]] = [latin, zhe, ayb]
    for (at, tone), shapes in zip(sheets, glyphs, strict=True):
        paper(s, at, 420, 530, tone, 11)
        rules, cut = s.pen(), s.pen()
        for v in (-180, 0, 170):
            rules.line([at(-200, v), at(200, v)], 1.4)
        for u in (-140, 0, 140):
            rules.line([at(u, -245), at(u, 245)], 1)
        rules.line([at(130 * np.cos(a), 130 * np.sin(a)) for a in np.linspace(0, 6.3, 70)], 1.2)
        s.lay(rules.mask(), "#b5573c", 0.55)
        for shape in shapes:
            cut.poly([at(x, y) for x, y in shape])
        s.lay(cut.mask(), "#1e2a33", 0.94)
        s.shine(cut.mask() * np.clip(s.noise(20, 14) - 0.62, 0, 1), "#f1e3c4", 0.5)
        for u in (-190, 190):
            x, y = at(u, -248)
            s.shade(s.pen().disc(x + 4, y + 6, 8).mask(2), 0.6)
            s.lay(s.pen().disc(x, y, 8).mask(), "#c2452f")
    s.lay(s.y > 830, s.ramp((830, "#a9764a"), (1067, "#4a2f24")))
    s.shade((s.y > 830) * np.clip(s.weave(s.x * 0.02, s.y * 0.5), 0, 1), 0.25)
    s.lay((s.y > 826) * (s.y < 834), "#e3b27a")
    board = s.pen().poly([(430, 900), (1010, 900), (960, 725), (520, 725)])
    s.shade(s.pen().poly([(430, 920), (1030, 930), (1000, 860), (430, 860)]).mask(12), 0.6)
    s.lay(board.mask(), s.ramp((725, "#d9b27e"), (900, "#a8794c")))
    s.lay(s.pen().poly([(520, 880), (900, 880), (870, 745), (566, 745)]).mask(), "#fbf1da")
    sketch = (
        s.pen()
        .line(bend((600, 860), (640, 740), (720, 730), (760, 860)), 5)
        .line([(620, 820), (742, 820)], 4)
    )
    sketch.line(bend((790, 860), (800, 760), (850, 760), (862, 800)), 4)
    s.lay(sketch.mask(), "#2a3a44", 0.9)
    lamp = (
        s.pen()
        .rect(300, 880, 150, 16)
        .line([(372, 884), (322, 660), (470, 520)], 10)
        .disc(322, 660, 11)
    )
    lamp.poly([(440, 500), (500, 478), (596, 570), (470, 618)])
    she = (
        s.pen()
        .disc(1118, 610, 58, 66)
        .disc(1172, 570, 36, 34)
        .disc(1144, 574, 44, 40)
        .rect(1108, 640, 48, 60)
    )
    she.poly(
        [
            *bend((1010, 1080), (1040, 880), (985, 700), (1120, 682)),
            *bend((1150, 680), (1330, 690), (1330, 860), (1360, 1080)),
        ]
    )
    she.taper(bend((1080, 760), (1010, 880), (950, 930), (880, 866)), 74, 36).disc(874, 860, 22, 17)
    she.taper([(884, 872), (836, 812)], 8, 3)
    body = she.mask()
    s.glow(545, 610, 620, "#ffdc9a", 0.6)
    s.lay(lamp.mask(), "#161d24")
    s.lay(s.pen().disc(535, 594, 64, 17).mask(2), "#fff6d6")
    cone = s.pen().poly([(474, 606), (594, 576), (1010, 900), (400, 900)])
    s.shine(cone.mask(26), "#ffe2a6", 0.35)
    s.lay(body, s.ramp((980, "#3a2f35"), (1300, "#10161c"), along=s.x))
    s.lay(np.clip(body - np.roll(body, 5, 1), 0, 1), "#ffdca0", 0.85)
    pots = s.pen().poly([(1400, 760), (1500, 760), (1490, 900), (1410, 900)])
    for x, tip in ((1420, 1396), (1445, 1440), (1465, 1490), (1484, 1530)):
        pots.taper([(x, 780), (tip, 640 + 20 * np.sin(x))], 9, 6)
    s.lay(pots.mask(), "#1b232a")
    far = np.hypot(s.x - 620, s.y - 560) / 1000
    s.shade(np.clip(far - 0.25, 0, 1), 0.75)
    s.finish(grain=0.04, vignette=0.35, engrave=0.18)
    return s


def slow_headlines() -> Scene:
    """A snail crosses a pile of newspapers at sunrise."""
    s = Scene(55)
    s.px = s.ramp((0, "#5b7f86"), (320, "#b9c3a8"), (560, "#f3d79a"), (720, "#f9e7b8"))
    s.glow(1150, 560, 560, "#fff0bc", 0.85)
    s.lay(s.pen().disc(1150, 560, 96).mask(1.5), "#fffbe2")
    for base, high, top, low in ((640, 120, "#a3b09a", "#ecdba6"), (690, 70, "#7a9284", "#cfc795")):
        s.land(s.crest(base, high, 620, 0.45, sharp=False), top, low, 150, 0.2, 0.2)
        s.fog(base + 50, 34, "#fbe9b8", 0.7)
    woods = s.pen()
    for x in s.rng.random(60) * 700:
        conifer(woods, s.rng, float(x), 745, 24 + 60 * s.rng.random())
    s.lay(woods.mask(), "#5d7a70", 0.8)
    s.fog(745, 26, "#f7e6b6", 0.7)
    s.lay(s.y > 775, s.ramp((775, "#9a6f4b"), (1067, "#3f2c26")))
    s.shade((s.y > 775) * np.clip(s.weave(s.x * 0.015, s.y * 0.4), 0, 1), 0.35)
    s.lay((s.y > 771) * (s.y < 779), "#f3cf95")
    s.shade(s.pen().poly([(180, 990), (1290, 990), (1160, 1067), (-60, 1067)]).mask(16), 0.6)
    for i in range(9):
        y = 985 - i * 38
        left, right = 230 + s.rng.normal() * 16, 1290 + s.rng.normal() * 16
        fold = [
            *bend((left + 16, y), (left - 16, y - 4), (left - 16, y - 34), (left + 16, y - 37)),
            (right, y - 36),
            (right, y),
        ]
        mask = s.pen().poly(fold).mask()
        s.lay(mask, s.ramp((left, "#b3a68c"), (right, "#fbf1d6"), along=s.x))
        sheets = s.pen()
        for j in range(1, 6):
            sheets.line([(left - 4, y - j * 6), (right, y - j * 6 + s.rng.normal())], 1.2)
        s.lay(sheets.mask() * mask, "#6f6654", 0.55)
        s.shade(mask * np.clip((s.y - y + 9) / 9, 0, 1), 0.5)
    face = 985 - 9 * 38 + 2
    page = s.pen().poly([(235, face), (1292, face), (1180, face - 70), (350, face - 70)])
    s.lay(page.mask(), s.ramp((235, "#d5c6a4"), (1292, "#fff8e2"), along=s.x))
    bars = s.pen().poly([(420, face - 58), (1110, face - 58), (1116, face - 48), (410, face - 48)])
    for c in range(5):
        for r in range(4):
            y, k = face - 38 + r * 9, 1 + r * 0.035
            bars.rect(
                770 + (-360 + c * 146) * k, y, 122 * k * (0.6 if r == 3 and c % 2 else 1), 3.6
            )
    s.lay(bars.mask(0.4), "#6b604e", 0.65)
    # The snail, in no hurry.
    ground = face - 26
    s.shade(s.pen().disc(690, ground + 6, 250, 13).mask(7), 0.6)
    s.lay(
        s.pen().taper(bend((300, ground + 8), (380, ground + 2), (470, ground + 6)), 3, 16).mask(2),
        "#fffbe8",
        0.7,
    )
    body = s.pen().poly(
        [
            *bend(
                (430, ground + 8),
                (560, ground - 50),
                (760, ground - 70),
                (860, ground - 130),
                (905, ground - 226),
                (985, ground - 190),
            ),
            *bend((985, ground - 190), (990, ground - 90), (930, ground + 10), (860, ground + 10)),
            (430, ground + 10),
        ]
    )
    for tip, wide in (((1010, ground - 300), 9), ((952, ground - 312), 8)):
        body.taper(bend((940, ground - 190), (955, ground - 250), tip), 17, wide).disc(*tip, 11)
    body.taper([(972, ground - 168), (1016, ground - 150)], 10, 6)
    mask = body.mask()
    s.lay(mask, s.ramp((430, "#4f4638"), (800, "#8a7653"), (1000, "#e3c383"), along=s.x))
    s.shade(mask * np.clip(s.weave(s.x * 0.5, s.y * 0.35), 0, 1), 0.3)
    rim = np.clip(mask - np.roll(mask, -5, 1), 0, 1)
    s.lay(rim, "#fff1c4", 0.9)
    cx, cy, size = 672.0, ground - 172.0, 186.0
    shell = (
        s.pen()
        .disc(cx, cy, size, size * 0.95)
        .poly(
            [
                *bend(
                    (cx + 60, cy + 160),
                    (cx + 190, cy + 170),
                    (cx + 215, cy + 110),
                    (cx + 178, cy + 20),
                ),
                (cx, cy),
            ]
        )
    )
    mask = shell.mask()
    u, v = (s.x - cx) / size, (s.y - cy) / size
    radius, angle = np.hypot(u, v), np.arctan2(v, u)
    turn = np.log(np.clip(radius, 0.02, None)) / np.log(1.72) - angle / (2 * np.pi)
    whorl = turn - np.floor(turn)
    light = np.clip(0.5 + 0.38 * u - 0.3 * v + 0.35 * np.sin(whorl * np.pi) - 0.18, 0, 1)
    s.lay(
        mask,
        s.ramp((0, "#3d2320"), (0.4, "#8f4a30"), (0.75, "#d68a4a"), (1, "#fbd693"), along=light),
    )
    s.shade(mask * np.clip(1 - np.minimum(whorl, 1 - whorl) * 13, 0, 1), 0.75)
    ribs = np.clip(np.sin(angle * 46 + radius * 9) * 1.5 - 0.7, 0, 1) * np.clip(radius * 1.4, 0, 1)
    s.shade(mask * ribs, 0.35)
    rim = np.clip(mask - np.roll(np.roll(mask, -4, 1), 3, 0), 0, 1)
    s.lay(rim, "#fff1c4", 0.9)
    s.finish(grain=0.04, engrave=0.2)
    return s


def banner_archive() -> Scene:
    """A wall of card drawers, one of them drawn out under the lamp."""
    s = Scene(62, 1200, 400)
    s.px = s.ramp((0, "#2c1f1c"), (400, "#3a2822"))
    wide, high = 100.0, 57.2
    column, row = np.floor(s.x / wide), np.floor(s.y / high)
    u, v = s.x / wide - column, s.y / high - row
    front = (np.abs(u - 0.5) < 0.46) & (np.abs(v - 0.5) < 0.43)
    tone = (
        0.5
        + 0.16 * s.weave(column * 31.7 + 90, row * 47.3 + 50)
        + 0.12 * s.weave(s.x * 0.02 + column * 53, s.y * 0.4 + row * 31)
    )
    s.lay(front * 1.0, s.ramp((0, "#4c3024"), (1, "#a86f45"), along=np.clip(tone, 0, 1)))
    s.lay(front * (v < 0.12), "#d9a066", 0.45)
    s.shade(front * (v > 0.87), 0.5)
    label = (np.abs(u - 0.5) < 0.26) & (np.abs(v - 0.36) < 0.15)
    s.lay(label * 1.0, "#c79a55")
    s.lay(((np.abs(u - 0.5) < 0.235) & (np.abs(v - 0.36) < 0.115)) * 1.0, "#f0e2c2")
    s.shade(((np.abs(u - 0.5) < 0.16) & (np.abs(v - 0.36) < 0.025)) * 1.0, 0.5)
    pulls = s.pen()
    for i in range(12):
        for j in range(7):
            pulls.disc((i + 0.5) * wide, (j + 0.74) * high, 9, 5)
    shadow(s, pulls.mask(2), 1, 5, 0.6)
    s.lay(pulls.mask(), "#d8ab62")
    s.shine(np.exp(-np.hypot(s.x - 830, s.y - 150) / 230), "#ffcf86", 0.45)
    # The open drawer comes towards us.
    x, y, w, d = 800.0, 3 * high, wide, 92.0
    s.shade(s.pen().rect(x - 30, y + 44, w + 76, d + 60).mask(16), 0.8)
    box = s.pen().poly([(x + 6, y + 6), (x + w - 6, y + 6), (x + w + 14, y + d), (x - 14, y + d)])
    s.lay(box.mask(), "#241713")
    for i in range(15):
        t = i / 14
        top, half = y + 2 + t * (d - 18), 42 + 17 * t
        card = s.pen().rect(x + w / 2 - half, top - 8 + 3 * s.rng.random(), half * 2, 30)
        if i % 3 == 1:
            card.rect(x + w / 2 - half + (i * 23 % 61), top - 17, 24, 14)
        s.shade(card.mask(3), 0.35)
        s.lay(card.mask(), ("#f6e8c8", "#ead7ae", "#fff2d6")[i % 3])
    face = s.pen().rect(x - 18, y + d - 4, w + 36, 74)
    s.lay(face.mask(), s.ramp((y + d, "#c98a55"), (y + d + 74, "#7a4a30")))
    s.lay(s.pen().rect(x - 18, y + d - 4, w + 36, 5).mask(), "#f3c78c")
    s.lay(s.pen().rect(x + 18, y + d + 10, w - 36, 26).mask(), "#c79a55")
    s.lay(s.pen().rect(x + 21, y + d + 13, w - 42, 20).mask(), "#fff2d6")
    s.lay(s.pen().disc(x + w / 2, y + d + 53, 13, 7).mask(), "#f0c97e")
    lamp = (
        s.pen().line([(850, -5), (850, 46)], 3).poly([(828, 46), (872, 46), (912, 88), (788, 88)])
    )
    s.lay(lamp.mask(), "#1f3a34")
    s.lay(s.pen().disc(850, 89, 50, 7).mask(1), "#fff3cf")
    s.shine(s.pen().poly([(790, 90), (910, 90), (1090, 400), (610, 400)]).mask(26), "#ffdb98", 0.3)
    s.glow(850, 100, 200, "#ffd48c", 0.6)
    s.shade(np.clip(np.abs(s.x - 850) / 700 - 0.12, 0, 1), 0.85)
    s.finish(grain=0.045, vignette=0.3, engrave=0.16)
    return s
