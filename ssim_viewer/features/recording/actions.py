"""What a person can want in the window Record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.recording.jobs import RecordSettings
    from ssim_viewer.reports.film import Film


@dataclass(frozen=True, slots=True, eq=False)
class OfferFilms:
    """Offer what can be recorded now."""

    films: tuple[Film, ...]


@dataclass(frozen=True, slots=True)
class ChooseFilm:
    """Record another film, by its title."""

    title: str


@dataclass(frozen=True, slots=True)
class RecordBy:
    """Record with other settings."""

    settings: RecordSettings


@dataclass(frozen=True, slots=True)
class RecordTo:
    """Write the chosen film."""

    path: Path


@dataclass(frozen=True, slots=True)
class CancelRecording:
    """Stop writing; what was there stays."""


@dataclass(frozen=True, slots=True)
class DismissRecordNotice:
    """Take the notice away."""


ACTIONS = (OfferFilms, ChooseFilm, RecordBy, RecordTo, CancelRecording, DismissRecordNotice)
