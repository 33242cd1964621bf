"""ColorVideoVDP by its authors' package: visible differences on a display of known size and light.

Mantiuk, Hanji, Ashraf, Asano, Chapiro: ColorVideoVDP: A visual difference predictor for image,
video and display distortions. ACM Transactions on Graphics 43(4), 2024. The score is in JOD, just
objectionable differences: 10 looks the same, and each one less is a step of preference.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ssim_viewer.metrics.adapters.installed import lack_of_package
from ssim_viewer.metrics.adapters.settings import AdapterBase
from ssim_viewer.metrics.adapters.torch_engine import TorchEngine
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.metrics.adapters.bound import Rgb

Display = Literal["standard_4k", "standard_fhd", "standard_phone", "standard_hmd"]


def lack() -> str:
    """Return what ColorVideoVDP lacks, in a sentence, "" where it can run."""
    return lack_of_package("ColorVideoVDP", "cvvdp", "torch", "pycvvdp")


@dataclass(frozen=True, slots=True)
class ColorVideoVdp(AdapterBase):
    """Settings of ColorVideoVDP; 10 is best."""

    higher_is_better: ClassVar[bool] = True
    bytes_per_sample: ClassVar[tuple[int, int]] = (500, 1000)

    display: Display = field(
        default="standard_4k",
        metadata={
            "title": tr("Display"),
            "meaning": tr("Its size, distance, light and pixels, as the package knows it."),
            "choices": (
                (tr("4K, 30 inches"), "standard_4k"),
                (tr("Full HD, 24 inches"), "standard_fhd"),
                (tr("Phone"), "standard_phone"),
                (tr("Before the eyes"), "standard_hmd"),
            ),
        },
    )

    def engine(self, reference: Rgb, /) -> TorchEngine:
        """Return the package's predictor for still images."""
        torch, package = import_module("torch"), import_module("pycvvdp")
        device = torch.device("cpu")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            plain, local = (
                package.cvvdp(display_name=self.display, heatmap=kind, quiet=True, device=device)
                for kind in (None, "raw")
            )

        def score(x: Any, y: Any) -> Any:
            return plain.predict(y[0], x[0], dim_order="CHW")[0]

        def heat(x: Any, y: Any) -> Any:
            return local.predict(y[0], x[0], dim_order="CHW")[1]["heatmap"]

        return TorchEngine(torch, reference, score, heat, "visible difference")

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr("display {display}, still image, single precision", display=self.display)
