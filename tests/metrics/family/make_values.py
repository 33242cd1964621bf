"""Make `values.json`: what piq, plenoptic and a port of SSIMULACRA 2 say of the pairs.

It is run by hand in an environment of its own, never by the tests:

    pip install torch torchvision piq plenoptic ssimulacra2 scikit-image
    python -m tests.metrics.family.make_values

The port blurs with SciPy's Gaussian; here it is given libjxl's recursive one, run as a recursion.
"""

from __future__ import annotations

import json
import math
import tempfile
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import piq
import plenoptic
import ssimulacra2.ssimulacra2 as port
import torch
from PIL import Image

from tests.metrics.family.pairs import direction, pairs

VALUES = Path(__file__).with_name("values.json")
warnings.simplefilter("ignore")


def main() -> None:
    """Write value, and derivative along `direction`, of every metric and pair."""
    found: dict[str, dict[str, list[float]]] = {}
    for name, (x, y) in pairs().items():
        found[name] = {metric: _measured(f, x, y) for metric, f in _metrics().items()}
        port.blur_image = _recursive
        found[name]["ssimulacra2"] = [_port(x, y)]
    packages = ("piq", "plenoptic", "ssimulacra2", "torch")
    about = {package: version(package) for package in packages}
    VALUES.write_text(json.dumps({"made with": about, "values": found}, indent=1) + "\n")


def _metrics() -> dict[str, Any]:
    return {
        "haarpsi": lambda x, y: piq.haarpsi(x, y, data_range=255.0),
        "vif": lambda x, y: piq.vif_p(y, x, data_range=255.0),
        "ms-gmsd": lambda x, y: piq.multi_scale_gmsd(x, y, data_range=255.0),
        "fsim": lambda x, y: piq.fsim(x, y, data_range=255.0, chromatic=False),
        "fsimc": lambda x, y: piq.fsim(x, y, data_range=255.0, chromatic=x.shape[1] == 3),
        "iw-ssim": lambda x, y: piq.information_weighted_ssim(y, x, data_range=255.0),
        "nlpd": lambda x, y: plenoptic.metric.nlpd(x / 255, y / 255, epsilon=0.0).mean(),
    }


def _measured(metric: Any, x: Any, y: Any) -> list[float]:
    a, b = (_tensor(image) for image in (x, y))
    b.requires_grad_(True)
    value = metric(a, b)
    value.backward()
    gradient = b.grad[0].permute(1, 2, 0).numpy().reshape(x.shape)
    return [value.item(), float((gradient * direction(x.shape)).sum())]


def _tensor(image: Any) -> Any:
    array = image if image.ndim == 3 else image[..., np.newaxis]
    return torch.tensor(array).permute(2, 0, 1)[None].double()


def _port(x: Any, y: Any) -> float:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{k}.png" for k in range(2)]
        for path, image in zip(paths, (x, y), strict=True):
            Image.fromarray(np.rint(image).astype(np.uint8)).convert("RGB").save(path)
        return float(port.compute_ssimulacra2(*paths))


def _recursive(image: Any, sigma: float = 1.5) -> Any:
    """Blur as libjxl's FastGaussian: three recursions of second order along each axis."""
    return _along(np.swapaxes(_along(np.swapaxes(image, 0, 1), sigma), 0, 1), sigma)


def _along(image: Any, sigma: float) -> Any:
    radius = round(3.2795 * sigma + 0.2546)
    omega = [k * math.pi / (2 * radius) for k in (1, 3, 5)]
    p = [1 / math.tan(omega[0] / 2), -1 / math.tan(omega[1] / 2), 1 / math.tan(omega[2] / 2)]
    r = [s * a * a / math.sin(w) for s, a, w in zip((1, -1, 1), p, omega, strict=True)]
    rho = [math.exp(-0.5 * sigma**2 * w * w) / radius for w in omega]
    d13, d35, d51 = (p[a] * r[b] - r[a] * p[b] for a, b in ((0, 1), (1, 2), (2, 0)))
    zeta_15, zeta_35 = d35 / d13, d51 / d13
    system = np.array([p, r, [zeta_15, zeta_35, 1]])
    gamma = [1, radius**2 - sigma**2, zeta_15 * rho[0] + zeta_35 * rho[1] + rho[2]]
    beta = np.linalg.solve(system, gamma)
    wide = np.pad(image, ((2 * radius, 2 * radius), (0, 0), (0, 0)))
    total = np.zeros_like(wide)
    for b, w in zip(beta, omega, strict=True):
        n2, d1 = -b * math.cos(w * (radius + 1)), -2 * math.cos(w)
        y = np.zeros_like(wide)
        for n in range(radius + 1, len(wide) - radius + 1):
            y[n] = n2 * (wide[n - radius - 1] + wide[n + radius - 1]) - d1 * y[n - 1] - y[n - 2]
        total += y
    return total[2 * radius : 2 * radius + len(image)]


if __name__ == "__main__":
    main()
