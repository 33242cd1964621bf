"""What the sweep knows: its settings, the points that were measured, and the reach of climbs.

Points are measured one at a time, from coarse to fine; which one is missing is derived from the
session alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, cast

from ssim_viewer.distortions import get_distortion
from ssim_viewer.features.sweep.quantities import ALWAYS
from ssim_viewer.metrics import MetricError
from ssim_viewer.metrics import catalogue as metrics
from ssim_viewer.reports.gallery import CLASSIC_BY_FAMILY
from ssim_viewer.session.family import WITH_SSIM, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.features.writing import WriteJob
    from ssim_viewer.images import Image
    from ssim_viewer.jobs.distorting import DistortRequest
    from ssim_viewer.metrics import Metric, Ssim
    from ssim_viewer.session.state import Notice, Session

ID = "sweep"

PARTS = 16
"""A finished curve has so many points after the first."""

REACH_LEVELS = (25.0, 100.0, 225.0, 400.0, 900.0, 1600.0, 2500.0)
"""The MSE at which climbs are tried, for white at 255."""

REACH_STEPS = 30
"""Steps of each climb."""

Key = tuple[str, float]
"""A point: the name of a type of distortion, and its strength."""


@dataclass(frozen=True, slots=True)
class SweepSettings:
    """What is swept and how it is drawn.

    Attributes
    ----------
    view
        One type against its strength, or several types in a plane of two quantities.
    name, strength
        The type that is drawn against its strength, and the strength in hand.
    names
        The types that are drawn in the plane.
    x, y
        The quantities of the plane.
    reach
        Whether the reach of climbs is drawn in the plane of MSE and MSSIM.
    """

    view: Literal["strength", "plane"] = "strength"
    name: str = "gaussian_blur"
    strength: float = 0.0
    names: tuple[str, ...] = CLASSIC_BY_FAMILY
    x: str = "mse"
    y: str = "ssim"
    seed: int = 0
    reach: bool = False

    @property
    def swept(self) -> tuple[str, ...]:
        """The types whose points are measured."""
        return (self.name,) if self.view == "strength" else self.names


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is distorted and measured.

    Attributes
    ----------
    metrics
        Beside SSIM, by name.
    mask
        (H, W): the pixels that count, or None for all.
    """

    reference: Image
    metric: Ssim
    metrics: Mapping[str, Metric]
    seed: int
    mask: NDArray[np.bool_] | None = None

    def is_same(self, other: Subject | None) -> bool:
        """Whether points of another subject belong to the same curves."""
        return (
            other is not None
            and other.reference is self.reference
            and other.mask is self.mask
            and (other.metric, other.metrics, other.seed) == (self.metric, self.metrics, self.seed)
        )


@dataclass(frozen=True, slots=True)
class ReachPoint:
    """What climbs from noise reach at one MSE."""

    mse: float
    worst: float
    best: float


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """The state of the feature.

    Attributes
    ----------
    open, running
        Whether its window is open, and whether missing points are measured.
    subject, points, problems
        What was measured: the quantities of each point by name; a sentence for a type that failed.
    reach_subject, reach
        What climbs reach, and of what.
    shown
        The point whose image was put on screen last.
    wanted
        The image that is to come on screen.
    """

    settings: SweepSettings = field(default_factory=SweepSettings)
    open: bool = False
    running: bool = True
    subject: Subject | None = None
    points: Mapping[Key, Mapping[str, float]] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    reach_subject: Subject | None = None
    reach: tuple[ReachPoint, ...] = ()
    shown: Key | None = None
    wanted: DistortRequest | None = None
    exports: tuple[WriteJob, ...] = ()
    notice: Notice | None = None


def sweep_of(session: Session) -> Sweep:
    """Return the state of the feature in a session."""
    return cast("Sweep", session.features.get(ID, Sweep()))


def drawn_quantities(session: Session) -> tuple[str, ...]:
    """Return what is drawn against the strength: the usual, and the metrics of the strip."""
    more = {*session.look.metrics, session.document.driver}
    settings = sweep_of(session).settings
    if settings.view == "plane":
        more |= {settings.x, settings.y}
    return (*ALWAYS, *(name for name in metrics() if name in more and name not in ALWAYS))


def subject_of(session: Session) -> Subject | None:
    """Return what is distorted and measured; None without a pair."""
    document = session.document
    if document.pair is None:
        return None
    found: dict[str, Metric] = {}
    for name in drawn_quantities(session):
        if name in metrics() and name not in WITH_SSIM:
            try:
                found[name] = counted(document, name)
            except (MetricError, TypeError):
                continue  # the strip tells of it
    seed = sweep_of(session).settings.seed
    pair = document.pair
    return Subject(pair.reference, document.metric, found, seed, pair.mask)


def points_of(session: Session) -> Mapping[Key, Mapping[str, float]]:
    """Return the points of the present subject."""
    sweep, subject = sweep_of(session), subject_of(session)
    return sweep.points if subject is not None and subject.is_same(sweep.subject) else {}


