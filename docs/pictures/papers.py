"""Letters and dictionaries on a table, and the open letter of a banner."""

# ruff: noqa: PLR0915 - a picture is one long list of strokes

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .kit import Field, Pen, Point, Scene, bend
from .motifs import shadow

Place = Callable[[float, float], Point]


def sheet(cx: float, cy: float, angle: float) -> Place:
    """Return the map from a sheet's own coordinates, about its middle, to the picture's."""
    c, s = float(np.cos(angle)), float(np.sin(angle))
    return lambda u, v: (cx + u * c - v * s, cy + u * s + v * c)


def paper(s: Scene, at: Place, wide: float, high: float, colour: str, drop: int = 7) -> Field:
    """Lay a sheet with its shadow and its fibres; return its mask."""
    w, h = wide / 2, high / 2
    mask = s.pen().poly([at(-w, -h), at(w, -h), at(w, h), at(-w, h)]).mask()
    soft = s.pen().poly([at(-w, -h), at(w, -h), at(w, h), at(-w, h)]).mask(drop)
    shadow(s, soft, drop, int(drop * 1.3), 0.55)
    s.lay(mask, colour)
    s.shade(mask * np.clip(s.noise(90, 70) - 0.35, 0, 1), 0.28)
    edge = s.pen().line([at(-w, h), at(-w, -h), at(w, -h)], 1.6).mask()
    s.lay(edge, "#fff8e6", 0.5)
    return mask


def script(s: Scene, pen: Pen, at: Place, u: float, v: float, length: float, size: float) -> None:
    """Scrawl a line of handwriting that no one can read."""
    x, width = u, max(1.1, size * 0.11)
    while x < u + length:
        word = size * (1.5 + 4 * s.rng.random())
        turns = np.arange(0, word / size * 9, 0.5)
        tall = np.interp(turns, np.arange(0, 60, 3.1), s.rng.choice([0.32, 0.36, 0.3, 0.95], 20))
        run = x + turns / 9 * size + 0.16 * size * np.sin(turns)
        rise = v - size * tall * (0.5 - 0.5 * np.cos(turns)) + size * 0.3
        pen.line([at(float(a), float(b)) for a, b in zip(run, rise, strict=True)], width)
        x += word + size * 0.6


def _boards(s: Scene, dark: str, light: str, pitch: float) -> None:
    """Cover the picture with the planks of a table."""
    plank = np.floor(s.y / pitch)
    grain = s.weave(s.x * 0.018 + plank * 91, s.y * 0.35 + plank * 37 + 6 * s.noise(500, 200, 2))
    tone = np.clip(0.5 + 0.22 * grain + 0.1 * np.sin(plank * 12.7), 0, 1)
    s.px = s.ramp((0, dark), (1, light), along=tone)
    s.shade((np.abs((s.y % pitch) - pitch / 2) > pitch / 2 - 1.8) * 1.0, 0.55)


def _lamplight(s: Scene, x: float, y: float, reach: float, colour: str, dark: float = 0.8) -> None:
    """Let a pool of light fall and the rest of the table sink into the dark."""
    far = np.hypot(s.x - x, (s.y - y) * 1.15) / reach
    s.shade(np.clip(far - 0.25, 0, 1), dark)
    s.shine(np.exp(-(far**2) * 1.5), colour, 0.4)


def _envelope(s: Scene, at: Place, wide: float, high: float, colour: str, stamp: str) -> None:
    paper(s, at, wide, high, colour)
    w, h = wide / 2, high / 2
    side = (
        s.pen()
        .rect(-1, -1, 0.5, 0.5)
        .poly([at(w - 76, -h + 18), at(w - 18, -h + 18), at(w - 18, -h + 88), at(w - 76, -h + 88)])
    )
    s.lay(side.mask(), "#f6ecd4")
    s.lay(
        s.pen()
        .poly([at(w - 71, -h + 23), at(w - 23, -h + 23), at(w - 23, -h + 83), at(w - 71, -h + 83)])
        .mask(),
        stamp,
    )
    s.lay(
        s.pen()
        .poly(
            [
                at(w - 71, -h + 83),
                at(w - 52, -h + 48),
                at(w - 42, -h + 64),
                at(w - 34, -h + 52),
                at(w - 23, -h + 83),
            ]
        )
        .mask(),
        "#f6ecd4",
        0.7,
    )
    post, ink = s.pen(), s.pen()
    x, y = at(w - 96, -h + 66)
    for r in (40, 27):
        ring = [(x + r * np.cos(a), y + r * np.sin(a)) for a in np.linspace(0, 6.4, 50)]
        post.line(ring, 2.4)
    for i in range(4):
        post.line(
            [at(w - 240 + u, -h + 48 + i * 12 + 4 * np.sin(u / 14)) for u in range(0, 105, 5)], 2
        )
    s.lay(post.mask() * (0.4 + 0.6 * s.noise(30, 30)), "#2d2b38", 0.7)
    for i in range(3):
        script(s, ink, at, -w * 0.5 + i * 26, h * 0.1 + i * 44, wide * (0.5 - 0.08 * i), 19)
    s.lay(ink.mask(), "#35304a", 0.85)


