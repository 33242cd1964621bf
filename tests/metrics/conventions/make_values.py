"""Make `values.json`: what other programs say of the pairs of `pairs.py`.

It is run by hand in an environment of its own, never by the tests:

    pip install torch torchvision pytorch-msssim piq torchmetrics kornia tensorflow-cpu
    pip install scikit-image opencv-contrib-python-headless
    apt install octave octave-image ffmpeg
    npm install @imagemagick/magick-wasm@0.0.43     (in a folder named by $MAGICK)
    python -m tests.metrics.conventions.make_values

`authors.m` follows the published MATLAB code of the authors, line of formula by line of formula.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import kornia
import numpy as np
import piq
import pytorch_msssim
import tensorflow as tf
import torch
import torchmetrics.functional.image as torchmetrics
from skimage.metrics import structural_similarity

from tests.metrics.conventions.pairs import pairs

HERE = Path(__file__).parent
MAGICK = Path(os.environ["MAGICK"]) if "MAGICK" in os.environ else None


def tensor(image: np.ndarray[Any, Any]) -> Any:
    """Return an image as (1, C, H, W) in double precision."""
    channels = image[..., None] if image.ndim == 2 else image
    return torch.from_numpy(channels.astype(np.float64)).permute(2, 0, 1)[None]


def scikit_image(x: Any, y: Any) -> dict[str, Any]:
    axis = 2 if x.ndim == 3 else None
    gaussian = {"gaussian_weights": True, "sigma": 1.5}
    return {
        "default": structural_similarity(x, y, channel_axis=axis),
        "gaussian": structural_similarity(x, y, channel_axis=axis, **gaussian),
        "wang": structural_similarity(
            x, y, channel_axis=axis, use_sample_covariance=False, **gaussian
        ),
    }


def of_torch(x: Any, y: Any) -> dict[str, Any]:
    a, b = tensor(x), tensor(y)
    range_ = {"data_range": 255.0}
    found = {
        "pytorch-msssim ssim": pytorch_msssim.ssim(a, b, data_range=255),
        "pytorch-msssim ms_ssim": None,
        "piq ssim": piq.ssim(a, b, **range_),
        "piq gmsd": piq.gmsd(a, b, **range_),
        "piq multi_scale_gmsd": piq.multi_scale_gmsd(a, b, **range_),
        "piq haarpsi": piq.haarpsi(a, b, **range_),
        "piq vif_p": piq.vif_p(a, b, **range_),
        "piq fsim": piq.fsim(a, b, chromatic=False, **range_),
        "torchmetrics ssim": torchmetrics.structural_similarity_index_measure(a, b, **range_),
        "torchmetrics uqi": torchmetrics.universal_image_quality_index(a, b),
        "kornia same": kornia.metrics.ssim(a, b, 11, max_val=255.0).mean(),
        "kornia valid": kornia.metrics.ssim(a, b, 11, max_val=255.0, padding="valid").mean(),
    }
    if min(x.shape[:2]) > 161:
        found["pytorch-msssim ms_ssim"] = pytorch_msssim.ms_ssim(a, b, data_range=255)
        found["piq iw_ssim"] = piq.information_weighted_ssim(a, b, **range_)
    if x.ndim == 3:
        found["piq fsimc"] = piq.fsim(a, b, **range_)
    return {name: float(value) for name, value in found.items() if value is not None}


def tensorflow(x: Any, y: Any) -> dict[str, Any]:
    a, b = (tf.constant(i[..., None] if i.ndim == 2 else i, tf.float32) for i in (x, y))
    found = {"ssim": float(tf.image.ssim(a, b, 255.0))}
    if min(x.shape[:2]) >= 176:
        found["ssim_multiscale"] = float(tf.image.ssim_multiscale(a, b, 255.0))
    return found


def programs(x: Any, y: Any, folder: Path) -> dict[str, Any]:
    a, b = str(folder / "x.png"), str(folder / "y.png")
    for name, image in ((a, x), (b, y)):
        cv2.imwrite(name, image[..., ::-1] if image.ndim == 3 else image)
    planes = "gray" if x.ndim == 2 else "gbrp"
    graph = f"[0]format={planes}[p];[1]format={planes}[q];[p][q]ssim"
    said = subprocess.run(
        ["ffmpeg", "-i", b, "-i", a, "-lavfi", graph, "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    found = {}
    if MAGICK is not None:
        wasm = MAGICK / "node_modules/@imagemagick/magick-wasm/dist/x86/magick.wasm"
        script = str(shutil.copy(HERE / "imagemagick.mjs", MAGICK))
        said_so = subprocess.run(
            ["node", script, str(wasm), a, b], capture_output=True, text=True, check=True
        ).stdout
        found["imagemagick dssim"] = float(json.loads(said_so)["opposite"])
    return found | {
        "opencv": float(
            np.mean(vars(cv2)["quality"].QualitySSIM_compute(x, y)[0][: x.ndim // 3 * 2 + 1])
        ),
        "ffmpeg": float(re.findall(r"All:([\d.]+)", said)[-1]),
    }


def authors(x: Any, y: Any, folder: Path) -> dict[str, Any]:
    for name, image in (("x", x), ("y", y)):
        np.savetxt(folder / f"{name}.txt", image.reshape(image.shape[0], -1), fmt="%d")
    command = ["octave", "--no-gui", str(HERE / "authors.m"), str(folder), str(x.ndim)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return {name: float(value) for name, value in (line.split("=") for line in lines)}


def main() -> None:
    values = {}
    for name, (x, y) in pairs().items():
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            values[name] = {
                "scikit-image": scikit_image(x, y),
                "torch": of_torch(x, y),
                "tensorflow": tensorflow(x, y),
                "programs": programs(x, y, folder),
                "authors": authors(x, y, folder),
            }
    packages = (
        "scikit-image",
        "torch",
        "pytorch-msssim",
        "piq",
        "torchmetrics",
        "kornia",
        "tensorflow-cpu",
        "opencv-contrib-python-headless",
    )
    tools = {
        "ffmpeg": ["ffmpeg", "-version"],
        "octave": ["octave", "--version"],
    }
    versions: dict[str, str] = {"imagemagick": "7.1.2-30"} if MAGICK else {}
    versions |= {each: version(each) for each in packages}
    for tool, command in tools.items():
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        versions[tool] = re.findall(r"\d+\.[\d.-]+\d", said)[0]
    text = json.dumps({"versions": versions, "values": values}, indent=1)
    (HERE / "values.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
