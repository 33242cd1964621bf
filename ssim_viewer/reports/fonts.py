"""The font of drawn pages: one of the system that has Greek and signs, else Pillow's own.

Pillow's own font has Latin letters only; text for it is spelled out.
"""

from __future__ import annotations

from functools import cache

from PIL import ImageFont

NAMES = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "Helvetica.ttc", "arial.ttf")

SPELLED = str.maketrans({"σ": "sigma", "×": "x", "−": "-", "→": "to", "α": "alpha", "β": "beta",
                         "γ": "gamma", "∞": "inf", "²": "^2", "₁": "1", "₂": "2"})  # fmt: skip


@cache
def font(points: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the font at a size."""
    for name in NAMES:
        try:
            return ImageFont.truetype(name, points)
        except OSError:
            continue
    return ImageFont.load_default(points)


@cache
def _has_greek() -> bool:
    found = font(12)
    return isinstance(found, ImageFont.FreeTypeFont) and found.getname()[0] != "Aileron"


def readable(text: str) -> str:
    """Return a text in letters that the font has."""
    return text if _has_greek() else text.translate(SPELLED)
