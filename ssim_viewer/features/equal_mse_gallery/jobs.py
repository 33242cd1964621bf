"""Making one picture of the gallery, putting one on screen, and drawing the sheet."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2

from ssim_viewer.distortions import get_distortion
from ssim_viewer.features.equal_mse_gallery.state import (
    Subject,
    gallery_of,
    missing_name,
    subject_of,
)
from ssim_viewer.jobs.exports import ExportPictureRequest
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.reports.contact_sheet import WIDEST, contact_sheet
from ssim_viewer.reports.gallery import Panel, gallery, reference_panel
from ssim_viewer.session.range_words import convention
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class PanelJob:
    """Find the strength of one type of distortion at the level, and make its picture."""

    subject: Subject
    name: str

    def run(self, report: Report) -> Panel:
        """Return the picture; a type that does not reach the level says how far it goes."""
        subject = self.subject
        made = gallery(
            subject.reference,
            [self.name],
            subject.level,
            subject.metric,
            measure=subject.measure,
            seed=subject.seed,
            check=lambda: report(0.5),
            counts=subject.mask,
        )
        return small(next(made), subject.reference.data_range)

    def is_same_job(self, other: object) -> bool:
        """Whether another job makes the same picture."""
        return (
            isinstance(other, PanelJob)
            and other.name == self.name
            and other.subject.is_same(self.subject)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Draw a contact sheet and write it."""

    path: Path
    subject: Subject
    panels: tuple[Panel, ...]
    maps: bool
    made: str

    def __call__(self) -> str:
        """Return one sentence about the file."""
        subject = self.subject
        reference = small(
            reference_panel(subject.reference, subject.metric, subject.mask),
            subject.reference.data_range,
        )
        sheet = contact_sheet(
            [reference, *self.panels],
            255.0,
            title=subject.title,
            subtitle=convention(
                subject.metric, subject.reference.pixels.shape, subject.source, subject.mask
            ),
            maps=self.maps,
        )
        stream = io.BytesIO()
        sheet.save(stream, "PNG")
        return ExportPictureRequest(self.path, stream.getvalue(), self.made)()


def small(panel: Panel, data_range: float) -> Panel:
    """Return a picture as a thumbnail: uint8 with its map, `WIDEST` pixels at most."""
    if panel.pixels is None or panel.ssim_map is None:
        return panel
    pixels = _shrunk(displayed(panel.pixels, data_range))
    return replace(panel, pixels=pixels, ssim_map=_shrunk(panel.ssim_map))


def _shrunk(array: NDArray[Any]) -> NDArray[Any]:
    height, width = array.shape[:2]
    scale = WIDEST / max(height, width)
    if scale >= 1:
        return array
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(array, size, interpolation=cv2.INTER_AREA)


def failed(job: PanelJob, problem: str) -> Panel:
    """Return the place of a picture that could not be made."""
    kind = get_distortion(job.name)
    return Panel(kind.name, kind.title, unit=kind.unit, reached=False, problem=problem)


def missing_panel(session: Session) -> PanelJob | None:
    """Return the job for the next missing picture."""
    name, subject = missing_name(session), subject_of(session)
    return None if name is None or subject is None else PanelJob(subject, name)


def made_words(session: Session) -> str:
    """Return how the pictures came about, beside the convention."""
    subject, settings = subject_of(session), gallery_of(session).settings
    assert subject is not None  # noqa: S101 - nothing is exported without pictures
    return tr("gallery of {title}, seed {seed}", title=subject.title, seed=settings.seed)
