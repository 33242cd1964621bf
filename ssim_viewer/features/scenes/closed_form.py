"""Pairs whose SSIM is a formula."""

from __future__ import annotations

import numpy as np

from ssim_viewer.features.scenes import formulas
from ssim_viewer.features.scenes.scene import Case, Scene, checkerboard, flat, grey, ramp
from ssim_viewer.text import tr

MIDDLE = 127.5
CONSTANTS = (
    (0, 10),
    (10, 20),
    (100, 110),
    (245, 255),
    (0, 1),
    (0, 2),
    (0, 5),
    (0, 26),
    (0, 255),
    (128, 255),
    (230, 255),
    (253, 255),
)
RAMPS = (256, 128, 64, 32, 16)
DEVIATIONS = (5.0, 10.0, 50.0)
GAINS = (0.5, 1.5, 2.0)
NOISES = ((50.0, 20.0), (10.0, 20.0), (0.0, 20.0))


LUMAS = (70.0, 110.0, 150.0)
"""Of the pairs of colours."""


def equal_luma() -> list[Case]:
    """Return checkerboards of two colours of one luma against flat grey of it."""
    found = []
    for luma in LUMAS:
        red, green, blue = (formulas.of_luma(luma, channel) for channel in range(3))
        for first, second, words in (
            (red, green, tr("red and green")),
            (green, blue, tr("green and blue")),
        ):
            choice = (checkerboard(0.5, 0.5) > 0.5)[..., np.newaxis]
            board = np.where(choice, first, second)
            found.append(
                Case(
                    tr("{words} of luma {luma:g}", words=words, luma=luma),
                    grey(
                        np.repeat(flat(luma)[..., np.newaxis], 3, axis=2),
                        tr("grey {luma:g}", luma=luma),
                    ),
                    grey(board, tr("{words} of luma {luma:g}", words=words, luma=luma)),
                    "ssim",
                    1.0,
                )
            )
    return found


def constants() -> list[Case]:
    """Return pairs of constant images; the first four have MSE 100."""
    return [
        Case(
            tr("{a} against {b}", a=a, b=b),
            grey(flat(a), tr("constant {a}", a=a)),
            grey(flat(b), tr("constant {b}", b=b)),
            "ssim",
            formulas.luminance(a, b),
        )
        for a, b in CONSTANTS
    ]


def checkerboards() -> list[Case]:
    """Return a black and white checkerboard against flat grey and against its inverse."""
    board = grey(checkerboard(MIDDLE, MIDDLE), "checkerboard")
    inverse = grey(checkerboard(MIDDLE, -MIDDLE), tr("inverse checkerboard"))
    gray = grey(flat(128), tr("flat 128"))
    return [
        Case(tr("flat 128 against it: c"), gray, board, "contrast", formulas.contrast(0, MIDDLE)),
        Case(
            tr("it against its inverse: s"),
            board,
            inverse,
            "structure",
            formulas.structure_inverted(MIDDLE**2),
        ),
    ]


def dither() -> list[Case]:
    """Return flat grey dithered by ±6 against the inverse dither, at several greys."""
    return [
        Case(
            tr("grey {level} ± 6 against grey {level} ∓ 6", level=level),
            grey(checkerboard(level, 6.0), tr("grey {level}, dithered", level=level)),
            grey(checkerboard(level, -6.0), tr("grey {level}, dithered inversely", level=level)),
            "ssim",
            formulas.inverted(6.0),
        )
        for level in (60, 128, 200)
    ]


def ramps() -> list[Case]:
    """Return ramps against their mirror images."""
    return [
        Case(
            tr("256 levels over {width} pixels", width=width),
            grey(ramp(width), tr("ramp over {width}", width=width)),
            grey(ramp(width)[:, ::-1], tr("ramp over {width}, mirrored", width=width)),
            "structure",
            formulas.mirrored_ramp(width),
        )
        for width in RAMPS
    ]


def negatives() -> list[Case]:
    """Return textures about 127.5 against their negatives."""
    return [
        Case(
            tr("texture of σ = {deviation:g}", deviation=deviation),
            grey(checkerboard(MIDDLE, deviation), f"σ = {deviation:g}"),
            grey(
                255 - checkerboard(MIDDLE, deviation),
                tr("σ = {deviation:g}, negative", deviation=deviation),
            ),
            "ssim",
            formulas.inverted(deviation),
        )
        for deviation in DEVIATIONS
    ]


def gains() -> list[Case]:
    """Return a texture of σ = 50 against itself with another contrast."""
    return [
        Case(
            tr("contrast × {gain:g}", gain=gain),
            grey(checkerboard(MIDDLE, 50.0), "σ = 50"),
            grey(checkerboard(MIDDLE, 50.0 * gain), f"σ = 50 × {gain:g}"),
            "ssim",
            formulas.contrast(50.0, 50.0 * gain),
        )
        for gain in GAINS
    ]


def noises() -> list[Case]:
    """Return textures with independent noise; the formula takes the expected local moments."""
    pattern = np.random.default_rng(0).standard_normal((64, 64))
    return [
        Case(
            tr("noise of σ = {noise:g} on σ = {sigma:g}", noise=noise, sigma=sigma),
            grey(checkerboard(MIDDLE, sigma), f"σ = {sigma:g}"),
            grey(
                checkerboard(MIDDLE, sigma) + noise * pattern,
                tr("with noise of σ = {noise:g}", noise=noise),
            ),
            "ssim",
            formulas.noisy(sigma, noise),
        )
        for sigma, noise in NOISES
    ]