def archive_letters() -> Scene:
    """A tied bundle of old letters by a window's light."""
    s = Scene(52)
    _boards(s, "#3a2520", "#83583d", 178)
    for cx, cy, angle, tone, stamp in (
        (330, 300, -0.32, "#d9c4a0", "#7b3f3a"), (1270, 250, 0.24, "#c9b594", "#3f5a63"),
        (1320, 840, -0.18, "#dccaa8", "#6b6a3f"), (270, 880, 0.2, "#cdb793", "#8a5a35"),
    ):  # fmt: skip
        _envelope(s, sheet(cx, cy, angle), 560, 350, tone, stamp)
    at = sheet(1090, 560, 0.42)
    paper(s, at, 400, 540, "#eadcc0")
    ink = s.pen()
    for i in range(13):
        script(s, ink, at, -160, -225 + i * 36, 320 - (150 if i == 12 else 0), 14)
    s.lay(ink.mask(), "#3d3650", 0.8)
    s.lay(s.pen().line([at(-200, 0), at(200, 0)], 2).mask(1), "#8f7b5c", 0.8)
    for i in range(9):
        at = sheet(725 + s.rng.normal() * 9, 600 - i * 13, -0.12 + s.rng.normal() * 0.035)
        if i < 8:
            paper(s, at, 690, 430, ("#cbb389", "#dcc8a2", "#c3a981", "#d6c09a")[i % 4], 5)
        else:
            _envelope(s, at, 690, 430, "#e6d5b0", "#8e3b34")
    for band in (
        [at(-120, -219), *bend(at(-110, -100), at(-124, 0), at(-114, 100)), at(-118, 219)],
        [at(-349, 20), *bend(at(-200, 14), at(0, 26), at(200, 16)), at(349, 22)],
    ):
        shadow(s, s.pen().taper(band, 18, 18).mask(3), 4, 7, 0.5)
        s.lay(s.pen().taper(band, 17, 17).mask(), "#9c3a30")
        s.lay(s.pen().taper(band, 5, 5).mask(1), "#d0675a", 0.6)
    knot = at(-116, 20)
    for dx, dy, wide in ((-150, -92, 1), (150, -78, 1), (-96, 150, 0), (120, 132, 0)):
        tip = (knot[0] + dx, knot[1] + dy)
        if wide:
            ends = bend(
                knot,
                (knot[0] + dx * 0.4, knot[1] + dy * 2.0),
                (knot[0] + dx * 1.5, knot[1] + dy * 1.1),
                (knot[0] + dx * 0.9, knot[1] + 28),
                knot,
            )
        else:
            ends = bend(
                knot,
                (knot[0] + dx * 0.1, knot[1] + dy * 0.6),
                (knot[0] + dx, knot[1] + dy * 0.5),
                tip,
            )
        shadow(s, s.pen().taper(ends, 15, 15).mask(3), 5, 9, 0.5)
        s.lay(s.pen().taper(ends, 15, 15).mask(), "#a8402f")
        s.lay(s.pen().taper(ends, 4, 4).mask(1), "#dd7766", 0.6)
    s.lay(s.pen().disc(*knot, 17, 15).mask(), "#8a2f28")
    _lamplight(s, 640, 430, 900, "#ffd692")
    panes = s.pen()
    for i, j in ((0, 0), (1, 0), (0, 1), (1, 1)):
        x, y = 180 + i * 330 + j * 90, 60 + j * 380
        panes.poly([(x, y), (x + 290, y + 40), (x + 375, y + 380), (x + 85, y + 340)])
    s.shine(panes.mask(16), "#ffe2a6", 0.2)
    s.finish(grain=0.05, vignette=0.4, engrave=0.2)
    return s


