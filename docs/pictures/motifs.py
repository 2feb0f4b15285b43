"""Small things that stand in many pictures: people, trees, houses, boats, grass, birds."""

from __future__ import annotations

import numpy as np

from .kit import Field, Pen, Point, Scene, bend


def person(pen: Pen, x: float, y: float, height: float, lean: float = 0, hat: bool = False) -> None:
    """Stand a figure in a coat on the point x, y."""
    u = height / 8
    top = x + lean * u
    pen.disc(top, y - 7.45 * u, 0.46 * u, 0.55 * u)
    if hat:
        pen.disc(top, y - 7.7 * u, 0.95 * u, 0.14 * u)
        pen.disc(top, y - 7.95 * u, 0.5 * u, 0.4 * u)
    pen.rect(top - 0.2 * u, y - 7.1 * u, 0.4 * u, 0.6 * u)
    left = bend((top - 0.15 * u, y - 6.8 * u), (top - 1.25 * u, y - 6.6 * u),
                (x - 0.75 * u, y - 4.6 * u), (x - 1.05 * u, y - 2.4 * u))  # fmt: skip
    right = bend((x + 1.05 * u, y - 2.4 * u), (x + 0.8 * u, y - 4.6 * u),
                 (top + 1.25 * u, y - 6.6 * u), (top + 0.15 * u, y - 6.8 * u))  # fmt: skip
    pen.poly(left + right)
    for side in (-1, 1):
        pen.poly([(x + side * 0.02 * u, y - 2.6 * u), (x + side * 0.75 * u, y - 2.6 * u),
                  (x + side * 0.6 * u, y), (x + side * 0.15 * u, y)])  # fmt: skip
        pen.disc(x + side * 0.45 * u, y - 0.1 * u, 0.42 * u, 0.17 * u)
        pen.line(bend((top + side * 0.75 * u, y - 6.3 * u), (x + side * 1.25 * u, y - 5 * u),
                      (x + side * 1.05 * u, y - 3.7 * u)), 0.42 * u)  # fmt: skip


def mule(pen: Pen, x: float, y: float, size: float, step: float = 0) -> None:
    """Load a mule with sacks; it walks to the left."""

    def at(u: float, v: float) -> Point:
        return x + u * size, y - v * size

    back = bend(at(-0.34, 0.74), at(-0.1, 0.68), at(0.2, 0.82), at(0.42, 0.74), at(0.44, 0.5))
    belly = bend(at(0.4, 0.42), at(0.1, 0.36), at(-0.2, 0.38), at(-0.38, 0.5), at(-0.4, 0.66))
    pen.poly(back + belly)
    pen.taper(bend(at(-0.27, 0.64), at(-0.48, 0.76), at(-0.6, 1.02)), 0.3 * size, 0.13 * size)
    pen.taper(bend(at(-0.53, 1.03), at(-0.68, 0.97), at(-0.8, 0.8)), 0.17 * size, 0.085 * size)
    pen.disc(x - 0.79 * size, y - 0.81 * size, 0.05 * size)
    for tip in (-0.5, -0.6):
        pen.taper(
            [at(-0.56, 1.0), at((tip - 0.56) / 2, 1.13), at(tip, 1.25)], 0.07 * size, 0.012 * size
        )
    for hip, phase in ((-0.3, 0.0), (-0.24, 2.6), (0.3, 3.6), (0.36, 1.0)):
        swing = 0.13 * np.sin(step + phase)
        leg = bend(at(hip, 0.52), at(hip + swing * 0.2 + 0.03, 0.3), at(hip + swing, 0.02))
        pen.taper(leg, 0.17 * size, 0.05 * size)
        pen.taper(
            [at(hip + swing + 0.02, 0.045), at(hip + swing - 0.05, 0.0)], 0.05 * size, 0.06 * size
        )
    pen.taper(bend(at(0.41, 0.72), at(0.5, 0.62), at(0.48, 0.36)), 0.035 * size, 0.07 * size)
    for hump, high in ((-0.14, 0.8), (0.08, 0.83), (0.24, 0.79)):
        pen.disc(*at(hump, high), 0.13 * size, 0.11 * size)
    pen.poly(bend(at(-0.22, 0.8), at(-0.26, 0.4), at(0.02, 0.38), at(0.02, 0.8)))
    pen.poly(bend(at(0.04, 0.8), at(0.04, 0.36), at(0.32, 0.4), at(0.3, 0.8)))


def conifer(pen: Pen, rng: np.random.Generator, x: float, y: float, height: float) -> None:
    """Plant a spruce."""
    tiers = 9
    for i in range(tiers):
        t = i / tiers
        wide = height * (0.03 + 0.17 * t) * (0.85 + 0.3 * rng.random())
        top = y - height * (1 - t * 0.9)
        pen.poly([(x, top - height * 0.05), (x + wide, top + height * 0.14),
                  (x, top + height * 0.1), (x - wide, top + height * 0.14)])  # fmt: skip
    pen.line([(x, y - height), (x, y)], max(1.0, height * 0.025))


