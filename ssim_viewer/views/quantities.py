"""The nine quantities in words: what each is called and what it means."""

from __future__ import annotations

from ssim_viewer.metrics import Quantity

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


def title_of(quantity: Quantity) -> str:
    """Return what stands above a pane, such as ``Signed difference``."""
    return quantity[0].upper() + quantity[1:]
