"""Judging one candidate, and writing what was found."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.features.candidates.listing import Listing, listed
from ssim_viewer.features.candidates.state import (
    candidates_of,
    image_of,
    keys_of,
    missing_key,
    scores_of,
    standard_of,
)
from ssim_viewer.images import ImageError, read_image, write_text
from ssim_viewer.jobs.exports import colored
from ssim_viewer.metrics import MetricError
from ssim_viewer.reports.candidates import (
    ALWAYS,
    CandidateScores,
    candidate_rows,
    judge,
    similarity_map,
)
from ssim_viewer.reports.html_report import (
    USUAL_COLORS,
    MapColors,
    ReportEntry,
    html_report,
    report_entry,
)
from ssim_viewer.session.color_scale import range_text
from ssim_viewer.session.report import table_as_csv
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from ssim_viewer.features.candidates.actions import ExportCandidates
    from ssim_viewer.features.candidates.state import Standard
    from ssim_viewer.images import Image
    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class JudgeJob:
    """Judge one candidate."""

    standard: Standard
    key: Hashable
    source: Path | Image

    def __call__(self) -> CandidateScores:
        """Return its scores; one that cannot be judged says why."""
        source = self.source
        name = source.name
        path = source if isinstance(source, Path) else source.path
        try:
            image = read_image(source) if isinstance(source, Path) else source
            return judge(
                self.standard.reference,
                image,
                self.standard.metric,
                others=self.standard.others,
                pairing=self.standard.pairing,
            )
        except (ImageError, MetricError, OSError) as error:
            return CandidateScores(name, path, problem=str(error))

    def is_same_job(self, other: object) -> bool:
        """Whether another job judges the same candidate by the same standard."""
        return (
            isinstance(other, JudgeJob)
            and other.key == self.key
            and other.standard == self.standard
        )


@dataclass(frozen=True, slots=True, eq=False)
class ListJob:
    """Look through files, folders and patterns."""

    paths: tuple[Path, ...]

    def __call__(self) -> Listing:
        """Return the images that are there, and what is skipped."""
        return listed(self.paths)

    def is_same_job(self, other: object) -> bool:
        """Whether another job looks through the same ones."""
        return isinstance(other, ListJob) and other.paths is self.paths


def missing_scores(session: Session) -> JudgeJob | None:
    """Return the job for the next candidate without scores."""
    key, standard = missing_key(session), standard_of(session)
    if key is None or standard is None:
        return None
    return JudgeJob(standard, key, image_of(session, key) or key)


@dataclass(frozen=True, slots=True, eq=False)
class ExportJob:
    """Write the table or the page.

    Attributes
    ----------
    scale
        The colours of SSIM on screen, which maps on the page have too; None for the usual ones.
    """

    path: Path
    standard: Standard
    sources: Sequence[tuple[Path | Image, CandidateScores]]
    scale: ColorScale | None = None

    def run(self, report: Report) -> str:
        """Return what was written."""
        names = [*ALWAYS, *self.standard.others]
        if self.path.suffix.lower() == ".csv":
            text = table_as_csv(*candidate_rows([scores for _, scores in self.sources], names))
        elif self.path.suffix.lower() == ".json":
            text = self._json(names)
        else:
            text = self._page(names, report)
        write_text(self.path, text)
        return tr("Saved “{name}”.", name=self.path.name)

    def is_same_job(self, other: object) -> bool:
        """Whether another job is this very one."""
        return other is self

    @property
    def _words(self) -> str:
        """Return the convention of the first candidate that has one."""
        said = (scores.convention for _, scores in self.sources if scores.convention)
        return next(said, "")

    def _json(self, names: list[str]) -> str:
        found = [
            {
                "name": scores.name,
                "file": None if scores.path is None else str(scores.path),
                "bytes": scores.size_bytes,
                "bits_per_pixel": None
                if math.isnan(scores.bits_per_pixel)
                else scores.bits_per_pixel,
                **{name: _number(scores.values.get(name)) for name in names},
                "problem": scores.problem or None,
                "convention": scores.convention or None,
                "notes": [str(note) for note in scores.notes],
            }
            for _, scores in self.sources
        ]
        page = {
            "reference": self.standard.reference.name,
            "convention": self._words,
            "candidates": found,
        }
        return json.dumps(page, indent=2, ensure_ascii=False) + "\n"

    def _page(self, names: list[str], report: Report) -> str:
        entries = []
        for number, (source, scores) in enumerate(self.sources):
            report(number / len(self.sources))
            entries.append(self._entry(source, scores))
        return html_report(self.standard.reference, entries, names, self._words)

    def _entry(self, source: Path | Image, scores: CandidateScores) -> ReportEntry:
        try:
            image = read_image(source) if isinstance(source, Path) else source
            pair = self.standard.pairing.pair(self.standard.reference, image)
            found = similarity_map(pair, self.standard.metric)
        except (ImageError, MetricError, OSError):
            return ReportEntry(scores)
        white = pair.reference.data_range
        return report_entry(scores, pair.distorted.pixels, white, found, self._colors)

    @property
    def _colors(self) -> MapColors:
        scale = self.scale
        if scale is None:
            return USUAL_COLORS
        words = f"colours {range_text(scale)}"
        return MapColors(lambda values: colored(values, scale), words, "grey")


def export_of(session: Session, wanted: ExportCandidates) -> ExportJob | None:
    """Return the job that writes the candidates judged so far, None without any."""
    standard, found = standard_of(session), scores_of(session)
    keys = keys_of(session)
    judged = [(image_of(session, key) or key, found[key]) for key in keys if key in found]
    if standard is None or not judged or not candidates_of(session).open:
        return None
    return ExportJob(wanted.path, standard, judged, wanted.scale)


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value
