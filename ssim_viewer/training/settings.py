"""The settings of a run: all that decides its curves, in one frozen value that JSON can hold."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError
from ssim_viewer.training.loss_terms import parse_loss

if TYPE_CHECKING:
    from ssim_viewer.images import Profile

Network = Literal["autoencoder", "sr"]

LOSSES = ("mse", "mae", "ssim", "ms-ssim")
FACTORS = (2, 3, 4)
SIDES = {"autoencoder": 48, "sr": 33}
"""The side of a patch where none is given."""
BATCHES = {"autoencoder": 32, "sr": 4}
RATES = {"autoencoder": 1e-3, "sr": 2e-4}
STRIDE = 8
"""By how much the autoencoder shrinks an image before its code."""


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Settings of a run.

    Attributes
    ----------
    network
        "autoencoder", or "sr": SRCNN 9-5-5.
    losses
        Names that `parse_loss` reads; one copy of the network learns by each.
    data
        "samples", "faces", or the path of a folder or an STL-10 file.
    steps
        How many steps a run has.
    side
        Of the patches in pixels; 0 for the usual one of the network.
    batch
        Patches a step; 0 for the usual number.
    code
        Numbers in the code of the autoencoder.
    factor
        Of the super-resolution.
    rate
        Learning rate of Adam; 0 for the usual one of the network.
    seed
        Of weights, order and generated data.
    every
        Steps between two measurements of the held-out images.
    data_range
        White in the files of a folder; 0 takes it from the type of each, or guesses it of floats.
    background
        The grey under transparency, as a fraction of white.
    profile
        What is done with the colours of files that have an ICC profile.

    Raises
    ------
    TrainingError
        A setting is out of its range.
    """

    network: Network = "autoencoder"
    losses: tuple[str, ...] = LOSSES
    data: str = "samples"
    steps: int = 600
    side: int = 0
    batch: int = 0
    code: int = 64
    factor: int = 4
    rate: float = 0.0
    seed: int = 0
    every: int = 20
    data_range: float = 0.0
    background: float = 0.5
    profile: Profile = "keep"

    def __post_init__(self) -> None:
        if self.network not in get_args(Network):
            raise TrainingError(
                tr("The network is autoencoder or sr, not “{network}”.", network=self.network)
            )
        names = tuple(parse_loss(text).name for text in self.losses)
        if not names or len(set(names)) < len(names):
            raise TrainingError(tr("Give at least one loss, and each only once."))
        object.__setattr__(self, "losses", names)
        usuals: tuple[tuple[str, dict[str, Any]], ...] = (
            ("side", SIDES),
            ("batch", BATCHES),
            ("rate", RATES),
        )
        for name, usual in usuals:
            if getattr(self, name) == 0:
                object.__setattr__(self, name, usual[self.network])
        for name, least in (("steps", 1), ("batch", 1), ("code", 1), ("every", 1), ("seed", 0)):
            if getattr(self, name) < least:
                raise TrainingError(
                    tr(
                        "The setting {name} is a whole number of at least {least}.",
                        name=name,
                        least=least,
                    )
                )
        if not (math.isfinite(self.data_range) and self.data_range >= 0):
            raise TrainingError(tr("The data range is a number above 0."))
        if not 0 < self.rate <= 1:
            raise TrainingError(tr("The learning rate is above 0 and at most 1."))
        self._check_sizes()

    def _check_sizes(self) -> None:
        if self.side < 16:
            raise TrainingError(tr("The side of a patch is at least 16 pixels."))
        if self.network == "autoencoder" and self.side % STRIDE:
            raise TrainingError(
                tr("The side of a patch is a multiple of {stride} pixels.", stride=STRIDE)
            )
        if self.network == "sr" and self.factor not in FACTORS:
            raise TrainingError(tr("The factor of the super-resolution is 2, 3 or 4."))

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person must know about these losses on patches of this size, each once."""
        found = [note for name in self.losses for note in parse_loss(name).notes(self.side)]
        return tuple(dict.fromkeys(found))

    def as_json(self) -> dict[str, Any]:
        """Return the settings as JSON holds them."""
        return dataclasses.asdict(self) | {"losses": list(self.losses)}

    @classmethod
    def from_json(cls, found: Any) -> TrainingSettings:
        """Return the settings that `as_json` gave; raise a TrainingError for anything else."""
        try:
            return cls(**{**found, "losses": tuple(found["losses"])})
        except (TypeError, KeyError) as error:
            raise TrainingError(
                tr("The settings of the run cannot be read: {error}.", error=error)
            ) from None
