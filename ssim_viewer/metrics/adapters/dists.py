"""DISTS by its authors' package: structure and texture as a network for recognition sees them.

Ding, Ma, Wang, Simoncelli: Image quality assessment: Unifying structure and texture similarity.
IEEE Transactions on Pattern Analysis and Machine Intelligence 44(5), 2022. The weights α and β come
with the package; those of the network are torchvision's and have to be there: nothing is
downloaded. Its statistics are of whole feature maps, so it has no local map.
"""

from __future__ import annotations

import sys
import warnings
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ssim_viewer.metrics.adapters.installed import lack_of_package, lack_of_weights
from ssim_viewer.metrics.adapters.settings import AdapterBase
from ssim_viewer.metrics.adapters.torch_engine import TorchEngine
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.metrics.adapters.bound import Rgb

VGG = "vgg16-397923af.pth"


def lack() -> str:
    """Return what DISTS lacks, in a sentence, "" where it can run."""
    packages = lack_of_package("DISTS", "dists", "torch", "torchvision", "DISTS_pytorch")
    return packages or lack_of_weights("DISTS", VGG)


@dataclass(frozen=True, slots=True)
class Dists(AdapterBase):
    """Settings of DISTS; 0 is best."""

    higher_is_better: ClassVar[bool] = False
    bytes_per_sample: ClassVar[tuple[int, int]] = (900, 1800)

    def engine(self, reference: Rgb, /) -> TorchEngine:
        """Return the package's network with its weights.

        Raises
        ------
        MetricError
            The weights are not there.
        """
        if sentence := lack_of_weights("DISTS", VGG):
            raise MetricError(sentence)
        torch, package = import_module("torch"), import_module("DISTS_pytorch")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it calls torchvision as one did years ago
            network = package.DISTS(load_weights=False)
        fitted = torch.load(_fitted(package), map_location="cpu")
        network.alpha.data, network.beta.data = fitted["alpha"], fitted["beta"]
        network.requires_grad_(False)
        return TorchEngine(torch, reference, lambda x, y: network(x, y, require_grad=True))

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr("VGG-16, at the size of the image, single precision")


def _fitted(package: Any) -> Path:
    """Return the file of α and β, which versions of the package put in two places."""
    beside = Path(package.__file__).with_name("weights.pt")
    return beside if beside.is_file() else Path(sys.prefix) / "weights.pt"