SCENES = (
    Scene(
        "dark_pairs",
        tr("&Dark pairs: the same step at other greys"),
        tr("The same step of 10 levels, MSE 100, at other greys"),
        tr("Constant images 0/10, 10/20, 100/110, 245/255 and others: SSIM is the luminance term."),
        tr(
            "<p>Constant images have σ = 0, so c = s = 1 and SSIM = l = (2ab + C₁)/(a² + b² + "
            "C₁).</p><p>The first four pairs have the same MSE, 100, and the same PSNR. l weighs "
            "the step by how bright the ground is: it forgives 10 levels at 245 and punishes them "
            "at 0, harder than an eye at a screen does (Nilsson and Akenine-Möller 2020).</p>"
        ),
        constants,
        part="SSIM",
    ),
    Scene(
        "checkerboard",
        tr("&Checkerboard and its inverse"),
        tr("A checkerboard of single pixels, flat grey, and the inverse"),
        tr("Contrast against flat grey is nearly 0; structure against the inverse is nearly −1."),
        tr(
            "<p>Against flat grey there is no texture to correlate: s = 1 by its constant alone, "
            "and the contrast term c = C₂/(σ² + C₂) says all.</p><p>Against its inverse every "
            "local mean and variance is the same, and the correlation is −1: s = (C₃ − σ²)/(C₃ + "
            "σ²). Negative SSIM means opposite structure.</p>"
        ),
        checkerboards,
        part=tr("c or s"),
    ),
    Scene(
        "mirrored_ramps",
        tr("Mirrored &ramps"),
        tr("A ramp against its mirror image"),
        tr("Structure turns from agreement to opposition as the ramp becomes steeper."),
        tr(
            "<p>Two ramps that run against each other are perfectly anticorrelated, yet s is "
            "+0.86 for the gentle one: its local variance is smaller than C₃, and the constant "
            "wins. s = (C₃ − k²v)/(C₃ + k²v) with the slope k and the variance v = 2.2435 of the "
            "window.</p><p>Where an image is smooth, SSIM hardly sees structure.</p>"
        ),
        ramps,
        part="s",
    ),
    Scene(
        "dither",
        tr("A dither that nobody &sees"),
        tr("±6 levels in a checkerboard, and the inverse"),
        tr("MSE 144 and MSSIM −0.10, although the two images look the same."),
        tr(
            "<p>One-pixel dither of ±6 levels against its inverse: at any grey SSIM is (C₂ − "
            "2·36)/(C₂ + 2·36) = −0.103, and the MSE is 144. At reading distance both are the "
            "same flat grey: SSIM knows no distance. Switch <i>Downsample automatically</i> on, "
            "or zoom out, to see why a viewing distance matters.</p>"
        ),
        dither,
        part="SSIM",
    ),
    Scene(
        "equal_luma",
        tr("Co&lour pairs of equal luma"),
        tr("Two colours of one luma, and flat grey"),
        tr("MSE is large and a pattern is plain to see, yet SSIM of luma is 1."),
        tr(
            "<p>A checkerboard of two colours of one luma, 0.299 R + 0.587 G + 0.114 B, against "
            "the flat grey of that luma. Turned into luma both are the same image, so l = c = s = "
            "1 at any MSE.</p><p>Choose <i>Colour: mean of channels</i> in the metric's settings: "
            "then R, G and B are compared one by one, and SSIM falls.</p>"
        ),
        equal_luma,
        part="SSIM",
    ),
    Scene(
        "negative",
        tr("The &negative"),
        tr("A texture and its negative"),
        tr("SSIM of 255 − x at mean 127.5, for three contrasts."),
        tr(
            "<p>With equal means SSIM = (C₂ − 2σ²)/(C₂ + 2σ²): a weak texture hides below the "
            "constant and scores above 0, a strong one comes near −1. Negative values are shown "
            "in magenta; clipping them away would hide that the structure is opposite.</p>"
        ),
        negatives,
        part="SSIM",
    ),
    Scene(
        "gain",
        tr("Contrast, &halved and doubled"),
        tr("Contrast times k, mean kept"),
        tr("A texture of σ = 50 against itself with another contrast."),
        tr(
            "<p>c = (2kσ² + C₂)/((1 + k²)σ² + C₂): halving and doubling cost nearly the same, and "
            "the structure term stays 1. The MSE of doubling is four times that of halving.</p>"
        ),
        gains,
        part="SSIM",
    ),
    Scene(
        "noise_on_texture",
        tr("Noise on &texture and on flat ground"),
        tr("The same noise on strong, weak and no texture"),
        tr("Noise of σ = 20 on textures of σ = 50, 10 and 0."),
        tr(
            "<p>From the expected local moments SSIM = (2σ² + C₂)/(2σ² + n² + C₂): strong texture "
            "masks noise, flat ground does not. The prediction puts the expected moments into the "
            "formula; the mean over windows of real noise lies near it.</p>"
        ),
        noises,
        part=tr("SSIM, expected"),
    ),
)
