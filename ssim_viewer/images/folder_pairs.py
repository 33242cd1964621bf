"""Images of one folder paired with those of another one, by their names."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.images.formats import READABLE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence


class References:
    """The images of a folder by name, and by name without suffix.

    Names that only differ in how Unicode composes them (é as one character, or as e and an accent,
    as macOS writes it) are the same name; one that is spelled alike goes first.
    """

    def __init__(self, images: Sequence[Path]) -> None:
        self._exact = set(images)
        self._names: dict[str, list[Path]] = {}
        self._stems: dict[str, list[Path]] = {}
        for image in images:
            self._names.setdefault(_composed(image), []).append(image)
            self._stems.setdefault(_composed(image.with_suffix("")), []).append(image)

    def of(self, image: Path) -> list[Path]:
        """Return the references that an image may have: one, several, or none."""
        if image in self._exact:
            return [image]
        return self._names.get(_composed(image)) or self._stems.get(
            _composed(image.with_suffix("")), []
        )


def _composed(path: Path) -> str:
    return unicodedata.normalize("NFC", path.as_posix())


def images_below(folder: Path) -> list[Path]:
    """Return the paths of the images below a folder, from there on and sorted.

    Raises
    ------
    OSError
        If the folder, or one in it, cannot be read.
    """
    return sorted(
        Path(where, name).relative_to(folder)
        for where, _, names in os.walk(folder, onerror=_raise)
        for name in names
        if not name.startswith(".") and Path(name).suffix.lower() in READABLE_SUFFIXES
    )


def why_unpaired(partners: Sequence[str]) -> str:
    """Return why an image has no reference, in one sentence, from those that it may have."""
    choice = " or ".join(partners)
    return f"Its reference could be {choice}." if choice else "It has no reference of its name."


def _raise(error: OSError) -> None:
    raise error
