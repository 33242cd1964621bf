"""The four faults in words: the wrong line of mathematics, the right one, and why."""

from __future__ import annotations

from dataclasses import dataclass

from ssim_viewer.text import tr


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its name among `Faults`, and what is written beside its switch."""

    name: str
    title: str
    wrong: str
    right: str
    why: str


FAULTS = (
    Fault(
        "matrix_product",
        tr("E and its transpose multiplied as image matrices"),
        tr("T = (I − E Eᵀ) G, with images as H × W matrices"),
        tr("T = G − ⟨G, E⟩ E, with one inner product over all pixels"),
        tr(
            "E Eᵀ of an image is an H × H matrix that mixes rows. It hardly projects: most of the "
            "step stays along the radius. The formula of the paper means images as vectors of N "
            "numbers."
        ),
    ),
    Fault(
        "ascent_sign",
        tr("Always a plus before the gradient"),
        "Y ← Y + λ T",
        "Y ← Y − λ T",
        tr("Along the gradient MSSIM grows: plus is ascent. Descent is the minus sign."),
    ),
    Fault(
        "unit_radius",
        tr("Radius σ in place of σ √N"),
        tr("Y ← X + σ E, with |E| = 1"),
        tr("Y ← X + σ √N E, with |E| = 1"),
        tr(
            "The MSE is |Y − X|² / N. A radius of σ makes it σ² / N: next to nothing, and MSSIM "
            "next to 1, after the first step."
        ),
    ),
    Fault(
        "foreign_gradient",
        tr("The gradient of another score"),
        tr("G from structural_similarity(X, Y, gradient=True) with its defaults"),
        tr("G = ∂ MSSIM / ∂ Y of the very score that is plotted"),
        tr(
            "scikit-image's defaults are a 7 × 7 uniform window and sample covariance; its "
            "gradient is of the mean over a padded map, and its score of the mean over a cropped "
            "one."
        ),
    ),
)
