"""The drawing kit: a canvas of light with ridges, water, fog, engraved lines and grain.

Everything random comes from the scene's own seeded generator, so that a picture
comes out the same each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Field = NDArray[Any]
Point = tuple[float, float]
Stops = Sequence[tuple[float, str]]

OVERSAMPLING = 2


def rgb(colour: str) -> Field:
    """Return a #rrggbb colour as three numbers from 0 to 1."""
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


class Pen:
    """Draws smooth shapes into a mask; each call joins its shape to the mask."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.sheet = Image.new("L", (width * OVERSAMPLING, height * OVERSAMPLING), 0)
        self._draw = ImageDraw.Draw(self.sheet)

    def poly(self, points: Sequence[Point], value: int = 255) -> Pen:
        """Fill a polygon."""
        self._draw.polygon([_big(point) for point in points], fill=value)
        return self

    def line(self, points: Sequence[Point], width: float, value: int = 255) -> Pen:
        """Draw a line of even width."""
        thick = max(1, round(width * OVERSAMPLING))
        self._draw.line([_big(point) for point in points], value, thick, joint="curve")
        return self

    def taper(self, points: Sequence[Point], start: float, end: float, value: int = 255) -> Pen:
        """Draw a band along the points whose width changes evenly."""
        spine = np.array(points, float)
        run = np.gradient(spine, axis=0)
        run /= np.hypot(run[:, 0], run[:, 1])[:, None] + 1e-9
        half = np.linspace(start, end, len(spine))[:, None] / 2
        side = np.stack([-run[:, 1], run[:, 0]], -1) * half
        ring = np.concatenate([spine + side, (spine - side)[::-1]])
        return self.poly([(float(x), float(y)) for x, y in ring], value)

    def disc(self, x: float, y: float, rx: float, ry: float = 0, value: int = 255) -> Pen:
        """Fill an ellipse; `ry` is `rx` if not told."""
        ry = ry or rx
        self._draw.ellipse([_big((x - rx, y - ry)), _big((x + rx, y + ry))], fill=value)
        return self

    def rect(self, x: float, y: float, width: float, height: float, value: int = 255) -> Pen:
        """Fill a rectangle."""
        right, bottom = x + max(width, 0.5), y + max(height, 0.5)
        self._draw.rectangle([_big((x, y)), _big((right, bottom))], fill=value)
        return self

    def mask(self, blur: float = 0) -> Field:
        """Return what is drawn as numbers from 0 to 1."""
        sheet = self.sheet.resize(self.size, Image.Resampling.BOX)
        if blur:
            sheet = sheet.filter(ImageFilter.GaussianBlur(blur))
        return np.asarray(sheet, np.float32) / 255


def _big(point: Point) -> Point:
    return point[0] * OVERSAMPLING, point[1] * OVERSAMPLING


def bend(*points: Point, steps: int = 40) -> list[Point]:
    """Return points along the Bézier curve that the given points control."""
    t = np.linspace(0, 1, steps)[:, None]
    curve = [np.array([point], float).repeat(steps, 0) for point in points]
    while len(curve) > 1:
        curve = [(1 - t) * a + t * b for a, b in pairwise(curve)]
    return [(float(x), float(y)) for x, y in curve[0]]


class Scene:
    """A picture in the making: `px` holds its light, `x` and `y` the coordinates."""

    def __init__(self, seed: int, width: int = 1600, height: int = 1067) -> None:
        self.rng = np.random.default_rng(seed)
        self.w, self.h = width, height
        rows, columns = np.mgrid[0:height, 0:width]
        self.x: Field = columns.astype(np.float32)
        self.y: Field = rows.astype(np.float32)
        self.px: Field = np.zeros((height, width, 3), np.float32)
        self._weave: Field = self._tile(512)

    # Noise

    def noise(self, sx: float, sy: float = 0, octaves: int = 5) -> Field:
        """Return clouds from 0 to 1 whose largest features measure sx × sy pixels."""
        sy = sy or sx
        total = np.zeros((self.h, self.w), np.float32)
        for octave in range(octaves):
            cells = (
                max(2, int(self.w / sx * 2**octave) + 2),
                max(2, int(self.h / sy * 2**octave) + 2),
            )
            grid = Image.fromarray(self.rng.random(cells[::-1], np.float32))
            grid = grid.resize((self.w, self.h), Image.Resampling.BICUBIC)
            total += np.asarray(grid) / 2**octave
        low, high = float(total.min()), float(total.max())
        return (total - low) / (high - low)

    def _tile(self, size: int) -> Field:
        """Return a smooth noise that repeats itself without a seam."""
        raw = np.fft.fft2(self.rng.standard_normal((size, size)))
        reach = np.fft.fftfreq(size)
        radius = np.hypot(reach[:, None], reach[None, :])
        soft = np.real(np.fft.ifft2(raw * np.exp(-((radius / 0.06) ** 2))))
        tile: Field = (soft / soft.std()).astype(np.float32)
        return tile

    def weave(self, u: Field, v: Field) -> Field:
        """Return the repeating noise (mean 0, spread 1) read at the points u, v."""
        size = len(self._weave)
        u0, v0 = np.floor(u), np.floor(v)
        fu, fv = u - u0, v - v0
        i, j = u0.astype(int) % size, v0.astype(int) % size
        i1, j1 = (i + 1) % size, (j + 1) % size
        top = self._weave[j, i] * (1 - fu) + self._weave[j, i1] * fu
        low = self._weave[j1, i] * (1 - fu) + self._weave[j1, i1] * fu
        woven: Field = top * (1 - fv) + low * fv
        return woven

    def crest(
        self, base: float, height: float, scale: float = 700, rough: float = 0.5, sharp: bool = True
    ) -> Field:
        """Return the skyline of a range: one height for each column."""
        total = np.zeros(self.w)
        for octave in range(8):
            cells = int(self.w / scale * 2**octave) + 3
            knots = self.rng.random(cells)
            at = np.linspace(self.rng.random(), cells - 1.001, self.w)
            if sharp or octave > 3:
                wave = np.interp(at, np.arange(cells), knots)
            else:
                i = at.astype(int)
                f = at - i
                f = f * f * (3 - 2 * f)
                wave = knots[i] * (1 - f) + knots[np.minimum(i + 1, cells - 1)] * f
            total += (wave - 0.5) * rough**octave
        return (base - height * total).astype(np.float32)

    # Painting

    def ramp(self, *stops: tuple[float, str], along: Field | None = None) -> Field:
        """Return colours that flow from stop to stop, down the picture if not told."""
        at = self.y if along is None else along
        places = [place for place, _ in stops]
        colours = np.array([rgb(colour) for _, colour in stops])
        return np.stack([np.interp(at, places, colours[:, i]) for i in range(3)], -1)

    def lay(self, mask: Field | float, colour: str | Field, alpha: float = 1) -> None:
        """Cover what the mask marks with a colour or with a field of colours."""
        paint = rgb(colour) if isinstance(colour, str) else colour
        cover = np.clip(np.asarray(mask, np.float32) * alpha, 0, 1)[..., None]
        self.px = self.px * (1 - cover) + paint * cover

    def shade(self, mask: Field, amount: float) -> None:
        """Darken what the mask marks."""
        self.px *= 1 - np.clip(mask * amount, 0, 1)[..., None]

    def shine(self, mask: Field, colour: str, amount: float = 1) -> None:
        """Add light to what the mask marks."""
        light = np.clip(mask * amount, 0, 1)[..., None] * rgb(colour)
        self.px = 1 - (1 - self.px) * (1 - light)

    def pen(self) -> Pen:
        """Return a pen for this picture's size."""
        return Pen(self.w, self.h)

    def glow(self, x: float, y: float, radius: float, colour: str, amount: float = 1) -> None:
        """Light a lamp."""
        far = np.hypot(self.x - x, self.y - y) / radius
        self.shine(np.exp(-far * 1.6) * 0.7 + np.exp(-(far**2) * 12) * 0.5, colour, amount)

    def fog(
        self, y: float, spread: float, colour: str, amount: float = 0.7, scale: float = 500
    ) -> None:
        """Lay a bank of mist along a height."""
        bank = np.exp(-(((self.y - y) / spread) ** 2))
        self.lay(bank * (0.45 + 0.75 * self.noise(scale, scale / 5)), colour, amount)

    def stars(self, count: int, below: float, colour: str = "#ffffff") -> None:
        """Sow stars down to a height."""
        pen = self.pen()
        for _ in range(count):
            x, y = self.rng.random() * self.w, self.rng.random() ** 1.3 * below
            size = 0.35 + 1.3 * self.rng.random() ** 6
            pen.disc(x, y, size, value=int(90 + 165 * self.rng.random()))
        self.shine(pen.mask(), colour)

    def land(
        self,
        crest: Field,
        top: str,
        bottom: str,
        depth: float = 300,
        relief: float = 0.25,
        hatch: float = 0.3,
        pitch: float = 7,
    ) -> None:
        """Raise a range under a skyline, its slopes cut with a graver's lines."""
        below = self.y - crest[None, :]
        mask = np.clip(below + 0.5, 0, 1)
        colour = self.ramp((0, top), (depth, bottom), along=below)
        slope = np.gradient(np.convolve(np.pad(crest, 20, "edge"), np.ones(41) / 41, "valid"))
        folds = self.noise(190, 120) + 0.5 * self.noise(60, 90, 4) - 0.75
        folds += np.clip(slope, -1, 1)[None, :] * np.exp(-np.clip(below, 0, None) / (depth * 0.5))
        fade = np.exp(-np.clip(below, 0, None) / (depth * 0.9))
        colour = colour * (1 - relief * folds * fade)[..., None]
        drift = self.noise(220, 160, 3) * 34 + crest[None, :] * 0.55
        lines = np.sin((self.y - drift) * (2 * np.pi / pitch))
        weight = np.clip(0.15 + 0.9 * folds, 0, 0.9)
        cut = np.clip((lines - 1 + 2 * weight) * 1.6, 0, 1) * fade
        colour = colour * (1 - hatch * cut)[..., None]
        self.lay(mask, colour.astype(np.float32))

    def water(self, y: float, tint: str, amount: float = 0.35, rough: float = 1) -> None:
        """Flood the picture below a height; the water mirrors what stands above it."""
        top = int(y)
        rows = np.arange(top, self.h)
        near = (rows - y + 1)[:, None] / (self.h - y)
        wave = self._waves(y)
        lift = near * (self.h - y) * 0.92 + wave * (2 + 26 * near) * rough
        source = np.clip(y - 1 - lift * min(1.0, y / (self.h - y)), 0, top - 1).astype(int)
        side = np.clip(self.x[top:] + wave * 5 * near * rough, 0, self.w - 1).astype(int)
        mirror = self.px[source, side]
        veil = np.clip(amount + 0.25 * near + 0.1 * wave * near * rough, 0, 1)[..., None]
        self.px[top:] = mirror * (1 - veil) + rgb(tint) * veil

    def _waves(self, y: float) -> Field:
        top = int(y)
        reach = self.y[top:] - y + 4
        far = (self.h - y) / reach
        flat = self.weave((self.x[top:] - self.w / 2) * far * 0.06 + 4000, far * 130)
        return 0.7 * flat + 0.4 * self.weave(
            (self.x[top:] - self.w / 2) * far * 0.15 + 4000, far * 260
        )

    def glitter(self, x: float, y: float, width: float, colour: str, amount: float = 0.8) -> None:
        """Strew the path that a light makes on the water."""
        top = int(y)
        near = (self.y[top:] - y) / (self.h - y)
        path = np.exp(-(((self.x[top:] - x) / (width * (0.35 + near))) ** 2))
        mask = np.zeros((self.h, self.w), np.float32)
        mask[top:] = np.clip(self._waves(y) * 1.2 - 0.35, 0, 1) * path
        self.shine(mask, colour, amount)

    # The finish of a print

    def engrave(self, strength: float = 0.16, pitch: float = 4.2, angle: float = 0.0) -> None:
        """Cut the dark tones with fine lines that swell as the tone deepens."""
        tone = 1 - self.px @ np.array([0.3, 0.59, 0.11], np.float32)
        across = self.y * np.cos(angle) + self.x * np.sin(angle)
        across = across + self.noise(420, 420, 2) * 26
        lines = np.sin(across * (2 * np.pi / pitch))
        cut = np.clip((lines - 1 + 1.7 * tone) * 1.4, 0, 1)
        self.shade(cut, strength)
        self.shine(np.clip((-lines - 0.55) * 1.5, 0, 1) * tone, "#8a8072", strength * 0.35)

    def finish(self, grain: float = 0.035, vignette: float = 0.3, engrave: float = 0.14) -> None:
        """Engrave, darken the corners and add the paper's grain."""
        if engrave:
            self.engrave(engrave)
        off = ((self.x / self.w - 0.5) ** 2 + (self.y / self.h - 0.5) ** 2) * 2
        self.shade(off, vignette)
        speck = self.rng.standard_normal((self.h, self.w)).astype(np.float32)
        paper = self.noise(9, 9, 2) - 0.5
        self.px += (speck * grain * 0.6 + paper * grain)[..., None]

    def save(self, path: Path, limit: int) -> None:
        """Write the JPEG at the best quality that keeps it within a number of bytes."""
        picture = Image.fromarray((np.clip(self.px, 0, 1) * 255 + 0.5).astype(np.uint8))
        for quality in range(88, 30, -4):
            picture.save(path, "JPEG", quality=quality, optimize=True, progressive=True)
            if path.stat().st_size <= limit:
                return
