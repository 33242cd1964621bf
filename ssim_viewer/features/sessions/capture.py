"""From the session of the program to what a session file says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.features.sessions.archive import Archive
from ssim_viewer.features.sessions.looks import saved_look
from ssim_viewer.features.sessions.saved import (
    SavedFrame,
    SavedImages,
    SavedNoise,
    SavedRun,
    SavedSession,
)
from ssim_viewer.images import ImageError
from ssim_viewer.images.recipe import FileRecipe
from ssim_viewer.images.resolving import digest_of, recipe_of
from ssim_viewer.session.state import Start
from ssim_viewer.synthesis import white_noise
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.images.recipe import Recipe
    from ssim_viewer.session.run import Frame, Run
    from ssim_viewer.session.state import Document, Session

NOTHING_TO_SAVE = tr("There is nothing to save yet: open an image first.")

FRAME_BYTES = 256 * 2**20
"""Bytes of images of a run that go into a file, besides the one on screen."""


def capture(
    session: Session,
    features: Mapping[str, Any],
    folder: Path,
    *,
    frame_bytes: int = FRAME_BYTES,
) -> Archive:
    """Return what a session file in a folder holds.

    Parameters
    ----------
    features
        What features keep, by their ids.
    frame_bytes
        Bytes of images of a run that are kept, besides its start, its latest and the one on screen.

    Raises
    ------
    ImageError
        If no pair was opened yet.
    """
    document = session.document
    opened = document.opened
    if opened is None or document.pair is None:
        raise ImageError(NOTHING_TO_SAVE)
    table = _Table()
    mask = None
    if opened.mask is not None:
        mask = (table.keep(opened.mask.pixels), opened.mask.name)
    images = SavedImages(
        table.place(opened.reference),
        table.place(opened.distorted),
        tuple(map(table.place, opened.candidates)),
        None if opened.lacking is None else opened.lacking.value,
        opened.alignment,
        opened.given,
        opened.background,
        mask,
        opened.channel,
    )
    run = None if document.run is None else _saved_run(document, document.run, table, frame_bytes)
    saved = SavedSession(
        tuple(table.recipes),
        {path: _seen_from(folder, path) for path in table.paths()},
        images,
        document.metric,
        document.driver,
        document.experiment,
        session.playback,
        saved_look(session.look),
        run,
        dict(features),
        {name: dict(values) for name, values in document.settings.items()},
        tuple(_saved_run(document, each, table, 0) for each in document.branches),
    )
    return Archive(saved, table.arrays)


class _Table:
    """The recipes of images, each once, and the arrays that they need."""

    def __init__(self) -> None:
        self.recipes: list[Recipe] = []
        self.arrays: dict[str, NDArray[Any]] = {}
        self._places: dict[int, int] = {}

    def place(self, image: Image) -> int:
        """Return the place of an image, which is entered the first time."""
        if id(image) not in self._places:
            recipe, arrays = recipe_of(image)
            self._places[id(image)] = len(self.recipes)
            self.recipes.append(recipe)
            self.arrays |= arrays
        return self._places[id(image)]

    def keep(self, array: NDArray[Any]) -> str:
        """Keep an array and return its digest."""
        if array.dtype == np.bool_:
            array = array.astype(np.uint8)
        digest = digest_of(array)
        self.arrays[digest] = array
        return digest

    def paths(self) -> set[str]:
        """Return the files of all recipes, also of those within others."""
        return {str(each.path) for recipe in self.recipes for each in _files(recipe)}


def _files(recipe: Any) -> Iterator[FileRecipe]:
    if isinstance(recipe, FileRecipe):
        yield recipe
        return
    for name in ("reference", "base"):
        inner = getattr(recipe, name, None)
        if inner is not None:
            yield from _files(inner)


def _seen_from(folder: Path, path: str) -> str:
    """Return a path as seen from a folder, with slashes, or "" on another drive."""
    try:
        return os.path.relpath(os.path.abspath(path), os.path.abspath(folder)).replace(os.sep, "/")  # noqa: PTH100 - pathlib has no relpath
    except ValueError:
        return ""


def _saved_run(document: Document, run: Run, table: _Table, room: int) -> SavedRun:
    frames = tuple(_saved_frame(document, frame, table) for frame in _chosen(run, room))
    return SavedRun(table.keep(run.trace), frames, run.cursor)


def _chosen(run: Run, room: int) -> list[Frame]:
    """Return the start, the latest, the one on screen, and others while there is room."""
    wanted = {run.frames[0].index, run.frames[-1].index, run.frame.index}
    others = [frame for frame in run.frames if frame.index not in wanted]
    count = room // run.frames[0].image.nbytes
    if others and count:
        step = -(-len(others) // count)
        wanted |= {frame.index for frame in others[::step]}
    return [frame for frame in run.frames if frame.index in wanted]


def _saved_frame(document: Document, frame: Frame, table: _Table) -> SavedFrame:
    experiment, pair = document.experiment, document.pair
    if frame.index == 0 and experiment.start is Start.NOISE and pair is not None:
        limits = document.pixel_range
        noise = SavedNoise(experiment.noise_mse, experiment.seed, limits)
        again = white_noise(
            pair.reference.pixels, noise.mse, seed=noise.seed, pixel_range=noise.pixel_range
        )
        if np.array_equal(again, frame.image):
            return SavedFrame(0, noise=noise)
    return SavedFrame(frame.index, table.keep(frame.image))
