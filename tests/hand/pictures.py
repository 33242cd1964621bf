"""The files that are opened: small pairs, one of grey, one rare, one of floats."""

from __future__ import annotations

from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image as Pillow

from ssim_viewer.images import write_image

HEIGHT, WIDTH = 164, 190
"""Large enough for every metric, and not fitted near a round zoom."""


def grey_pair(folder: Path) -> tuple[Path, ...]:
    """Write a grey reference, a distorted image of it, and another candidate in colour."""
    return _written(folder, color=False)


def small_pair(folder: Path) -> tuple[Path, ...]:
    """Write a grey pair, so small that thousands of steps are made in a moment."""
    paths = _written(folder, color=False)
    for path in paths[:2]:
        with Pillow.open(path) as picture:
            picture.crop((0, 0, 48, 40)).save(path)
    return paths[:2]


def rare_pair(folder: Path) -> tuple[Path, ...]:
    """Write a pair in colour; the distorted image has transparent pixels and a colour profile."""
    paths = _written(folder, color=True)
    picture = Pillow.open(paths[1]).convert("RGBA")
    alpha = np.full((HEIGHT, WIDTH), 255, np.uint8)
    alpha[20:50, 20:60] = 40
    picture.putalpha(Pillow.fromarray(alpha))
    picture.save(paths[1], icc_profile=bytes(imagecodecs.cms_profile("adobergb")))
    return paths


def float_pair(folder: Path) -> tuple[Path, ...]:
    """Write a pair of floats, whose data range is for the person to give."""
    random = np.random.default_rng(2)
    reference = random.random((HEIGHT, WIDTH)).astype(np.float32)
    paths = folder / "reference.npy", folder / "distorted.npy"
    for path, noise in zip(paths, (0.0, 0.1), strict=True):
        np.save(path, reference + noise * random.random(reference.shape).astype(np.float32))
    return paths


def no_pair(folder: Path) -> tuple[Path, ...]:
    """Name two files that are not there."""
    return folder / "gone.png", folder / "gone too.png"


def _written(folder: Path, *, color: bool) -> tuple[Path, ...]:
    random = np.random.default_rng(1)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    grey = 128 + 60 * np.sin(x / 7) * np.cos(y / 9) + random.normal(0, 6, (HEIGHT, WIDTH))
    rgb = np.stack([grey, grey[::-1], grey[:, ::-1]], axis=2)
    base = rgb if color else grey
    noisy = base + random.normal(0, 18, base.shape)
    other = rgb + random.normal(0, 30, rgb.shape)
    paths = tuple(folder / name for name in ("reference.png", "distorted.png", "colour.png"))
    left = np.where(x < WIDTH // 2, 255.0, 0.0)
    files = (*paths, folder / "mask.png")
    for path, pixels in zip(files, (base, noisy, other, left), strict=True):
        write_image(path, np.clip(pixels, 0, 255), 255, depth="uint8")
    return paths
