"""Robustness: how the scores of metrics change while a distortion grows.

A curve is measured point by point, from coarse to fine. Which point comes next is derived from
the session alone. Jobs distort and measure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from ssim_viewer.distortions import Distortion, Kind, distortion
from ssim_viewer.metrics import MetricError, catalogue
from ssim_viewer.session.family import SSIM, counted, symbol_of
from ssim_viewer.session.state import Notice, Severity
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.session.state import Session

    Pixels = NDArray[np.generic]

ALWAYS = (SSIM, "cw-ssim", "psnr")
"""The metrics whose curves are drawn whatever the strip shows."""

PARTS = 32
"""A finished curve has a point at every such part of its reach, and at the strength in hand."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a distortion goes here, and where it begins.

    Attributes
    ----------
    largest, step, first
        The last strength, the step of the slider and the strength at first.
    axis
        The strength with its unit, as it stands at an axis.
    unit
        What stands behind a strength.
    """

    largest: float
    step: float
    first: float
    axis: str
    unit: str


KIND_WORDS = {
    Kind.TRANSLATION: tr("Translation"),
    Kind.ROTATION: tr("Rotation"),
    Kind.SCALING: tr("Scaling"),
    Kind.BLUR: tr("Blur"),
    Kind.NOISE: tr("Noise"),
}

REACHES = {
    Kind.TRANSLATION: Reach(8.0, 0.05, 1.0, tr("shift to the right / pixels"), "px"),
    Kind.ROTATION: Reach(8.0, 0.05, 1.0, tr("rotation / degrees"), "°"),
    Kind.SCALING: Reach(16.0, 0.1, 2.0, tr("growth / %"), "%"),
    Kind.BLUR: Reach(8.0, 0.05, 1.0, tr("σ of the blur / pixels"), "px"),
    Kind.NOISE: Reach(64.0, 0.5, 10.0, tr("σ of the noise / levels of 255"), ""),
}


@dataclass(frozen=True, slots=True)
class RobustnessSettings:
    """What is done to which image.

    Attributes
    ----------
    strength
        The strength in hand: the one whose image is seen and whose scores are read.
    seed
        Of the noise.
    of_reference
        Whether the reference itself is distorted, in place of the distorted image on screen.
    """

    kind: Kind = Kind.TRANSLATION
    strength: float = REACHES[Kind.TRANSLATION].first
    seed: int = 0
    of_reference: bool = False

    def distortion(self, strength: float, data_range: float) -> Distortion:
        """Return the distortion at a strength."""
        return distortion(self.kind, strength, seed=self.seed, data_range=data_range)

    @property
    def pattern(self) -> tuple[object, ...]:
        """What a whole curve depends on: all but the strength."""
        return self.kind, self.seed if self.kind is Kind.NOISE else 0, self.of_reference


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is distorted and measured, the very arrays.

    Attributes
    ----------
    settings
        Without regard to the strength in hand.
    metrics
        By name, in the order in which they are drawn.
    """

    reference: Pixels
    base: Pixels
    data_range: float
    settings: RobustnessSettings
    metrics: Mapping[str, Metric]

    def is_same(self, other: Subject | None) -> bool:
        """Whether points of another subject belong to the same curves."""
        return (
            other is not None
            and other.reference is self.reference
            and other.base is self.base
            and other.settings.pattern == self.settings.pattern
            and other.metrics == self.metrics
        )


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """The scores at one strength, and a sentence for each metric that failed."""

    subject: Subject
    strength: float
    values: Mapping[str, float]
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """The distorted image at the strength in hand.

    Attributes
    ----------
    base
        What was distorted, the very array.
    pixels
        Float64, read-only.
    shown
        The same in uint8, (H, W) or (H, W, 3).
    """

    base: Pixels
    settings: RobustnessSettings
    pixels: NDArray[np.float64]
    shown: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """A file that is to be written: bytes as they are, or rows of a table as CSV.

    Attributes
    ----------
    made
        How it was made, in words that stand in the file.
    """

    path: Path
    content: bytes | Sequence[Sequence[object]]
    made: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """The points that were measured of one subject, by strength."""

    subject: Subject
    points: Mapping[float, Mapping[str, float]] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    def of(self, metric: str) -> list[tuple[float, float]]:
        """Return strengths, ascending, and the scores of a metric there."""
        return [
            (x, self.points[x][metric]) for x in sorted(self.points) if metric in self.points[x]
        ]


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """The state of the feature.

    Attributes
    ----------
    open
        Whether its window is open; nothing is measured for a closed one.
    running
        Whether missing points are measured; cancelling stops it.
    exports
        Files that are still to be written.
    notice
        A sentence in the window.
    """

    settings: RobustnessSettings = field(default_factory=RobustnessSettings)
    open: bool = False
    running: bool = True
    curves: Curves | None = None
    preview: Preview | None = None
    exports: tuple[Export, ...] = ()
    notice: Notice | None = None


