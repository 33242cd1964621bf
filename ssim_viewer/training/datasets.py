"""Data of a run: images to train on, and images held out, which no step ever sees."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images import ImageError, image_from_array, read_sample
from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError
from ssim_viewer.training.faces import Labels, generate_faces
from ssim_viewer.training.layouts import (
    held_out_part,
    picture_files,
    read_stl,
    stl_files,
    yale_shot,
)
from ssim_viewer.training.pictures import (
    cropped_to_multiple,
    enlarged_again,
    luma,
    read_picture,
    resized,
    studio_luma,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.training.settings import TrainingSettings

    Plane = NDArray[np.float32]

TRAINED_SAMPLES, HELD_OUT_SAMPLES = ("astronaut", "coffee", "brick"), ("camera", "chelsea")
FACES = 1200
HELD_OUT = 32
"""How many patches or faces are held out; of super-resolution, whole images."""
PROBED, PROBED_EACH = 600, 5
"""Faces of a probe, and photographs of each person at least."""
MOST_FILES = 1000
MOST_SAMPLES = 60_000_000
"""Of all images together, 240 MB."""
HELD_SIDE = 160
"""Of super-resolution, the middles of held-out images are measured while it learns: it is quick."""


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Images of a run, each (H, W) in [0, 1].

    Attributes
    ----------
    inputs, targets
        To train on: what the network is given, and what it shall make of it.
    held_inputs, held_targets
        Held out.
    labels, held_labels
        What is known of them, of faces.
    """

    inputs: Sequence[Plane]
    targets: Sequence[Plane]
    held_inputs: Sequence[Plane]
    held_targets: Sequence[Plane]
    labels: Labels | None = None
    held_labels: Labels | None = None

    def batch(self, settings: TrainingSettings, step: int) -> tuple[Plane, Plane]:
        """Return the inputs and targets of a step, (batch, side, side); seed and step decide."""
        random = np.random.default_rng((settings.seed, 4, step))
        side, count = settings.side, settings.batch
        sizes = np.array(
            [(len(each) - side + 1) * (each.shape[1] - side + 1) for each in self.inputs]
        )
        chosen = random.choice(len(sizes), count, p=sizes / sizes.sum())
        inputs, targets = np.empty((2, count, side, side), np.float32)
        for place, which in enumerate(chosen):
            height, width = self.inputs[which].shape
            top, left = random.integers(height - side + 1), random.integers(width - side + 1)
            window = np.s_[top : top + side, left : left + side]
            inputs[place], targets[place] = self.inputs[which][window], self.targets[which][window]
        return inputs, targets


def load_dataset(settings: TrainingSettings) -> Dataset:
    """Return the data that the settings name.

    Raises
    ------
    TrainingError
        There are too few images, or they are too small, or a file is none.
    """
    if settings.data == "faces":
        return _whole(settings, *generate_faces(FACES, settings.side, settings.seed))
    if settings.data == "samples":
        return _patches(
            settings,
            [read_sample(name) for name in TRAINED_SAMPLES],
            [read_sample(name) for name in HELD_OUT_SAMPLES],
        )
    return _from_disk(settings, Path(settings.data).expanduser())


def probe_images(settings: TrainingSettings) -> tuple[NDArray[np.float32], Labels]:
    """Return faces that no step has seen, and what is known of them.

    Of a run on Yale B its held-out photographs; else generated faces: of the people of the run, if
    it learnt from faces, under other lights.

    Raises
    ------
    TrainingError
        Too few photographs are held out.
    """
    path = Path(settings.data).expanduser()
    files = picture_files(path) if path.is_dir() else []
    if not files or not all(yale_shot(file.name) for file in files):
        return generate_faces(PROBED, settings.side, settings.seed, lights=7)
    images, labels = _photographs(settings, files)
    _, out = _parted(settings, len(images))
    people, counts = np.unique(labels.identity[out], return_counts=True)
    known = out[np.isin(labels.identity[out], people[counts >= PROBED_EACH])]
    if len(np.unique(labels.identity[known])) < 2:
        raise TrainingError(
            tr(
                "“{path}” has too few photographs to probe: {probed_each} held out of each of two "
                "people at least.",
                path=path,
                probed_each=PROBED_EACH,
            )
        )
    return images[known], labels.part(known)


