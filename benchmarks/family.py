"""What the relatives of SSIM cost, as ratios within one run.

Run it with ``python -m benchmarks.family``. MS-SSIM is held against SSIM, and where it is installed
against pytorch-msssim; CW-SSIM against its own forward transforms, which compute the frequencies
of its bands only, and against a transform of all frequencies with the same bands. All contestants
of a size take turns; best times are printed. Images are float64, references are bound beforehand.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

from scipy import fft

from benchmarks.metrics import milliseconds, pair
from ssim_viewer.metrics import CwSsim, Gmsd, MsSsim, Ssim, WeightedSsim, warm_up
from ssim_viewer.metrics.cw_ssim.steerable_pyramid import oriented_bands
from ssim_viewer.metrics.kernels_on_use import warm_up_every

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from benchmarks.peers import Contestants
    from ssim_viewer.metrics import BoundMetric, Metric

    Image = NDArray[np.float64]

SIDES = (256, 512, 1024, 2048)
PEER = "pytorch-msssim MS-SSIM gradient"
RATIOS = (
    ("MS-SSIM gradient / SSIM gradient, double precision", "MS-SSIM gradient", "SSIM gradient"),
    ("MS-SSIM gradient / SSIM gradient, single precision", "MS-SSIM single", "SSIM single"),
    ("CW-SSIM value / its forward transforms", "CW-SSIM value", "CW-SSIM transforms"),
    ("CW-SSIM value / a full transform and its bands", "CW-SSIM value", "full transforms"),
    ("CW-SSIM gradient / value", "CW-SSIM gradient", "CW-SSIM value"),
    ("W-SSIM gradient / SSIM gradient", "W-SSIM gradient", "SSIM gradient"),
    ("GMSD gradient / SSIM gradient", "GMSD gradient", "SSIM gradient"),
    ("pytorch-msssim / MS-SSIM gradient, double precision", PEER, "MS-SSIM gradient"),
    ("pytorch-msssim / MS-SSIM gradient, single precision", PEER, "MS-SSIM single"),
)


def family(x: Image, y: Image) -> Contestants:
    """Return this project's contestants."""
    metrics: dict[str, Metric] = {
        "SSIM gradient": Ssim(),
        "SSIM single": Ssim(precision="single"),
        "MS-SSIM gradient": MsSsim(),
        "MS-SSIM single": MsSsim(precision="single"),
        "CW-SSIM gradient": CwSsim(),
        "W-SSIM gradient": WeightedSsim(),
        "GMSD gradient": Gmsd(),
    }
    calls: Contestants = {name: gradient(metric.bind(x), y) for name, metric in metrics.items()}
    bound, bands = CwSsim().bind(x), oriented_bands((x.shape[0], x.shape[1]), 4, 8)
    calls["CW-SSIM value"] = lambda: bound.value(y)
    calls["CW-SSIM transforms"] = lambda: bands.analyse(y)
    coefficients = bands.analyse(y)
    calls["full transforms"] = lambda: (
        fft.rfft2(y, workers=2),
        fft.ifft2(coefficients, workers=2),
    )
    return calls


def gradient(bound: BoundMetric, y: Image) -> Callable[[], object]:
    """Return a call for the value and gradient of a bound metric."""
    return lambda: bound.value_and_gradient(y)


def peer(x: Image, y: Image) -> Contestants:
    """Return pytorch-msssim's MS-SSIM with its gradient in float32, where it can be had."""
    if not importlib.util.find_spec("pytorch_msssim") or min(x.shape) <= 160:
        return {}
    torch, msssim = (importlib.import_module(name) for name in ("torch", "pytorch_msssim"))
    x_t, y_t = (torch.tensor(image, dtype=torch.float32)[None, None] for image in (x, y))
    leaf = y_t.clone().requires_grad_()

    def backward() -> Any:
        leaf.grad = None
        msssim.ms_ssim(leaf, x_t, data_range=255).backward()
        return leaf.grad

    return {PEER: backward}


def measure(side: int) -> dict[str, float]:
    """Return the times of one size in milliseconds."""
    x, y = pair(side)
    calls = family(x, y) | peer(x, y)
    warm_up_every()
    return milliseconds(calls)


def table(found: dict[int, dict[str, float]], rows: dict[str, tuple[str, str | None]]) -> None:
    """Print times, or their ratios, one column for each size."""
    print(f"| {'':<52}" + "".join(f" | {f'{side}²':>9}" for side in found) + " |")
    print("| ---" + "".join(" | ---:" for _ in found) + " |")
    for title, (name, other) in rows.items():
        cells = []
        for times in found.values():
            known = name in times and (other is None or other in times)
            cells.append(f"{times[name] / (times[other] if other else 1):.2f}" if known else "")
        print(f"| {title:<52}" + "".join(f" | {cell:>9}" for cell in cells) + " |")


def main() -> None:
    """Print the times and the ratios."""
    print(f"Compiled kernels: {'ready' if warm_up() else 'none'}.\n", flush=True)
    found = {side: measure(side) for side in SIDES}
    names = dict.fromkeys(name for times in found.values() for name in times)
    print("Milliseconds.\n")
    table(found, {name: (name, None) for name in names})
    print("\nRatios.\n")
    table(found, {title: (name, other) for title, name, other in RATIOS})


if __name__ == "__main__":
    main()
