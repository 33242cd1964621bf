"""Best and worst images from several starts, or by several metrics, as rows of one sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.distortions import DistortionError, get_distortion, solve_for_level
from ssim_viewer.images import ImageError, write_image
from ssim_viewer.jobs.memory import climbing_by, require_memory
from ssim_viewer.metrics import MetricError, Mse, restricted_metric
from ssim_viewer.metrics.counting import within
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.reports.film import Film, Shot, page
from ssim_viewer.reports.films import signed
from ssim_viewer.reports.gallery import CLASSIC
from ssim_viewer.session.family import SSIM, symbol_of
from ssim_viewer.synthesis import Direction, SphereError, climb
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images import Pair
    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.metrics import Metric
    from ssim_viewer.synthesis import Step

STARTS, METRICS = "starts", "metrics"

STEPS = 30
"""Of each climb."""

SIDE = 260
"""Pixels of a picture's larger side on the sheet."""

Tile = tuple[str, "NDArray[np.uint8]"]
"""A caption and a picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The rows as far as they have come: start, best and worst.

    Attributes
    ----------
    job
        What makes it.
    tiles
        Three for each row.
    problems
        A sentence for each row that could not be made.
    """

    job: SheetJob
    tiles: tuple[Tile, ...] = ()
    problems: tuple[str, ...] = ()
    done: bool = False

    def page(self) -> NDArray[np.uint8]:
        """Return the sheet as a picture, (H, W, 3)."""
        film = Film("", None, (), columns=3)
        return np.asarray(page(film, Shot(self.tiles, self.job.title), SIDE), np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class SheetJob:
    """Climb both ways, row after row.

    Attributes
    ----------
    kind
        `STARTS`: from the distorted image and from the types of the published figure at its MSE, by
        the first metric. `METRICS`: from the distorted image by each metric.
    metrics
        By name, made for the pair.
    crop
        The border that does not count, in pixels.
    """

    pair: Pair
    kind: str
    metrics: Mapping[str, Metric]
    crop: int = 0

    @property
    def mse(self) -> float:
        """The MSE that all images have."""
        return self._error(self.pair.distorted.pixels)

    @property
    def title(self) -> str:
        """The heading of the sheet."""
        several = (
            tr("several starts") if self.kind == STARTS else tr("one start, by several metrics")
        )
        return tr("Best and worst at MSE {mse:.6g}, from {several}", mse=self.mse, several=several)

    def run(self, report: Report) -> Sheet:
        """Return the whole sheet; each row is reported when it is there."""
        require_memory(climbing_by(*self.metrics.values()), self.pair.reference.pixels)
        sheet = Sheet(self)
        rows = list(self._rows())
        for number, (title, start, name) in enumerate(rows):

            def tell(fraction: float, number: int = number, sheet: Sheet = sheet) -> None:
                report((number + fraction) / len(rows), sheet)

            tell(0.0)
            try:
                tiles = self._row(title, self._image(start), name, tell)
                sheet = replace(sheet, tiles=(*sheet.tiles, *tiles))
            except (SphereError, MetricError, DistortionError, ImageError) as error:
                sheet = replace(sheet, problems=(*sheet.problems, f"{title}: {error}"))
        return replace(sheet, done=True)

    def is_same_job(self, other: object) -> bool:
        """Whether another job makes the same sheet."""
        return (
            isinstance(other, SheetJob)
            and other.pair.reference.pixels is self.pair.reference.pixels
            and other.pair.distorted.pixels is self.pair.distorted.pixels
            and other.pair.mask is self.pair.mask
            and (other.kind, other.metrics, other.crop) == (self.kind, self.metrics, self.crop)
        )

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield the title, the type of distortion of the start, "" for the pair's, the metric."""
        if self.kind == METRICS:
            yield from ((symbol_of(name), "", name) for name in self.metrics)
            return
        yield tr("Distorted image"), "", next(iter(self.metrics))
        for name in CLASSIC:
            yield get_distortion(name).title, name, next(iter(self.metrics))

    def _image(self, start: str) -> NDArray[Any]:
        if not start:
            return self.pair.distorted.pixels
        reference = self.pair.reference
        return solve_for_level(
            start,
            reference.pixels,
            self.mse,
            self._error,
            measure=tr("an MSE"),
            data_range=reference.data_range,
        ).image

    @property
    def _counts(self) -> NDArray[np.bool_] | None:
        """The pixels that move and are measured, (H, W); None for all."""
        return within(self.crop, self.pair.reference.pixels.shape, self.pair.mask)

    def _error(self, image: NDArray[Any]) -> float:
        """Return the MSE of an image over what counts."""
        counting = restricted_metric(Mse(), self._counts)
        return float(counting.bind(self.pair.reference.pixels).value(image))

    def _row(
        self, title: str, start: NDArray[Any], name: str, report: Any
    ) -> tuple[Tile, Tile, Tile]:
        metric, white = self.metrics[name], self.pair.reference.data_range
        symbol = "" if self.kind == METRICS else f"{symbol_of(name)} "

        def tile(words: str, step: Step) -> Tile:
            return f"{words} {symbol}{signed(step.value)}", displayed(step.image, white)

        ends: list[Step] = []
        first: Step | None = None
        for place, way in enumerate((Direction.ASCENT, Direction.DESCENT)):
            for step in climb(
                metric,
                self.pair.reference.pixels,
                start,
                way,
                pixel_range=(0.0, white),
                iterations=STEPS,
                counts=self._counts,
            ):
                report((place + step.index / STEPS) / 2)
                first, last = first or step, step
            ends.append(last)
        assert first is not None  # noqa: S101 - a climb has a start
        return tile(f"{title}:", first), tile("best:", ends[0]), tile("worst:", ends[1])


@dataclass(frozen=True, slots=True, eq=False)
class SheetFile:
    """Write a sheet as a picture."""

    path: Path
    sheet: Sheet
    made: str

    def __call__(self) -> str:
        """Return one sentence about it."""
        made = tr(
            "{made}; {title}, {steps} steps",
            made=self.made,
            title=self.sheet.job.title,
            steps=STEPS,
        )
        write_image(self.path, self.sheet.page(), 255, depth="uint8", description=made)
        return tr("Saved “{name}”.", name=self.path.name)


FOLLOWED = (SSIM, "ms-ssim", "gmsd")
"""Metrics of the sheet beside those of the strip."""

HELD = ("mse", "psnr")
"""Metrics that are constant at one MSE."""
