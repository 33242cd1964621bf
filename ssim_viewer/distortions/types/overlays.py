"""Things laid over the image, and parts of it that are missing or out of place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

from ssim_viewer.distortions.spec import Parameter, Pixels, described
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

FAMILY = tr("Overlays and blocks")


def _cover(pixels: Pixels, mask: Pixels, value: float | Pixels) -> Pixels:
    """Return pixels with a value laid over them, as opaque as the mask of (H, W)."""
    opacity = mask[..., None] if pixels.ndim == 3 else mask
    return pixels + opacity * (value - pixels)


@described(
    title=tr("Translucent overlays"),
    meaning=tr(
        "Lay a few grey rectangles over the image, as translucent as the strength leaves them."
    ),
    family=FAMILY,
    measure=tr("opacity"),
    unit="%",
    largest=100.0,
    typical=40.0,
    random=True,
    parameters=(Parameter("count", tr("Rectangles"), 5.0, 1.0, 40.0),),
)
def overlays(
    pixels: Pixels, strength: float, random: np.random.Generator, /, *, count: float = 5.0
) -> Pixels:
    """Lay a few grey rectangles over the image, as translucent as the strength leaves them."""
    result = pixels
    height, width = pixels.shape[:2]
    for _ in range(round(count)):
        tall, wide = random.uniform(0.15, 0.45, 2) * (height, width)
        top, left = random.uniform(0, 1, 2) * (height - tall, width - wide)
        grey = random.uniform(0.1, 0.9)
        mask = np.zeros((height, width))
        mask[int(top) : int(top + tall) + 1, int(left) : int(left + wide) + 1] = strength / 100
        result = _cover(result, mask, grey)
    return result


@described(
    title=tr("Text"),
    meaning=tr(
        "Write lines of white text over the image, with a black edge so that it is read anywhere."
    ),
    family=FAMILY,
    measure=tr("opacity"),
    unit="%",
    largest=100.0,
    typical=60.0,
    parameters=(Parameter("size", tr("Height of letters"), 8.0, 3.0, 40.0, "%"),),
)
def text(
    pixels: Pixels, strength: float, _random: np.random.Generator, /, *, size: float = 8.0
) -> Pixels:
    """Write lines of white text over the image, with a black edge so that it is read anywhere."""
    height, width = pixels.shape[:2]
    points = max(6.0, size / 100 * height)
    font = ImageFont.load_default(points)
    line = " structural similarity" * (2 + int(4 * width / (points * 10)))
    letters = PillowImage.new("L", (width, height), 0)
    edges = PillowImage.new("L", (width, height), 0)
    for row, top in enumerate(np.arange(points / 2, height, 2.2 * points)):
        place = (-1.7 * points * row, float(top))
        ImageDraw.Draw(letters).text(place, line, fill=255, font=font)
        ImageDraw.Draw(edges).text(place, line, fill=255, font=font, stroke_width=1)
    edge, letter = (np.asarray(each, dtype=np.float64) / 255 for each in (edges, letters))
    letter = letter[..., None] if pixels.ndim == 3 else letter
    return _cover(pixels, edge * strength / 100, letter)


@described(
    title=tr("Missing blocks"),
    meaning=tr("Lose blocks, as a broken stream does: mid-grey stands where they were."),
    family=FAMILY,
    measure=tr("share of blocks"),
    unit="%",
    largest=100.0,
    typical=5.0,
    random=True,
    parameters=(Parameter("side", tr("Side of a block"), 16.0, 4.0, 128.0, tr("pixels")),),
    known_as=(tr("TID2013: local block-wise distortions"), tr("KADID-10k: colour block")),
)
def missing_blocks(
    pixels: Pixels, strength: float, random: np.random.Generator, /, *, side: float = 16.0
) -> Pixels:
    """Lose blocks, as a broken stream does: mid-grey stands where they were."""
    block = round(side)
    height, width = pixels.shape[:2]
    rows, columns = -(-height // block), -(-width // block)
    order = random.permutation(rows * columns).reshape(rows, columns)
    lost = np.clip(strength / 100 * order.size - order, 0.0, 1.0)
    mask = np.repeat(np.repeat(lost, block, axis=0), block, axis=1)[:height, :width]
    return _cover(pixels, mask, 0.5)


@described(
    title=tr("Block shifts"),
    meaning=tr("Replace blocks by others from nearby, as wrong motion vectors do."),
    family=FAMILY,
    measure=tr("share of blocks"),
    unit="%",
    largest=100.0,
    typical=20.0,
    random=True,
    parameters=(
        Parameter("side", tr("Side of a block"), 16.0, 4.0, 128.0, tr("pixels")),
        Parameter("shift", tr("Largest shift"), 8.0, 1.0, 64.0, tr("pixels")),
    ),
    known_as=(
        tr("TID2013: non-eccentricity pattern noise"),
        tr("KADID-10k: non-eccentricity patch"),
    ),
)
def block_shifts(
    pixels: Pixels,
    strength: float,
    random: np.random.Generator,
    /,
    *,
    side: float = 16.0,
    shift: float = 8.0,
) -> Pixels:
    """Replace blocks by others from nearby, as wrong motion vectors do."""
    block, reach = round(side), round(shift)
    height, width = pixels.shape[:2]
    rows, columns = -(-height // block), -(-width // block)
    order = random.permutation(rows * columns).reshape(rows, columns)
    moves = random.integers(1, reach + 1, (2, rows, columns)) * random.choice(
        (-1, 1), (2, rows, columns)
    )
    taken = np.clip(strength / 100 * order.size - order, 0.0, 1.0)
    spread = [
        np.repeat(np.repeat(each, block, axis=0), block, axis=1)[:height, :width]
        for each in (taken, *moves)
    ]
    y, x = np.mgrid[:height, :width]
    elsewhere = pixels[
        _reflected(y + spread[1].astype(np.intp), height),
        _reflected(x + spread[2].astype(np.intp), width),
    ]
    return _cover(pixels, spread[0], elsewhere)


def _reflected(places: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    """Return places brought into [0, size) by mirroring about the middle of the edge pixels."""
    period = max(2 * (size - 1), 1)
    inside = places % period
    return np.minimum(inside, period - inside) if size > 1 else np.zeros_like(places)


TYPES = (overlays, text, missing_blocks, block_shifts)
