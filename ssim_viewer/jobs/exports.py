"""Requests that write a result to a file and answer with one sentence about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images import described_png, write_array, write_bytes, write_image, write_text
from ssim_viewer.session.color_scale import range_text
from ssim_viewer.session.report import (
    MADE,
    ScoreRow,
    TraceRow,
    scores_as_csv,
    scores_as_json,
    table_as_csv,
    trace_as_csv,
)
from ssim_viewer.session.saving import save_distorted
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images.tone import Tone
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.session.computed_map import ComputedMap
    from ssim_viewer.session.difference import Difference

    Values = NDArray[np.generic] | Difference | ComputedMap

NOT_COMPUTED = 128
"""The grey of the samples of a map that have not been computed."""


@dataclass(frozen=True, slots=True, eq=False)
class SaveDistortedRequest:
    """Write the distorted image, and measure the file as written."""

    path: Path
    metric: Ssim
    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    made: str = ""
    counts: NDArray[np.bool_] | None = None

    def __call__(self) -> str:
        """Return what was written, with the MSE and the MSSIM that the file has."""
        images = self.reference, self.distorted
        saved = save_distorted(self.path, self.metric, *images, made=self.made, counts=self.counts)
        return saved.sentence()


@dataclass(frozen=True, slots=True, eq=False)
class ExportPaneRequest:
    """Write a picture or a map in its colours, one file pixel for each of its samples."""

    path: Path
    values: Values
    scale: ColorScale | None
    tone: Tone | None = None
    made: str = ""

    def __call__(self) -> str:
        """Return what was written."""
        values = np.asarray(self.values)
        picture = values if self.tone is None else self.tone.applied(values)
        made = self.made
        if self.scale is not None:
            picture = colored(picture, self.scale)
            if made:
                made += tr("; colours {range_text}", range_text=range_text(self.scale))
        write_image(self.path, picture, 255, depth="uint8", description=made)
        return _saved(self.path)


@dataclass(frozen=True, slots=True)
class ExportPictureRequest:
    """Write bytes that are a picture already."""

    path: Path
    data: bytes
    made: str = ""

    def __call__(self) -> str:
        """Return what was written."""
        write_bytes(self.path, described_png(self.data, self.made))
        return _saved(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class ExportMapRequest:
    """Write the values of a map, or of an image in its own units."""

    path: Path
    values: Values
    made: str = ""

    def __call__(self) -> str:
        """Return what was written."""
        write_array(self.path, np.asarray(self.values), description=self.made)
        return _saved(self.path)


@dataclass(frozen=True, slots=True)
class ExportScoresRequest:
    """Write the scores, as JSON where the suffix says so, else as CSV."""

    path: Path
    row: ScoreRow

    def __call__(self) -> str:
        """Return what was written."""
        if self.path.suffix.lower() == ".json":
            text = scores_as_json([self.row])
        else:
            text = scores_as_csv([self.row], columns=tuple(self.row.as_dict()))
        write_text(self.path, text)
        return _saved(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class ExportTraceRequest:
    """Write a run, a row a step: (steps, 5) in the columns of the trace.

    Attributes
    ----------
    varied
        The name of the metric that the run followed.
    """

    path: Path
    varied: str
    trace: NDArray[np.float64]
    made: str = ""

    def __call__(self) -> str:
        """Return what was written."""
        rows = [TraceRow(int(index), *scalars) for index, *scalars in self.trace.tolist()]
        write_text(self.path, trace_as_csv(rows, varied=self.varied, made=self.made))
        return _saved(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class ExportTableRequest:
    """Write rows as CSV; how they were made stands in a further column, in their first line."""

    path: Path
    rows: Sequence[Sequence[object]]
    made: str = ""

    def __call__(self) -> str:
        """Return what was written."""
        rows = list(self.rows)
        if self.made and len(rows) > 1:
            ends = (MADE, self.made, *[""] * (len(rows) - 2))
            rows = [[*row, end] for row, end in zip(rows, ends, strict=True)]
        write_text(self.path, table_as_csv(*rows))
        return _saved(self.path)


def _saved(path: Path) -> str:
    return tr("Saved “{name}”.", name=path.name)


def colored(samples: NDArray[np.generic], scale: ColorScale) -> NDArray[np.uint8]:
    """Return the colours that a pane shows of the samples: (H, W, 3) RGB."""
    values = samples.astype(np.float32, copy=False)
    packed = scale.colored(values).view(np.uint8).reshape(*values.shape, 4)
    colored = np.ascontiguousarray(packed[..., 2::-1])
    colored[np.isnan(values)] = NOT_COMPUTED
    return colored
