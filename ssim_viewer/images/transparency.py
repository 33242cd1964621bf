"""Alpha laid over a grey, since a metric sees only what can be seen."""

import numpy as np

from ssim_viewer.compute.tiles import in_threads, row_blocks
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

COMPOSITED = tr("Transparency was composited")
"""How the note begins that tells of the background."""


def composite(
    pixels: Pixels, data_range: float, background: float, *, premultiplied: bool
) -> tuple[Pixels, tuple[str, ...]]:
    """Lay an image with alpha over a grey.

    Parameters
    ----------
    pixels
        (H, W, 2) grey or (H, W, 4) RGB, alpha last.
    data_range
        The value of white.
    background
        The grey, as a fraction of the data range.
    premultiplied
        Whether the colour is already multiplied by alpha.

    Returns
    -------
    pixels, notes
        (H, W) or (H, W, 3) of the same type, to the bit where alpha is full; a note where any
        pixel was transparent.
    """
    colour, alpha = pixels[:, :, :-1], pixels[:, :, -1:]
    if colour.shape[2] == 1:
        colour, alpha = colour[:, :, 0], alpha[:, :, 0]
    # Float files keep alpha in 0…1 even where their colours count to 255.
    opaque = 1.0 if pixels.dtype.kind == "f" and alpha.max() <= 1 else data_range
    if (alpha >= opaque).all():
        return colour, ()
    grey = min(max(background, 0.0), 1.0) * data_range
    mixed = np.empty(colour.shape, pixels.dtype)

    def mix(rows: slice) -> None:
        opacity = np.clip(alpha[rows] / opaque, 0.0, 1.0)
        block = colour[rows] if premultiplied else colour[rows] * opacity
        opacity -= 1.0
        opacity *= grey
        block = block - opacity
        if pixels.dtype.kind == "u":
            np.rint(block, out=block)
            np.clip(block, 0, data_range, out=block)
        mixed[rows] = block

    in_threads(mix, row_blocks(pixels.shape))
    return mixed, (
        tr("{composited} over {shade}.", composited=COMPOSITED, shade=shade(background)),
    )


def opacity(pixels: Pixels, data_range: float) -> Pixels:
    """Return the share of what is opaque, (H, W), of an image whose last channel is alpha."""
    alpha = pixels[:, :, -1]
    # Float files keep alpha in 0…1 even where their colours count to 255.
    opaque = 1.0 if pixels.dtype.kind == "f" and alpha.max() <= 1 else data_range
    return np.clip(alpha / opaque, 0.0, 1.0)


def shade(background: float) -> str:
    """Return a background in words."""
    return _SHADES.get(background, f"{background:.0%} grey")


_SHADES = {0.0: "black", 0.5: "mid-grey", 1.0: "white"}
