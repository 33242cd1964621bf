"""Photographs that were made worse: the four images of an article, geometry, colour alone."""

from __future__ import annotations

from functools import partial

import numpy as np

from ssim_viewer.distortions import Link
from ssim_viewer.features.scenes.scene import Case, Scene
from ssim_viewer.images import Image, read_sample
from ssim_viewer.jobs.distorting import distorted_image
from ssim_viewer.text import tr

ARTICLE = (
    (tr("salt and pepper noise"), Link("salt_and_pepper", 10.0)),
    (tr("translucent grey overlays"), Link("overlays", 50.0)),
    (tr("HSV value + 30"), Link("hsv_value", 30.0)),
)

ROLLED = {1: (0.9985, 0.7571), 2: (0.9942, 0.6527), 4: (0.9771, 0.5762), 8: (0.9136, 0.5422)}
"""CW-SSIM and MSSIM of the camera against itself, rolled to the right by so many pixels."""

GEOMETRY = (
    (tr("shift by half a pixel"), Link("translation", 0.5)),
    (tr("rotation by 1°"), Link("rotation", 1.0)),
    (tr("rotation by 3°"), Link("rotation", 3.0)),
    (tr("zoom by 2 %"), Link("scaling", 2.0)),
    (tr("blur of σ = 2, for comparison"), Link("gaussian_blur", 2.0)),
)

COLOR = (
    (tr("no saturation at all"), Link("saturation_decrease", 100.0)),
    (tr("colour cast"), Link("color_cast", 30.0)),
    (tr("chroma noise"), Link("chroma_noise", 15.0)),
    (tr("white noise, for comparison"), Link("gaussian_noise", 20.0)),
)


def made(sample: str, links: tuple[tuple[str, Link], ...]) -> list[Case]:
    """Return a sample against itself with each of some distortions."""
    reference = read_sample(sample)
    return [Case(label, reference, distorted_image(reference, (link,))) for label, link in links]


def geometry() -> list[Case]:
    """Return the camera against itself moved, turned and grown."""
    reference = read_sample("camera")
    rolled = [
        Case(
            tr("rolled to the right by {pixels} px", pixels=pixels),
            reference,
            Image(
                np.roll(reference.pixels, pixels, axis=1),
                255.0,
                tr("camera, rolled by {pixels} px", pixels=pixels),
            ),
            "cw-ssim",
            predicted,
        )
        for pixels, (predicted, _) in ROLLED.items()
    ]
    others = [
        Case(label, reference, distorted_image(reference, (link,))) for label, link in GEOMETRY
    ]
    return [*rolled, *others]


SCENES = (
    Scene(
        "article",
        tr("The four images of an &article"),
        tr("Salt and pepper, overlays, value + 30: MSE against SSIM"),
        tr("The four images that articles on SSIM as a loss show, with their table."),
        tr(
            "<p>The original; salt and pepper noise; some translucent grey overlays; HSV value + "
            "30.</p><p>MSE is huge for the impulses and for the overlays, because it squares "
            "every error. SSIM is high for the overlays and for value + 30, where structure is "
            "kept, and low for the noise, which covers everything. Ask which order an eye would "
            "choose.</p>"
        ),
        partial(made, "astronaut", ARTICLE),
    ),
    Scene(
        "geometry",
        tr("&Zoom, shift and rotation under CW-SSIM"),
        tr("Small movements: SSIM collapses, CW-SSIM does not"),
        tr("A shift, a turn and a zoom under SSIM and under complex wavelet SSIM."),
        tr(
            "<p>Nobody minds a shift by one pixel, yet MSSIM falls to 0.757: SSIM compares pixels "
            "at the same place. CW-SSIM compares the phases of complex wavelets, which a small "
            "movement changes alike everywhere (Sampat et al. 2009). A blur that "
            "everybody sees costs MSSIM as much, and CW-SSIM next to nothing.</p>"
        ),
        geometry,
        metrics=("cw-ssim",),
        digits=4,
        part="CW-SSIM",
    ),
    Scene(
        "color_alone",
        tr("Damage of c&olour alone"),
        tr("Colour is gone, and SSIM of luma does not see it"),
        tr("Distortions that change colour and leave luma: SSIM of luma is blind to them."),
        tr(
            "<p>SSIM is usually taken of luma. Damage that leaves luma alone leaves that score at "
            "nearly 1, while the PSNR over RGB tells of it. The images I04 and I06 of TID2013 are "
            "like that: 21 and 27 dB over RGB, 52 and 53 dB over luma, SSIM 0.998 and "
            "0.999.</p><p>Choose <i>Colour: mean of channels</i> in the metric's settings and "
            "compare.</p>"
        ),
        partial(made, "chelsea", COLOR),
        luma=True,
    ),
)
