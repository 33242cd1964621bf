"""The held-out images of a run as files: a folder for each loss, and one of the originals.

So they are candidates of a preference study.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.images import write_image
from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.training.run_file import Run

REFERENCE, CUBIC = "reference", "bicubic"


def write_candidates(folder: Path, run: Run) -> None:
    """Write the images that are shown of a run into a folder.

    Raises
    ------
    TrainingError
        A folder cannot be made.
    ImageError
        A file cannot be written.
    """
    shown = run.shown
    sets = {REFERENCE: shown.targets}
    if run.settings.network == "sr":
        sets[CUBIC] = shown.inputs
    for name, outputs in zip(run.settings.losses, shown.outputs, strict=True):
        sets[name.replace("*", " ")] = outputs
    for name, images in sets.items():
        try:
            (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TrainingError(
                tr(
                    "The folder “{name}” cannot be made: {strerror}.",
                    name=name,
                    strerror=error.strerror,
                )
            ) from None
        for place, pixels in enumerate(images):
            write_image(folder / name / f"{place + 1:02}.png", pixels, 255.0, depth="uint8")
