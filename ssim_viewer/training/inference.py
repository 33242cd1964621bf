"""The networks of a finished run on whole images of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp
import numpy as np

from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError
from ssim_viewer.training.layouts import picture_files
from ssim_viewer.training.loss_terms import parse_loss
from ssim_viewer.training.networks import LAYERS, autoencoder, encode, srcnn
from ssim_viewer.training.pictures import (
    cropped_to_multiple,
    enlarged_again,
    luma,
    read_picture,
    studio_luma,
)
from ssim_viewer.training.scoring import border_of, score

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.training.run_file import Run
    from ssim_viewer.training.settings import TrainingSettings

    Plane = NDArray[np.float32]

ROWS = 256
"""Of an image that go through SRCNN at once, so that its memory is bounded."""
REACH = sum(taps // 2 for taps, _, _ in LAYERS)
"""How far SRCNN looks, in pixels."""


class RunNetwork:
    """One network of a run.

    Parameters
    ----------
    run
        A run with weights.
    name
        Of the loss; "" for the first one.

    Raises
    ------
    TrainingError
        The run has no such loss.
    """

    def __init__(self, run: Run, name: str = "") -> None:
        losses = run.settings.losses
        self.name = parse_loss(name).name if name else losses[0]
        if self.name not in losses:
            raise TrainingError(
                tr(
                    "The run has no loss {name}; it has {names}.",
                    name=self.name,
                    names=", ".join(losses),
                )
            )
        self._settings = run.settings
        found = run.weights[losses.index(self.name)]
        self._weights = {key: jnp.asarray(value) for key, value in found.items()}
        self._apply = jax.jit(srcnn if run.settings.network == "sr" else autoencoder)

    def target_and_output(self, image: Image) -> tuple[Plane, Plane]:
        """Return what the network shall make of an image, and what it makes, both (H, W).

        Super-resolution is given the image shrunk; the autoencoder the patches of the image, side
        by side; both leave out what is over at the right and at the bottom.
        """
        settings = self._settings
        if settings.network == "sr":
            target = cropped_to_multiple(studio_luma(image), settings.factor)
        else:
            target = cropped_to_multiple(luma(image), settings.side)
        if min(target.shape) < settings.side:
            raise TrainingError(
                tr(
                    "“{name}” is {size_text}, smaller than the patches of the run, "
                    "{side}×{side}; leave it out.",
                    name=image.name,
                    size_text=image.size_text,
                    side=settings.side,
                )
            )
        if settings.network == "sr":
            return target, self._in_strips(enlarged_again(target, settings.factor))
        return target, self._in_patches(target)

    def codes(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the codes of patches (N, side, side), (N, code)."""
        if self._settings.network == "sr":
            raise TrainingError(tr("Super-resolution has no codes; train an autoencoder."))
        return np.asarray(jax.jit(encode)(self._weights, images))

    def _in_strips(self, plane: Plane) -> Plane:
        output = np.empty_like(plane)
        for top in range(0, len(plane), ROWS):
            first, last = max(0, top - REACH), min(len(plane), top + ROWS + REACH)
            made = np.asarray(self._apply(self._weights, plane[None, first:last])[0])
            output[top : top + ROWS] = made[top - first : top - first + ROWS]
        return output

    def _in_patches(self, plane: Plane) -> Plane:
        side = self._settings.side
        rows, columns = (size // side for size in plane.shape)
        patches = plane.reshape(rows, side, columns, side).swapaxes(1, 2).reshape(-1, side, side)
        made = np.asarray(self._apply(self._weights, patches))
        return made.reshape(rows, columns, side, side).swapaxes(1, 2).reshape(plane.shape)


def evaluate_folder(
    run: Run,
    folder: Path,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
    settings: TrainingSettings | None = None,
) -> Mapping[str, NDArray[np.float64]]:
    """Return the scores of every network of a run on the images of a folder.

    Parameters
    ----------
    tell
        Takes how many images are done, and of how many.
    settings
        How files are read, where not as the run read its own.

    Returns
    -------
    mapping from the name of a loss to an array (images, scores), in the order of `SCORES`
        Of super-resolution also "bicubic".
    """
    files = picture_files(folder) if folder.is_dir() else []
    if not files:
        raise TrainingError(tr("“{folder}” holds no image; choose another folder.", folder=folder))
    networks = [RunNetwork(run, name) for name in run.settings.losses]
    found: dict[str, list[list[float]]] = {each.name: [] for each in networks}
    border = border_of(run.settings)
    for done, file in enumerate(files):
        tell(done, len(files))
        image = read_picture(file, settings or run.settings)
        for network in networks:
            target, output = network.target_and_output(image)
            found[network.name].append(score(target, output, border))
        if run.settings.network == "sr":
            cubic = enlarged_again(target, run.settings.factor)
            found.setdefault("bicubic", []).append(score(target, cubic, border))
    tell(len(files), len(files))
    return {name: np.array(scores) for name, scores in found.items()}
