"""From what a session file says to the document and the way of looking of the program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.features.sessions.looks import restored_look
from ssim_viewer.images import ImageError, Mask, names_a_file
from ssim_viewer.images.recipe import FileRecipe
from ssim_viewer.images.resolving import Resolver
from ssim_viewer.jobs.requests import AlignRequest
from ssim_viewer.metrics import catalogue
from ssim_viewer.session.metric_settings import known_settings
from ssim_viewer.session.run import COLUMNS, Frame, Run
from ssim_viewer.session.state import Document, Opened, Role
from ssim_viewer.synthesis import white_noise
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.features.sessions.archive import Archive
    from ssim_viewer.features.sessions.saved import SavedRun, SavedSession
    from ssim_viewer.images import Image
    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.session.playback import Playback
    from ssim_viewer.session.state import Look


@dataclass(frozen=True, slots=True, eq=False)
class Restored:
    """A session that was opened, ready to be put on screen.

    Attributes
    ----------
    notes
        What a person should know, such as files that have changed since.
    missing
        Names of files that are nowhere; then the rest is None.
    """

    document: Document | None = None
    look: Look | None = None
    playback: Playback | None = None
    features: Mapping[str, Any] | None = None
    notes: str = ""
    missing: tuple[str, ...] = ()


class MissingFilesError(ImageError):
    """Files of a session that are nowhere.

    Parameters
    ----------
    names
        The files, without their folders.
    """

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(tr("“{names}” is not where it was.", names=names[0]))
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the files of a session: as seen from its folder, where they were, in other folders.

    Attributes
    ----------
    folder
        That of the session file.
    places
        For each file where it was as seen from the session's folder.
    others
        Folders that a person has named.
    """

    folder: Path
    places: Mapping[str, str]
    others: tuple[Path, ...] = ()

    def __call__(self, path: Path) -> Path:
        """Return where a file is now; raise MissingFilesError where it is nowhere."""
        seen = self.places.get(str(path), "")
        parts = re.split(r"[\\/]", str(path))
        tails = ["/".join(parts[-count:]) for count in range(1, min(len(parts), 4))]
        candidates = [self.folder / seen] if seen else []
        candidates += [path]
        candidates += [folder / tail for folder in self.others for tail in tails]
        for candidate in candidates:
            if names_a_file(candidate):
                return Path(candidate).resolve() if candidate != path else path
        raise MissingFilesError([parts[-1]])


def restore(archive: Archive, folder: Path, others: tuple[Path, ...], report: Report) -> Restored:
    """Return the session of an archive that lies in a folder.

    Raises
    ------
    ImageError
        One sentence if an image cannot be made again.
    """
    saved = archive.session
    resolver = Resolver(archive.arrays, Finder(folder, saved.places, others))
    missing = _missing(saved, resolver)
    if missing:
        return Restored(missing=missing)
    images = []
    for count, recipe in enumerate(saved.images):
        report(count / (len(saved.images) + 1))
        images.append(resolver.image(recipe))
    opened = _opened(saved, images, archive)
    prepared = AlignRequest(opened, saved.metric).run(lambda *_: report(1.0))
    driver = saved.driver if saved.driver in catalogue() else "ssim"
    document = Document(
        opened,
        prepared.pair,
        prepared.pictures,
        saved.metric,
        driver,
        saved.experiment,
        None if saved.run is None else _run(saved.run, archive, prepared.pair.reference),
        branches=tuple(_run(each, archive, prepared.pair.reference) for each in saved.branches),
        settings=known_settings(saved.settings),
    )
    look = restored_look(saved.look)
    return Restored(document, look, saved.playback, saved.features, _notes(saved, images))


def _missing(saved: SavedSession, resolver: Resolver) -> tuple[str, ...]:
    names: list[str] = []
    for path in saved.places:
        try:
            resolver.find(Path(path))
        except MissingFilesError as error:
            names += error.names
    return tuple(sorted(names))


def _opened(saved: SavedSession, images: list[Image], archive: Archive) -> Opened:
    named = saved.opened
    mask = None
    if named.mask is not None:
        digest, name = named.mask
        mask = Mask(_array(archive, digest) > 0, name)
    return Opened(
        images[named.reference],
        images[named.distorted],
        named.alignment,
        None if named.lacking is None else Role(named.lacking),
        tuple(images[place] for place in named.candidates),
        given=named.given,
        background=named.background,
        mask=mask,
        channel=named.channel,
    )


def _run(saved: SavedRun, archive: Archive, reference: Image) -> Run:
    def image(digest: str) -> NDArray[Any]:
        array = _array(archive, digest)
        if array.shape != reference.pixels.shape:
            raise ImageError(tr("The steps of the run in the session do not fit its images."))
        return array

    frames = [
        Frame(
            each.index,
            image(each.digest)
            if each.noise is None
            else np.asarray(
                white_noise(
                    reference.pixels,
                    each.noise.mse,
                    seed=each.noise.seed,
                    pixel_range=each.noise.pixel_range,
                )
            ),
        )
        for each in saved.frames
    ]
    if not frames:
        raise ImageError(tr("The session holds a run without steps."))
    trace = _array(archive, saved.trace)
    steps = {each.index for each in frames}
    if trace.ndim != 2 or trace.shape[1:] != (len(COLUMNS),) or max(steps) != trace[-1, 0]:
        raise ImageError(tr("The run in the session is damaged; choose another copy of it."))
    return Run(trace, tuple(frames)).scrubbed(saved.cursor)


def _array(archive: Archive, digest: str) -> NDArray[Any]:
    found = archive.arrays.get(digest)
    if found is None:
        raise ImageError(tr("Pixels are missing in the session; choose another copy of it."))
    return found


def _notes(saved: SavedSession, images: list[Image]) -> str:
    """Name the files that are not as they were when the session was saved."""
    changed = [
        f"“{image.name}”"
        for recipe, image in zip(saved.images, images, strict=True)
        if isinstance(recipe, FileRecipe)
        and isinstance(image.recipe, FileRecipe)
        and image.recipe.size != recipe.size
    ]
    if not changed:
        return ""
    has = "has" if len(changed) == 1 else "have"
    return tr(
        "{names} {has} changed since the session was saved.", names=", ".join(changed), has=has
    )
