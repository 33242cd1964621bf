"""What a pane can show, in words: what it is called and what it means."""

from __future__ import annotations

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.family import GRADIENT, MetricLayer, symbol_of

PICTURES = (Quantity.REFERENCE, Quantity.DISTORTED)
"""The quantities that are photographs, in their own colours."""

MEANINGS = {
    Quantity.REFERENCE: "The image x that the other one is compared with.",
    Quantity.DISTORTED: "The image y whose quality is measured.",
    Quantity.SIGNED_DIFFERENCE: "Distorted minus reference, y − x. Blue is darker, red brighter.",
    Quantity.ABSOLUTE_DIFFERENCE: "The size of the difference, |y − x|.",
    Quantity.SSIM: (
        "Structural similarity in the window around each pixel, l · c · s. "
        "1 means identical, negative values an inverted structure."
    ),
    Quantity.LUMINANCE: (
        "Similarity of the local means, l = (2 μx μy + C₁) / (μx² + μy² + C₁). 1 means equal."
    ),
    Quantity.CONTRAST: (
        "Similarity of the local deviations, c = (2 σx σy + C₂) / (σx² + σy² + C₂). 1 means equal."
    ),
    Quantity.STRUCTURE: (
        "Correlation of the local patterns, s = (σxy + C₃) / (σx σy + C₃). "
        "It is negative where the structure is inverted."
    ),
    Quantity.GRADIENT: (
        "∂MSSIM / ∂y: how much the score rises when a pixel of the distorted image gets brighter."
    ),
}


def title_of(content: Quantity | MetricLayer) -> str:
    """Return what stands above a pane: ``Signed difference``, or ``MS-SSIM · scale 3``."""
    if isinstance(content, MetricLayer):
        return " · ".join(part for part in (symbol_of(content.metric), content.layer) if part)
    return content[0].upper() + content[1:]


def meaning_of(content: Quantity | MetricLayer) -> str:
    """Return what a pane's content means, in a sentence or two."""
    if isinstance(content, Quantity):
        return MEANINGS[content]
    symbol = symbol_of(content.metric)
    if content.layer == GRADIENT:
        return f"∂{symbol} / ∂y: how much the score rises when a pixel of y gets brighter."
    return f"A map of {symbol}; its own size stands behind its name."
