"""The design of a study: which candidates stand beside each other, where, and in which order.

A folder holds a folder for each method, with files of the same names in each; one that is called
``reference`` or ``original`` holds the originals and is no method. Every trial shows one image as
made by three methods, or by two when there are no more. Each group of methods comes equally often
for every image, each method stands equally often at each place, as far as the numbers allow, and
the order is random: seed and participant decide it.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images import READABLE_SUFFIXES
from ssim_viewer.text import SentenceError, tr

if TYPE_CHECKING:
    from pathlib import Path

REFERENCES = ("reference", "references", "original", "originals")
AT_ONCE = 3
PRACTICE = 2
"""Trials that are not counted, before the others."""


class StudyError(SentenceError):
    """One sentence about what is wrong with a folder."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One image by several methods, from left to right."""

    number: int
    image: str
    methods: tuple[str, ...]
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Study:
    """All candidates of a folder.

    Attributes
    ----------
    images
        Names of files that every method has.
    reference
        The folder of the originals, or None.
    """

    folder: Path
    methods: tuple[str, ...]
    images: tuple[str, ...]
    reference: Path | None

    def file(self, method: str, image: str) -> Path:
        """Return the file of an image by a method."""
        return self.folder / method / image

    def trials(self, participant: str, seed: int = 0) -> tuple[Trial, ...]:
        """Return the trials of a participant, those of practice first."""
        digest = hashlib.sha256(f"{seed} {participant}".encode()).digest()
        random = np.random.default_rng(int.from_bytes(digest[:8], "big"))
        groups = list(itertools.combinations(self.methods, min(AT_ONCE, len(self.methods))))
        pairs = [(image, group) for image in self.images for group in groups]
        order = random.permutation(len(pairs))
        shifts = random.permutation(len(pairs))  # rotations: each place is as frequent for each
        trials = []
        for number, place in enumerate(order):
            image, group = pairs[place]
            by = int(shifts[number]) % len(group)
            trials.append(Trial(number + 1, image, group[by:] + group[:by]))
        practice = tuple(
            Trial(-place, each.image, each.methods[::-1], practice=True)
            for place, each in enumerate(trials[-PRACTICE:])
        )
        return (*practice, *trials)


def read_study(folder: Path) -> Study:
    """Return the study of a folder.

    Raises
    ------
    StudyError
        There are fewer than two methods, or no image that all of them have.
    """
    if not folder.is_dir():
        raise StudyError(tr("There is no folder “{folder}”; choose another one.", folder=folder))
    inside = sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")
    reference = next((path for path in inside if path.name.lower() in REFERENCES), None)
    pictures = {
        path.name: {
            each.name for each in path.iterdir() if each.suffix.lower() in READABLE_SUFFIXES
        }
        for path in inside
        if path != reference
    }
    methods = tuple(name for name, files in pictures.items() if files)
    if len(methods) < 2:
        raise StudyError(
            tr(
                "“{name}” needs a folder of images for each of two methods at least, with "
                "files of the same names.",
                name=folder.name,
            )
        )
    common = set.intersection(*(pictures[name] for name in methods))
    if reference is not None:
        common &= {each.name for each in reference.iterdir()}
    if not common:
        raise StudyError(tr("No file name stands in all folders of “{name}”.", name=folder.name))
    return Study(folder, methods, tuple(sorted(common)), reference)
