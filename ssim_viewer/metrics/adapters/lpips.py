"""LPIPS by its authors' package: distances between what a network for recognition sees.

Zhang, Isola, Efros, Shechtman, Wang: The unreasonable effectiveness of deep features as a
perceptual metric. CVPR 2018; version 0.1. The layers fitted to judgements come with the package;
the weights of the network are torchvision's and have to be there: nothing is downloaded.
"""

from __future__ import annotations

import copy
import warnings
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Literal

from ssim_viewer.metrics.adapters.installed import lack_of_package, lack_of_weights
from ssim_viewer.metrics.adapters.settings import AdapterBase
from ssim_viewer.metrics.adapters.torch_engine import TorchEngine
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.metrics.adapters.bound import Rgb

Network = Literal["alex", "vgg", "squeeze"]
FILES = {
    "alex": "alexnet-owt-7be5be79.pth",
    "vgg": "vgg16-397923af.pth",
    "squeeze": "squeezenet1_1-b8a52dc0.pth",
}


def lack() -> str:
    """Return what LPIPS lacks, in a sentence, "" where it can run."""
    packages = lack_of_package("LPIPS", "lpips", "torch", "torchvision", "lpips")
    return packages or lack_of_weights("LPIPS", FILES["alex"])


@dataclass(frozen=True, slots=True)
class Lpips(AdapterBase):
    """Settings of LPIPS; 0 is best."""

    higher_is_better: ClassVar[bool] = False
    bytes_per_sample: ClassVar[tuple[int, int]] = (400, 800)

    network: Network = field(
        default="alex",
        metadata={
            "title": tr("Network"),
            "choices": (("AlexNet", "alex"), ("VGG-16", "vgg"), ("SqueezeNet", "squeeze")),
        },
    )

    def engine(self, reference: Rgb, /) -> TorchEngine:
        """Return the package's network with its weights.

        Raises
        ------
        MetricError
            The weights are not there.
        """
        if sentence := lack_of_weights("LPIPS", FILES[self.network]):
            raise MetricError(sentence)
        torch, lpips = import_module("torch"), import_module("lpips")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it calls torchvision as one did years ago
            whole = lpips.LPIPS(net=self.network, verbose=False)
        local = copy.copy(whole)  # the same layers, averaged over nothing
        local.spatial = True
        return TorchEngine(
            torch,
            reference,
            lambda x, y: whole(x, y, normalize=True),
            lambda x, y: local(x, y, normalize=True),
            "LPIPS",
        )

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr("{network}, version 0.1, single precision", network=self.network)