def poplar(pen: Pen, rng: np.random.Generator, x: float, y: float, height: float) -> None:
    """Plant a slim poplar."""
    for _ in range(170):
        t = rng.random() ** 0.9
        wide = height * 0.075 * np.sin(np.pi * (0.06 + 0.94 * t)) ** 0.8
        foot = (x + (rng.random() * 2 - 1) * wide, y - height * (0.1 + 0.78 * t))
        tip = (foot[0] + (rng.random() - 0.5) * height * 0.02, foot[1] - height * 0.11)
        pen.taper([foot, tip], height * 0.03, 0.5)
    pen.taper([(x, y - height * 0.9), (x, y)], 1, height * 0.03)


def crown(pen: Pen, rng: np.random.Generator, x: float, y: float, rx: float, ry: float,
          count: int = 160, leaf: float = 0.1) -> None:  # fmt: skip
    """Fill an oval with leaves."""
    for _ in range(count):
        a, r = rng.random() * 2 * np.pi, rng.random() ** 0.45
        size = rx * leaf * (0.5 + rng.random())
        pen.disc(x + np.cos(a) * r * rx, y + np.sin(a) * r * ry, size, size * 0.8)


def branch(  # noqa: PLR0913, PLR0917
    pen: Pen,
    rng: np.random.Generator,
    x: float,
    y: float,
    length: float,
    angle: float,
    width: float,
    depth: int,
    tips: list[Point] | None = None,
) -> None:
    """Grow a limb that forks; `tips` gathers the ends of the twigs."""
    x2, y2 = x + np.cos(angle) * length, y + np.sin(angle) * length
    wobble = length * 0.12 * (rng.random() - 0.5)
    pen.line(bend((x, y), ((x + x2) / 2 + wobble, (y + y2) / 2), (x2, y2), steps=8), width)
    if depth == 0:
        if tips is not None:
            tips.append((x2, y2))
        return
    for side in (-1, 1):
        turn = side * (0.25 + 0.35 * rng.random())
        branch(pen, rng, x2, y2, length * (0.66 + 0.2 * rng.random()), angle + turn,
               width * 0.68, depth - 1, tips)  # fmt: skip


def grass(scene: Scene, y: float, height: float, colour: str, count: int = 900,
          sway: float = 0.3) -> None:  # fmt: skip
    """Let grass grow from below the picture's edge up to about a height."""
    pen = scene.pen()
    for _ in range(count):
        x, foot = scene.rng.random() * scene.w, scene.h + 10
        tall = (scene.h - y) + height * (scene.rng.random() - 0.3)
        bow = tall * sway * (scene.rng.random() * 1.4 - 0.3)
        pen.line(bend((x, foot), (x, foot - tall * 0.6), (x + bow, foot - tall), steps=9),
                 0.8 + 1.6 * scene.rng.random())  # fmt: skip
    scene.lay(pen.mask(), colour)


def birds(
    pen: Pen, rng: np.random.Generator, x: float, y: float, spread: float, count: int, size: float
) -> None:
    """Scatter a flock."""
    for _ in range(count):
        bx, by = x + rng.standard_normal() * spread, y + rng.standard_normal() * spread * 0.35
        s = size * (0.6 + 0.7 * rng.random())
        lift = s * (0.2 + 0.5 * rng.random())
        for side in (-1, 1):
            pen.line(
                bend(
                    (bx, by),
                    (bx + side * s * 0.4, by - lift * 1.4),
                    (bx + side * s, by - lift * 0.6),
                    steps=8,
                ),
                max(1.0, s * 0.13),
            )


def house(pen: Pen, windows: Pen, rng: np.random.Generator, x: float, y: float, width: float,
          height: float, lit: float = 0.4) -> None:  # fmt: skip
    """Build a gabled house on x, y; some of its windows go to a second pen."""
    roof = width * 0.38
    pen.rect(x, y - height, width, height + 40)
    pen.poly([(x - width * 0.07, y - height), (x + width * 1.07, y - height),
              (x + width * 0.5, y - height - roof)])  # fmt: skip
    pen.rect(x + width * 0.68, y - height - roof * 0.95, width * 0.1, roof * 0.8)
    columns, rows = max(1, int(width / 22)), max(1, int(height / 30))
    for i in range(columns):
        for j in range(rows):
            if rng.random() < lit:
                windows.rect(x + width * (i + 0.5) / columns - 3.5,
                             y - height * (j + 0.72) / rows, 7, 10)  # fmt: skip


def sailboat(hull: Pen, sails: Pen, x: float, y: float, size: float, heel: float = 0.12) -> None:
    """Set a sloop on the water, heeling to the right."""

    def at(u: float, v: float) -> Point:
        return (x + size * (u + v * heel), y - size * (v - u * heel * 0.5))

    hull.poly([at(-0.34, 0.07), at(0.36, 0.1), at(0.25, -0.02), at(-0.26, -0.03)])
    hull.line([at(0.02, 0.05), at(0.02, 1.22)], size * 0.012)
    hull.line([at(0.02, 0.16), at(-0.36, 0.17)], size * 0.012)
    sails.poly([at(0.0, 1.2), *bend(at(0.0, 1.2), at(-0.3, 0.6), at(-0.36, 0.19)), at(0.0, 0.17)])
    sails.poly(
        [at(0.04, 1.02), at(0.05, 0.15), *bend(at(0.36, 0.13), at(0.24, 0.5), at(0.04, 1.02))]
    )


def shadow(scene: Scene, mask: Field, dx: int, dy: int, amount: float) -> None:
    """Cast a shape's soft shadow upon what lies beneath it."""
    scene.shade(np.roll(mask, (dy, dx), (0, 1)), amount)
