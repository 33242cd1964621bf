"""What a person can want in the table of candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.session.color_scale import ColorScale


@dataclass(frozen=True, slots=True)
class AddCandidates:
    """Judge more files, and the images of folders; those that stand in the table stay."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ClearCandidates:
    """Take every file out of the table; the images that are open stay."""


@dataclass(frozen=True, slots=True)
class ExportCandidates:
    """Write the table, as CSV or JSON by suffix, or everything as one HTML page.

    Attributes
    ----------
    scale
        The colours of maps on the page: those of SSIM on screen; None takes the usual ones.
    """

    path: Path
    scale: ColorScale | None = None


@dataclass(frozen=True, slots=True)
class RunCandidates:
    """Go on judging, or stop."""

    on: bool


ACTIONS = (AddCandidates, ClearCandidates, ExportCandidates, RunCandidates)
