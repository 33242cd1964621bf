"""What a person can want in the window of the gallery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.equal_mse_gallery.state import GallerySettings


@dataclass(frozen=True, slots=True)
class HangPictures:
    """Show the pictures of other settings."""

    settings: GallerySettings


@dataclass(frozen=True, slots=True)
class RunGallery:
    """Make the missing pictures, or stop doing so; those there are stay."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowPicture:
    """Make the picture of a type of distortion the distorted image of the main window."""

    name: str


@dataclass(frozen=True, slots=True)
class ExportSheet:
    """Write all pictures on one page, as PNG."""

    path: Path


@dataclass(frozen=True, slots=True)
class ExportNumbers:
    """Write the numbers as CSV, a row a picture."""

    path: Path


@dataclass(frozen=True, slots=True)
class DismissGalleryNotice:
    """Take the notice in the window away."""


ACTIONS = (HangPictures, RunGallery, ShowPicture, ExportSheet, ExportNumbers, DismissGalleryNotice)