def _parted(settings: TrainingSettings, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places of the images to train on, and of those held out; the seed decides."""
    order = np.random.default_rng((settings.seed, 5)).permutation(count)
    held = max(1, count // 6)
    return order[held:], order[:held]


def _from_disk(settings: TrainingSettings, path: Path) -> Dataset:
    if not path.exists():
        raise TrainingError(tr("There is no folder “{path}”; choose another one.", path=path))
    if packed := stl_files(path):
        return _stl(settings, packed[0])
    files = picture_files(path) if path.is_dir() else []
    if len(files) < 2:
        found = tr("no image") if not files else tr("one image")
        raise TrainingError(
            tr(
                "“{path}” holds {found}; training needs at least two, one of them to be held out.",
                path=path,
                found=found,
            )
        )
    shots = [yale_shot(file.name) for file in files]
    if settings.network == "autoencoder" and all(shots):
        return _whole(settings, *_photographs(settings, files))
    held = held_out_part(files) or files[:: max(2, min(5, len(files)))]
    kept = [file for file in files if file not in set(held)]
    if not kept:
        raise TrainingError(
            tr("“{path}” holds images for tests only; choose the folder above it.", path=path)
        )
    return _patches(settings, _read(settings, kept), _read(settings, held[:MOST_FILES]))


def _stl(settings: TrainingSettings, path: Path) -> Dataset:
    images = [image_from_array(pixels, path.name) for pixels in read_stl(path, 5 * MOST_FILES)]
    if len(images) < 2:
        raise TrainingError(
            tr("“{name}” holds one image; training needs at least two.", name=path.name)
        )
    if settings.network == "sr":
        held = max(1, min(HELD_OUT, len(images) // 5))
        return _patches(settings, images[held:], images[:held])
    return _whole(settings, np.stack([resized(luma(each), settings.side) for each in images]), None)


def _photographs(
    settings: TrainingSettings, files: list[Path]
) -> tuple[NDArray[np.float32], Labels]:
    """Return the photographs of Yale B, (N, side, side), and what their names say."""
    images = _read(settings, files[: 5 * MOST_FILES])
    shots = [shot for file in files[: len(images)] if (shot := yale_shot(file.name))]
    labels = Labels(
        np.array([shot.person for shot in shots]),
        np.array([shot.azimuth for shot in shots]),
        np.array([shot.elevation for shot in shots]),
    )
    faces = np.stack([resized(luma(image), settings.side) for image in images])
    return faces, labels


def _whole(
    settings: TrainingSettings, images: NDArray[np.float32], labels: Labels | None
) -> Dataset:
    """Return images that are taken as they are; the seed decides which are held out."""
    if settings.network == "sr":
        held = max(1, min(HELD_OUT, len(images) // 5))
        pairs = [_small_and_large(each, settings.factor) for each in images]
        return Dataset(*_columns(pairs[held:]), *_columns(pairs[:held]))
    kept, out = _parted(settings, len(images))
    return Dataset(
        list(images[kept]),
        list(images[kept]),
        list(images[out[:HELD_OUT]]),
        list(images[out[:HELD_OUT]]),
        labels.part(kept) if labels else None,
        labels.part(out[:HELD_OUT]) if labels else None,
    )


def _patches(settings: TrainingSettings, kept: Sequence[Image], held: Sequence[Image]) -> Dataset:
    """Return images of which patches are taken."""
    for image in (*kept, *held):
        if min(image.pixels.shape[:2]) < settings.side + settings.factor:
            raise TrainingError(
                tr(
                    "“{name}” is {size_text}, too small for patches of "
                    "{side}×{side}; leave it out, or choose smaller patches.",
                    name=image.name,
                    size_text=image.size_text,
                    side=settings.side,
                )
            )
    if settings.network == "sr":
        trained = [_small_and_large(studio_luma(image), settings.factor) for image in kept]
        middles = [_middle(studio_luma(image), HELD_SIDE) for image in held[:HELD_OUT]]
        shown = [_small_and_large(plane, settings.factor) for plane in middles]
        return Dataset(*_columns(trained), *_columns(shown))
    planes = [luma(image) for image in kept]
    patches = _held_patches([luma(image) for image in held], settings)
    return Dataset(planes, planes, patches, patches)


def _held_patches(planes: Sequence[Plane], settings: TrainingSettings) -> list[Plane]:
    """Return patches of the held-out images, of each equally many, where the most is to be seen."""
    random = np.random.default_rng((settings.seed, 6))
    side, found = settings.side, []
    for place in range(HELD_OUT):
        plane = planes[place % len(planes)]
        tries = []
        for _ in range(4):
            top = random.integers(plane.shape[0] - side + 1)
            left = random.integers(plane.shape[1] - side + 1)
            tries.append(plane[top : top + side, left : left + side])
        found.append(max(tries, key=lambda patch: float(patch.std())))
    return found


def _small_and_large(plane: Plane, factor: int) -> tuple[Plane, Plane]:
    target = cropped_to_multiple(plane, factor)
    return enlarged_again(target, factor), target


def _columns(pairs: Sequence[tuple[Plane, Plane]]) -> tuple[list[Plane], list[Plane]]:
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _middle(plane: Plane, side: int) -> Plane:
    top, left = (max(0, (size - side) // 2) for size in plane.shape)
    return plane[top : top + side, left : left + side]


def _read(settings: TrainingSettings, files: Sequence[Path]) -> list[Image]:
    """Return the images of files, as many as memory should hold."""
    images, samples = [], 0
    for file in files:
        try:
            image = read_picture(file, settings)
        except ImageError as error:
            raise TrainingError(tr("{error} Take it out of the folder.", error=error)) from None
        images.append(image)
        samples += image.pixels.size
        if samples > MOST_SAMPLES:
            break
    return images
