"""What a climb starts from: reference, start, convention, range, and what is to be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.files import notes_of, read_pair
from ssim_viewer.cli.metric_options import metric_from
from ssim_viewer.cli.pairing_options import pairing_from
from ssim_viewer.images import read_image
from ssim_viewer.metrics.counting import not_numbers, over_channels, within
from ssim_viewer.session.range_words import convention
from ssim_viewer.session.saving import BYTE_SUFFIXES, FLOAT_SUFFIXES
from ssim_viewer.synthesis import white_noise

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ssim_viewer.metrics import Ssim

    Pixels = NDArray[np.generic]
    Start = Callable[[Pixels, float, NDArray[np.bool_] | None], Pixels]


@dataclass(frozen=True, slots=True, eq=False)
class ClimbInputs:
    """What a climb starts from, what is to be said about it, and the pixels that may change.

    Attributes
    ----------
    convention
        Of SSIM in words, with the part that counts.
    """

    ssim: Ssim
    reference: Pixels
    start: Pixels
    pixel_range: tuple[float, float] | None
    notes: list[str]
    counts: NDArray[np.bool_] | None = None
    convention: str = ""


def climb_inputs_from(options: Namespace, start: Path | Start) -> ClimbInputs:
    """Read the reference and the start.

    Parameters
    ----------
    options
        With reference, align, free_range and the settings of SSIM.
    start
        A file, or what makes the start from the reference, the data range and what counts.
    """
    reference = read_image(options.reference, profile=options.profile)
    pairing = pairing_from(options)
    if not isinstance(start, Path):
        pair = pairing.alone(reference)
        reference = pair.reference
        notes = [*notes_of(reference), *pair.notes]
        ssim = metric_from(options, reference.data_range)
        counts = within(ssim.crop, reference.pixels.shape, pair.mask)
        pixels = start(reference.pixels, ssim.data_range, counts)
        if pair.mask is not None:
            pixels = np.where(over_channels(pair.mask, pixels), pixels, reference.pixels)
    else:
        pair = read_pair(reference, start, pairing, profile=options.profile)
        notes = [*notes_of(pair.reference, pair.distorted), *pair.notes]
        reference, pixels = pair.reference, pair.distorted.pixels
        ssim = metric_from(options, reference.data_range)
    if pair.mask is not None:
        notes.append("Pixels that do not count are held as they are.")
    pixel_range = None if options.free_range else (0.0, ssim.data_range)
    notes = list(dict.fromkeys(notes))
    counts = within(ssim.crop, reference.pixels.shape, pair.mask)
    words = convention(
        ssim,
        reference.pixels.shape,
        pair.range_source,
        pair.mask,
        pair.registered,
        channel=pairing.channel,
    )
    return ClimbInputs(ssim, reference.pixels, pixels, pixel_range, notes, counts, words)


def ground_of_level(options: Namespace) -> ClimbInputs:
    """Return the inputs of a climb at a level: from a file, or from noise of a wanted MSE."""

    def noise(reference: Pixels, white: float, counts: NDArray[np.bool_] | None) -> Pixels:
        pixel_range = None if options.free_range else (0.0, white)
        seed = options.seed or 0
        return white_noise(
            reference, options.noise_mse, seed=seed, pixel_range=pixel_range, counts=counts
        )

    return climb_inputs_from(options, noise if options.start is None else options.start)


def require_one_start(options: Namespace) -> None:
    """Raise CommandError unless there is either a file or noise to start from."""
    if (options.start is None) == (options.noise_mse is None):
        what = "--start FILE" if options.command == "mad" else "an image START"
        raise CommandError(
            f"A climb needs one start: give {what} or --noise-mse M "
            f"(see ssim-viewer {options.command} --help)"
        )
    if options.seed is not None and options.noise_mse is None:
        raise CommandError("--seed is of the noise; give --noise-mse M as well.")


def require_numbers_for(path: Path | None, inputs: ClimbInputs, other: str) -> None:
    """Raise CommandError if a file of 8 bits cannot hold what the climb leaves as it is.

    Parameters
    ----------
    other
        What to give instead.
    """
    bad = np.count_nonzero(not_numbers(inputs.start))
    if bad and path is not None and path.suffix.lower() in BYTE_SUFFIXES:
        raise CommandError(
            f"{bad} pixels of the start are not a number (NaN), which 8 bits cannot hold; {other}."
        )


def require_image_suffix(path: Path | None) -> None:
    """Raise CommandError unless a file for an image has a name that says its format."""
    suffixes = BYTE_SUFFIXES + FLOAT_SUFFIXES
    if path is not None and path.suffix.lower() not in suffixes:
        raise CommandError(f"--output needs a name that ends in {', '.join(suffixes)}.")
