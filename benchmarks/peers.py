"""What takes part in the table of SSIM: this project and, where installed, its peers."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from skimage.metrics import structural_similarity

from ssim_viewer.metrics import Ssim
from ssim_viewer.synthesis import descend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Image = NDArray[np.float64]
    Contestants = dict[str, Callable[[], object]]


def ours(x: Image, y: Image, precision: Literal["single", "double"]) -> Contestants:
    """Return this project's contestants; single precision takes and gives float32."""
    metric = Ssim(precision=precision)
    bound = metric.bind(x)
    dtype = np.float32 if precision == "single" else np.float64
    image = y.astype(dtype)
    found: Contestants = {
        "value": lambda: bound.value(image),
        "value + map": lambda: bound.measure(image, maps=("ssim",), dtype=dtype),
        "value + gradient": lambda: bound.measure(image, gradient=True, dtype=dtype),
        "value + map + gradient": lambda: bound.measure(
            image, maps=("ssim",), gradient=True, dtype=dtype
        ),
    }
    if x.size <= 2048**2:
        walk = _steps(metric, x, y)
        for _ in range(3):  # the start, and two steps to find its stride
            next(walk)
        found["adaptive step"] = lambda: next(walk)
    return found


def _steps(metric: Ssim, x: Image, y: Image) -> Iterator[object]:
    """Yield steps for ever: where one descent ends, the next begins."""
    while True:
        yield from descend(metric, x, y, rule="adaptive", pixel_range=(0, 255))


def scikit_image(x: Image, y: Image) -> Contestants:
    """Return scikit-image's contestants, with the same window and covariance."""
    settings: dict[str, Any] = {
        "data_range": 255,
        "gaussian_weights": True,
        "use_sample_covariance": False,
    }
    return {
        "value": lambda: structural_similarity(x, y, **settings),
        "value + map": lambda: structural_similarity(x, y, full=True, **settings),
        "value + gradient": lambda: structural_similarity(x, y, gradient=True, **settings),
        "value + map + gradient": lambda: structural_similarity(
            x, y, full=True, gradient=True, **settings
        ),
    }


def pytorch_msssim(x: Image, y: Image) -> Contestants:
    """Return pytorch-msssim's contestants in float32, none where it is not installed."""
    if not importlib.util.find_spec("pytorch_msssim"):
        return {}
    peer, torch = (importlib.import_module(name) for name in ("pytorch_msssim", "torch"))
    x_t, y_t = (torch.tensor(image, dtype=torch.float32)[None, None] for image in (x, y))
    leaf = y_t.clone().requires_grad_()

    def gradient() -> object:
        leaf.grad = None
        peer.ssim(leaf, x_t, data_range=255).backward()
        return leaf.grad

    return {
        "value": lambda: peer.ssim(y_t, x_t, data_range=255),
        "value + gradient": gradient,
    }


def blazediff(x: Image, y: Image) -> Contestants:
    """Return blazediff-ssim's contestants from 8-bit RGBA, none where it is not installed."""
    if not importlib.util.find_spec("blazediff_ssim"):
        return {}
    peer = importlib.import_module("blazediff_ssim")
    opaque = np.full_like(x, 255)
    a, b = (np.dstack([image] * 3 + [opaque]).astype(np.uint8).tobytes() for image in (x, y))
    height, width = x.shape
    return {
        "value": lambda: peer.compare_rgba(a, b, width, height),
        "value + map": lambda: peer.compare_rgba(a, b, width, height, return_map=True),
    }


def missing() -> list[str]:
    """Return a sentence for each peer that is not here."""
    found = [
        f"{name.replace('_', '-')} is left out: it is not installed."
        for name in ("blazediff_ssim", "pytorch_msssim")
        if not importlib.util.find_spec(name)
    ]
    return [*found, "fused-ssim is left out: it runs on a graphics processor; see README.md."]