def dialect_dictionary() -> Scene:
    """An open dictionary among its handwritten cards."""
    s = Scene(53)
    cloth = s.weave(s.x * 0.9, s.y * 0.9)
    s.px = s.ramp((-3, "#132b2a"), (3, "#2f5a50"), along=cloth)
    tones = ("#eadfc4", "#ddd0ae", "#e4d3b8", "#d3c39c")
    for i, (cx, cy, angle) in enumerate(
        (
            (170, 190, -0.3),
            (430, 120, 0.12),
            (1180, 110, -0.1),
            (1440, 230, 0.26),
            (120, 540, 0.15),
            (1500, 560, -0.2),
            (160, 900, -0.15),
            (430, 985, 0.2),
            (1130, 1000, -0.14),
            (1440, 890, 0.18),
            (790, 70, 0.05),
        )
    ):
        at = sheet(cx, cy, angle)
        paper(s, at, 300, 190, tones[i % 4], 6)
        rule, writing = s.pen().line([at(-130, -50), at(130, -50)], 2), s.pen()
        s.lay(rule.mask(), "#b5523c", 0.8)
        script(s, writing, at, -125, -70, 120, 17)
        for j in range(4):
            script(s, writing, at, -125, -22 + j * 29, 240 - 40 * s.rng.random(), 11)
        s.lay(writing.mask(), "#2b3350", 0.85)
    # The open book: thick on both sides, each page rolling into the fold.
    cover = s.pen().poly([(318, 268), (1282, 268), (1312, 868), (288, 868)])
    shadow(s, cover.mask(26), 16, 24, 0.75)
    s.lay(cover.mask(), "#5f2a2a")
    for i in range(12, -1, -1):
        k = i * 2.2
        for side in (-1, 1):
            edge = 800 + side * (468 + k * 0.9)
            low = 800 + side * (496 + k * 0.9)
            leaf = [
                (800, 292 + k),
                *bend(
                    (800, 292 + k),
                    (800 + side * 150, 232 + k),
                    (800 + side * 330, 262 + k),
                    (edge, 254 + k),
                ),
                (low, 828 + k),
                *bend(
                    (low, 828 + k),
                    (800 + side * 330, 838 + k),
                    (800 + side * 150, 806 + k),
                    (800, 872 + k),
                ),
            ]
            mask = s.pen().poly(leaf).mask()
            s.lay(mask, "#f5ead0" if i % 2 == 0 else "#bda883")
    page = s.pen()
    for side in (-1, 1):
        page.poly(
            [
                (800, 292),
                *bend(
                    (800, 292),
                    (800 + side * 150, 232),
                    (800 + side * 330, 262),
                    (800 + side * 468, 254),
                ),
                (800 + side * 496, 828),
                *bend(
                    (800 + side * 496, 828),
                    (800 + side * 330, 838),
                    (800 + side * 150, 806),
                    (800, 872),
                ),
            ]
        )
    mask = page.mask()
    off = np.abs(s.x - 800)
    s.shade(mask * np.exp(-((off / 42) ** 2)), 0.6)
    s.shade(mask * np.exp(-(((off - 470) / 110) ** 2)), 0.16)
    s.shine(mask * np.exp(-(((s.x - 640) / 80) ** 2)), "#fff6dc", 0.25)
    words, heads = s.pen(), s.pen()
    for side in (-1, 1):
        for column in range(2):
            for row in range(27):
                u, v = 0.11 + column * 0.445, (row + 1.6) / 29.5
                indent = 0.0 if s.rng.random() < 0.28 else 0.03
                start, stop = (
                    u + indent,
                    u + 0.37 * (1 if s.rng.random() < 0.75 else 0.4 + 0.5 * s.rng.random()),
                )
                if side < 0:
                    start, stop = 1 - u - 0.39 + indent, 1 - u - 0.39 + indent + (stop - start)

                def at_page(u: float, v: float, side: int = side) -> Point:
                    x = 800 + side * u * (468 + 28 * v)
                    top = 292 - 62 * np.sin(np.pi * min(u * 1.5, 1) / 2) * (1 - 0.38 * u)
                    foot = 872 - 52 * np.sin(np.pi * min(u * 1.5, 1) / 2)
                    return float(x), float(top + (foot - top) * v)

                at_u, x = start, start
                while x < stop:
                    wide = 0.014 + 0.05 * s.rng.random()
                    head = x == at_u and indent == 0
                    ends = [
                        at_page((1 - e) if side < 0 else e, v) for e in (x, min(x + wide, stop))
                    ]
                    (heads if head else words).line(ends, 6.5 if head else 4)
                    x += wide + 0.012
    s.lay(words.mask(0.5), "#5a5148", 0.72)
    s.lay(heads.mask(0.5), "#8c2f28", 0.9)
    ribbon = bend((806, 285), (790, 500), (830, 700), (812, 905), (850, 985))
    shadow(s, s.pen().taper(ribbon, 16, 16).mask(3), 6, 6, 0.4)
    s.lay(s.pen().taper(ribbon, 15, 17).mask(), "#b5523c")
    pencil = s.pen().taper([(1010, 640), (1330, 745)], 19, 19)
    shadow(s, pencil.mask(5), 8, 13, 0.6)
    s.lay(pencil.mask(), "#d9a441")
    s.lay(s.pen().taper([(1010, 637), (1330, 742)], 6, 6).mask(), "#f6d68c", 0.8)
    s.lay(s.pen().taper([(1012, 641), (966, 626)], 19, 3).mask(), "#e9cfa2")
    s.lay(s.pen().taper([(980, 630), (964, 625)], 7, 2).mask(), "#2b2a2c")
    _lamplight(s, 700, 480, 880, "#ffe0a0", 0.85)
    s.finish(grain=0.045, vignette=0.4, engrave=0.16)
    return s


