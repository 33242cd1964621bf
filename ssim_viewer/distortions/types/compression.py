"""Compression with real encoders, through Pillow. Images pass through 8 bits, as in such files."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image as PillowImage
from PIL import features

from ssim_viewer.distortions.errors import DistortionError
from ssim_viewer.distortions.spec import Pixels, described
from ssim_viewer.text import tr

FAMILY = tr("Compression")


def coded(pixels: Pixels, codec: str, **settings: Any) -> tuple[Pixels, int]:
    """Return the pixels after encoding and decoding, and the size of the file in bytes."""
    eight_bits = np.rint(np.clip(pixels, 0, 1) * 255).astype(np.uint8)
    stream = io.BytesIO()
    PillowImage.fromarray(eight_bits).save(stream, codec, **settings)
    size = stream.tell()
    stream.seek(0)
    with PillowImage.open(stream) as image:
        decoded = np.asarray(image.convert("L" if pixels.ndim == 2 else "RGB"), dtype=np.float64)
    return decoded / 255, size


def _require(module: str, title: str) -> None:
    if not features.check(module):
        raise DistortionError(
            tr(
                "The installed Pillow has no encoder for {title}; install another build of Pillow.",
                title=title,
            )
        )


@described(
    title="JPEG",
    meaning=tr(
        "Encode as baseline JPEG with 4:2:0 chroma. The quality is the encoder's, from 100 to 1."
    ),
    family=FAMILY,
    measure=tr("100 − quality"),
    unit="",
    largest=99.0,
    typical=80.0,
    continuous=False,
    whole=True,
    known_as=(tr("TID2013: JPEG compression"), tr("KADID-10k: JPEG compression")),
)
def jpeg(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Encode as baseline JPEG with 4:2:0 chroma. The quality is the encoder's, from 100 to 1."""
    return coded(pixels, "JPEG", quality=round(100 - strength))[0]


@described(
    title=tr("JPEG 2000"),
    meaning=tr(
        "Encode as JPEG 2000 at a ratio of 2 to the strength, with the irreversible wavelet."
    ),
    family=FAMILY,
    measure=tr("compression ratio, in octaves"),
    unit="",
    largest=10.0,
    typical=5.0,
    continuous=False,
    known_as=(tr("TID2013: JPEG 2000 compression"), tr("KADID-10k: JPEG 2000 compression")),
)
def jpeg2000(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Encode as JPEG 2000 at a ratio of 2 to the strength, with the irreversible wavelet."""
    _require("jpg_2000", tr("JPEG 2000"))
    settings = {"quality_mode": "rates", "quality_layers": [2.0**strength], "irreversible": True}
    return coded(pixels, "JPEG2000", **settings)[0]


@described(
    title="WebP",
    meaning=tr("Encode as lossy WebP. A grey image is encoded as colour, which WebP always is."),
    family=FAMILY,
    measure=tr("100 − quality"),
    unit="",
    largest=100.0,
    typical=90.0,
    continuous=False,
    whole=True,
)
def webp(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Encode as lossy WebP. A grey image is encoded as colour, which WebP always is."""
    _require("webp", "WebP")
    return coded(pixels, "WEBP", quality=round(100 - strength), method=4)[0]


@described(
    title="AVIF",
    meaning=tr("Encode as AVIF with 4:2:0 chroma, at a fast speed of the encoder."),
    family=FAMILY,
    measure=tr("100 − quality"),
    unit="",
    largest=100.0,
    typical=70.0,
    continuous=False,
    whole=True,
)
def avif(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Encode as AVIF with 4:2:0 chroma, at a fast speed of the encoder."""
    _require("avif", "AVIF")
    return coded(pixels, "AVIF", quality=round(100 - strength), speed=8)[0]


TYPES = (jpeg, jpeg2000, webp, avif)