ID = "robustness"


def robustness_of(session: Session) -> Robustness:
    """Return the state of the feature in a session."""
    return cast("Robustness", session.features.get(ID, Robustness()))


def subject_of(session: Session) -> Subject | None:
    """Return what the window wants distorted and measured, None while it is closed or lacks it.

    It waits while a climb plays, which would change the image at every step.
    """
    robustness, document = robustness_of(session), session.document
    if not robustness.open or session.playing:
        return None
    if document.pair is None or document.shown is None:
        return None
    reference = document.pair.reference
    base = reference.pixels if robustness.settings.of_reference else document.shown
    metrics: dict[str, Metric] = {}
    for name in drawn_metrics(session):
        try:
            metrics[name] = counted(document, name)
        except (MetricError, TypeError):
            continue  # the strip tells of it
    return Subject(reference.pixels, base, reference.data_range, robustness.settings, metrics)


def drawn_metrics(session: Session) -> tuple[str, ...]:
    """Return the metrics whose curves are drawn, in the order of the catalogue."""
    wanted = {*ALWAYS, *session.look.metrics, session.document.driver}
    return tuple(name for name in catalogue() if name in wanted)


def missing_points(session: Session) -> tuple[Subject, float, frozenset[str]] | None:
    """Return what to measure next and at which strength, and the metrics that failed before.

    The strength in hand comes first, then the curve, from coarse to fine.
    """
    subject, robustness = subject_of(session), robustness_of(session)
    if subject is None or not robustness.running:
        return None
    curves = robustness.curves
    if curves is not None and not subject.is_same(curves.subject):
        curves = None
    known = curves.points if curves is not None else {}
    failed = frozenset(curves.problems) if curves is not None else frozenset()
    settings = robustness.settings
    for strength in (settings.strength, *strengths(REACHES[settings.kind].largest)):
        if strength not in known:
            return subject, strength, failed
    return None


def strengths(largest: float) -> Iterator[float]:
    """Return the strengths of a curve, both ends first, then always the middles of what is left."""
    yield 0.0
    yield largest
    parts = 2
    while parts <= PARTS:
        yield from (largest * odd / parts for odd in range(1, parts, 2))
        parts *= 2


def share_done(session: Session) -> float:
    """Return how much of the curve has been measured, from 0 to 1."""
    robustness, subject = robustness_of(session), subject_of(session)
    if robustness.curves is None or subject is None:
        return 0.0
    if not subject.is_same(robustness.curves.subject):
        return 0.0
    wanted = [*strengths(REACHES[robustness.settings.kind].largest)]
    return sum(each in robustness.curves.points for each in wanted) / len(wanted)


def with_point(state: Robustness, session: Session, point: Point) -> Robustness:
    """Return the state with a point, if it still belongs to what is wanted."""
    subject = subject_of(session)
    if subject is None or not subject.is_same(point.subject):
        return state
    curves = state.curves
    if curves is None or not subject.is_same(curves.subject):
        curves = Curves(point.subject)
    curves = replace(
        curves,
        points={**curves.points, point.strength: point.values},
        problems={**curves.problems, **point.problems},
    )
    after = replace(state, curves=curves)
    return with_notice(after, " ".join(point.problems.values())) if point.problems else after


def with_notice(state: Robustness, text: str, severity: Severity = Severity.ERROR) -> Robustness:
    """Return the state with a notice in the window, or without one."""
    return replace(state, notice=Notice(text, severity) if text else None)


def values_in_hand(robustness: Robustness) -> Mapping[str, float]:
    """Return the scores at the strength in hand; a metric that is on its way is missing."""
    curves = robustness.curves
    if curves is None or curves.subject.settings.pattern != robustness.settings.pattern:
        return {}
    return curves.points.get(robustness.settings.strength, {})


def caption(settings: RobustnessSettings, strength: float) -> str:
    """Return a strength in words, such as ``translation 1.5 px``."""
    unit = REACHES[settings.kind].unit
    space = "" if unit in ("", "°") else " "
    return joined(" ", (KIND_WORDS[settings.kind].lower(), f"{strength:g}{space}{unit}"))


def curves_as_rows(curves: Curves) -> list[list[str | float]]:
    """Return the curves as rows of a table: the strength, then the metrics by their symbols."""
    names = [*curves.subject.metrics]
    head: list[str | float] = [REACHES[curves.subject.settings.kind].axis, *map(symbol_of, names)]
    rows = ([x, *(values.get(name, "") for name in names)] for x, values in _sorted(curves))
    return [head, *rows]


def _sorted(curves: Curves) -> list[tuple[float, Mapping[str, float]]]:
    return sorted(curves.points.items(), key=lambda point: point[0])