def problems_of(session: Session) -> Mapping[str, str]:
    """Return a sentence for each swept type that failed with the present subject."""
    sweep, subject = sweep_of(session), subject_of(session)
    if subject is None or not subject.is_same(sweep.subject):
        return {}
    return {name: sweep.problems[name] for name in sweep.settings.swept if name in sweep.problems}


def curve(session: Session, name: str) -> list[tuple[float, Mapping[str, float]]]:
    """Return strengths, ascending, and what was measured there."""
    found = [
        (strength, each) for (kind, strength), each in points_of(session).items() if kind == name
    ]
    return sorted(found, key=lambda point: point[0])


def strengths(name: str) -> Iterator[float]:
    """Return the strengths of a curve, both ends first, then always the middles of what is left."""
    kind = get_distortion(name)
    fractions = [0.0, 1.0]
    parts = 2
    while parts <= PARTS:
        fractions += [odd / parts for odd in range(1, parts, 2)]
        parts *= 2
    values = (kind.largest * each**2 for each in fractions)  # closer at small strengths
    return iter(dict.fromkeys(float(round(each)) if kind.whole else each for each in values))


def wanted_keys(settings: SweepSettings) -> list[Key]:
    """Return every point that belongs to the curves, from coarse to fine over all types."""
    columns = [[(name, strength) for strength in strengths(name)] for name in settings.swept]
    longest = max(map(len, columns), default=0)
    return [column[row] for row in range(longest) for column in columns if row < len(column)]


def missing_key(session: Session) -> Key | None:
    """Return the point that is measured next; the one in hand comes first."""
    sweep, known, failed = sweep_of(session), points_of(session), problems_of(session)
    if not sweep.open or not sweep.running or session.document.pair is None:
        return None
    settings = sweep.settings
    in_hand = [(settings.name, settings.strength)] if settings.view == "strength" else []
    keys = (*in_hand, *wanted_keys(settings))
    return next((key for key in keys if key not in known and key[0] not in failed), None)


def share_done(session: Session) -> float:
    """Return how much of the curves is measured, from 0 to 1."""
    wanted = wanted_keys(sweep_of(session).settings)
    known, failed = points_of(session), problems_of(session)
    return sum(key in known or key[0] in failed for key in wanted) / max(len(wanted), 1)


def reach_of(session: Session) -> tuple[ReachPoint, ...]:
    """Return what climbs reach for the present subject, ascending in MSE."""
    sweep, subject = sweep_of(session), subject_of(session)
    return sweep.reach if subject is not None and _same_pair(subject, sweep.reach_subject) else ()


def missing_reach(session: Session) -> tuple[Subject, float] | None:
    """Return the MSE at which climbs are tried next."""
    sweep, subject = sweep_of(session), subject_of(session)
    settings = sweep.settings
    plane = (
        settings.view == "plane" and settings.reach and {settings.x, settings.y} == {"mse", "ssim"}
    )
    if not (sweep.open and sweep.running and plane) or subject is None:
        return None
    if missing_key(session) is not None:
        return None  # points first: they take less time
    done = {point.mse for point in reach_of(session)}
    scale = (subject.reference.data_range / 255) ** 2
    level = next((each * scale for each in REACH_LEVELS if each * scale not in done), None)
    return None if level is None else (subject, level)


def with_reach(state: Sweep, session: Session, subject: Subject, point: ReachPoint) -> Sweep:
    """Return the state with what climbs reach at one MSE, if it still belongs to the subject."""
    present = subject_of(session)
    if present is None or not _same_pair(present, subject):
        return state
    known = state.reach if _same_pair(present, state.reach_subject) else ()
    reach = tuple(sorted((*known, point), key=lambda each: each.mse))
    return replace(state, reach_subject=present, reach=reach)


def with_point(
    state: Sweep, session: Session, subject: Subject, key: Key, values: Mapping[str, float]
) -> Sweep:
    """Return the state with one more point, if it still belongs to what is wanted."""
    present = _of_subject(state, session, subject)
    return state if present is None else replace(present, points={**present.points, key: values})


def with_problem(state: Sweep, session: Session, subject: Subject, name: str, text: str) -> Sweep:
    """Return the state in which a type of distortion has no curve, and why."""
    present = _of_subject(state, session, subject)
    return state if present is None else replace(present, problems={**present.problems, name: text})


def _of_subject(state: Sweep, session: Session, subject: Subject) -> Sweep | None:
    """Return the state with the points of a subject alone; None where it is not the present one."""
    present = subject_of(session)
    if present is None or not present.is_same(subject):
        return None
    if present.is_same(state.subject):
        return state
    return replace(state, subject=present, points={}, problems={})


def _same_pair(first: Subject, second: Subject | None) -> bool:
    return (
        second is not None
        and first.reference is second.reference
        and (first.metric, first.seed) == (second.metric, second.seed)
    )


def rows_of(session: Session) -> list[list[object]]:
    """Return all points of the curves as a table, its head first."""
    names = drawn_quantities(session)
    rows: list[list[object]] = [["distortion", "strength", "unit", *names]]
    for name in sweep_of(session).settings.swept:
        unit = get_distortion(name).unit
        for strength, values in curve(session, name):
            rows.append([name, strength, unit, *(values.get(each, "") for each in names)])
    return rows
