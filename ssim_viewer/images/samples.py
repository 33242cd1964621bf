"""The sample images that come with the program.

Where they come from, and under which licences, stands in ``resources/PROVENANCE.md``.
"""

from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from ssim_viewer.images.decoding import decode_image
from ssim_viewer.images.errors import ImageError
from ssim_viewer.images.image import Image
from ssim_viewer.images.recipe import SampleRecipe
from ssim_viewer.text import tr


@dataclass(frozen=True, slots=True)
class Sample:
    """One image of the resources.

    Parameters
    ----------
    name
        Its key, such as ``camera-jpeg``.
    title
        Its name for reading.
    kind
        Whether it is a reference or a distorted version of one.
    reference
        For a distorted one, the name of its reference.
    provenance
        Who made it, and under which licence.
    file
        Its file in the folder ``samples`` of the resources.
    """

    name: str
    title: str
    kind: Literal["reference", "distorted"]
    reference: str | None
    provenance: str
    file: str


def _reference(name: str, title: str, provenance: str) -> Sample:
    return Sample(name, title, "reference", None, provenance, f"{name}.png")


def _camera(name: str, title: str) -> Sample:
    origin = tr("Made from “camera” by Lav Varshney; CC0.")
    return Sample(f"camera-{name}", title, "distorted", "camera", origin, f"camera-{name}.png")


_SAMPLES = (
    _reference("camera", tr("Camera"), tr("Photograph by Lav Varshney; CC0.")),
    _reference("astronaut", tr("Astronaut"), tr("Photograph by NASA; public domain.")),
    _reference("chelsea", tr("Chelsea the cat"), tr("Photograph by Stefan van der Walt; CC0.")),
    _reference("coffee", tr("Coffee"), tr("Photograph by Rachel Michetti; CC0.")),
    _reference("brick", tr("Brick"), tr("From CC0Textures, Bricks25; CC0.")),
    _camera("jpeg", tr("Camera, JPEG compression")),
    _camera("blur", tr("Camera, Gaussian blur")),
    _camera("noise", tr("Camera, Gaussian noise")),
    _camera("contrast", tr("Camera, contrast stretch")),
    _camera("shift", tr("Camera, mean shift")),
)

_PREFIX = "Sample: "
"""What the name of a sample begins with."""

DEFAULT_SAMPLE = ("camera", "camera-jpeg")


def samples() -> tuple[Sample, ...]:
    """Return every sample, references first."""
    return _SAMPLES


def read_sample(name: str) -> Image:
    """Read a sample by its name.

    Parameters
    ----------
    name
        One of the names in `samples`.

    Returns
    -------
    Image
        Named ``Sample: …``; without a path, since in a wheel it need not be a file.

    Raises
    ------
    ImageError
        If there is no such sample, or its file is missing from the installation.
    """
    sample = next((sample for sample in _SAMPLES if sample.name == name), None)
    if sample is None:
        known = ", ".join(sample.name for sample in _SAMPLES)
        raise ImageError(
            tr("There is no sample “{name}”; choose one of {known}.", name=name, known=known)
        )
    try:
        data = resources().joinpath("samples", sample.file).read_bytes()
    except OSError:
        raise ImageError(
            tr(
                "The sample “{name}” is missing from this installation; install the program again.",
                name=name,
            )
        ) from None
    image = decode_image(data, sample.file)
    return replace(image, name=f"{_PREFIX}{name}", recipe=SampleRecipe(name))


def is_sample(image: Image) -> bool:
    """Whether an image is one of the samples, and no file of a person's own."""
    return image.path is None and image.name.startswith(_PREFIX)


def resources() -> Traversable:
    """Return the folder of resources: in the package once installed, beside it in a checkout."""
    inside = files("ssim_viewer") / "resources"
    if inside.is_dir():
        return inside
    return Path(__file__).resolve().parents[2] / "resources"