def banner_letter() -> Scene:
    """An open letter gives off its own light above the evening lake."""
    s = Scene(61, 1200, 400)
    s.px = s.ramp((0, "#16233f"), (150, "#3c4d70"), (245, "#a8808a"), (300, "#e9b58d"))
    s.stars(160, 150)
    s.glow(330, 285, 300, "#ffd09a", 0.55)
    for base, high, top, low in ((235, 110, "#6d6884", "#c99a90"), (268, 60, "#474a69", "#93778a")):
        s.land(s.crest(base, high, 380), top, low, 80, 0.3, 0.25, 5)
        s.fog(base + 36, 16, "#e9b99a", 0.5, 300)
    s.water(285, "#243556", 0.25, 0.6)
    s.glitter(330, 285, 90, "#ffd8a4", 0.8)
    s.glow(900, 190, 330, "#ffcf8a", 0.75)
    at = sheet(900, 252, -0.09)
    w, h = 178, 100
    shape = s.pen().poly([at(-w, -h), at(0, -h - 116), at(w, -h), at(w, h), at(-w, h)])
    shadow(s, shape.mask(16), 8, 18, 0.5)
    s.lay(shape.mask(), "#8a5a48")
    s.lay(
        s.pen().poly([at(-w, -h), at(0, -h - 116), at(w, -h), at(0, 20)]).mask(),
        s.ramp((0, "#c98b5c"), (230, "#5a3438")),
    )
    letter = s.pen().poly(
        [at(-w + 22, -h - 80), at(w - 22, -h - 80), at(w - 22, 60), at(-w + 22, 60)]
    )
    s.lay(letter.mask(), s.ramp((20, "#fff6dc"), (240, "#f6d6a0")))
    ink = s.pen()
    for i in range(6):
        script(s, ink, at, -w + 50, -h - 52 + i * 24, 250 - (110 if i == 5 else 24 * (i % 2)), 10)
    s.lay(ink.mask(), "#5b4456", 0.8)
    for flap, tone in (
        ([at(-w, -h), at(12, 12), at(-w, h)], "#e9cda4"),
        ([at(w, -h), at(-12, 12), at(w, h)], "#dcb98e"),
        ([at(-w, h), at(0, -14), at(w, h)], "#f6e2bd"),
    ):
        mask = s.pen().poly(flap).mask()
        s.shade(s.pen().poly(flap).mask(7), 0.3)
        s.lay(mask, tone)
        s.shade(mask * np.clip(s.noise(60, 50) - 0.4, 0, 1), 0.25)
    seal = at(0, 16)
    s.shade(s.pen().disc(seal[0] + 3, seal[1] + 5, 27).mask(4), 0.5)
    s.lay(s.pen().disc(*seal, 26).mask(), "#b23c30")
    s.lay(s.pen().disc(seal[0] - 3, seal[1] - 3, 16).mask(2), "#d9654f", 0.8)
    s.glow(900, 70, 170, "#fff0c4", 0.4)
    s.finish(grain=0.04, vignette=0.35, engrave=0.14)
    return s
