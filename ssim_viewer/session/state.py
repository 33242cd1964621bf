"""The session: everything that the program knows, frozen.

A `Session` is a `Document` (what undo brings back), a `Look` (how it is looked
at) and the passing things of the moment. Arrays in it are read-only and shared
between sessions, so that keeping an old session costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.anchors import NO_ANCHORS, Anchors
from ssim_viewer.session.comparison import NO_COMPARISON, Comparison, Mode
from ssim_viewer.session.display import PLAIN, Display, Values
from ssim_viewer.session.document import (
    DEFAULT_METRIC,
    LARGE,
    Document,
    Experiment,
    Opened,
    Role,
    Start,
    is_large,
)
from ssim_viewer.session.map_scale import USUAL_SCALE, MapScale
from ssim_viewer.session.measurement import Measurements, SsimMeasurement
from ssim_viewer.session.playback import Playback

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssim_viewer.compute.memory_budget import Held
    from ssim_viewer.images import Alignment, Channel, GivenRange, Profile
    from ssim_viewer.session.kept import Kept
    from ssim_viewer.session.map_key import MetricLayer
    from ssim_viewer.session.preview import Preview
    from ssim_viewer.session.region import Region, RegionScores
    from ssim_viewer.session.tools import Tool

__all__ = [
    "DEFAULT_METRIC",
    "LARGE",
    "Choice",
    "Document",
    "Experiment",
    "Layout",
    "Look",
    "Notice",
    "Opened",
    "Role",
    "Session",
    "Severity",
    "Start",
    "Subject",
    "is_large",
]


class Severity(StrEnum):
    """How much a notice wants to be read."""

    INFORMATION = "information"
    ERROR = "error"


class Subject(StrEnum):
    """What a notice is about: it is taken away when that is not the case any more."""

    EVENT = "event"
    PAIR = "pair"
    RUN = "run"
    MEASUREMENT = "measurement"


class Layout(StrEnum):
    """Rows × columns of panes."""

    ONE = "1×1"
    TWO = "1×2"
    STACKED = "2×1"
    THREE = "1×3"
    FOUR = "2×2"
    SIX = "2×3"
    NINE = "3×3"

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.value[0])

    @property
    def columns(self) -> int:
        """Number of columns."""
        return int(self.value[2])


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that a notice offers.

    Attributes
    ----------
    id
        What its button is called, after the name of the notice.
    action
        The intent, or the action of a feature, that it leads to.
    """

    id: str
    label: str
    tip: str
    action: object


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the person, and the ways of alignment it offers, if any.

    Attributes
    ----------
    choices
        Answers that it offers.
    offer
        Another data range that can be chosen instead, if any.
    subject
        What must stay as it is for the sentence to be true.
    """

    text: str
    severity: Severity = Severity.INFORMATION
    alignments: tuple[Alignment, ...] = ()
    subject: Subject = Subject.EVENT
    offer: GivenRange | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def passing(self) -> bool:
        """Whether it is good news: it goes by itself after it could be read."""
        if self.choices:
            return False
        return self.severity is Severity.INFORMATION and self.subject is Subject.EVENT


@dataclass(frozen=True, slots=True)
class Look:
    """How the pair is looked at; kept by undo, and from one start to the next.

    Attributes
    ----------
    panes
        What each pane shows, row by row; always nine, a smaller layout shows the first ones.
    anchors
        The pins that keep a spot of both images together, while they are shown.
    before_focus
        The layout that comes back when the focus on one pane ends, or None without a focus.
    metrics
        The catalogue's names of metrics whose scores stand beside those of SSIM.
    active
        The pane that number keys speak to.
    comparison
        How the reference is seen in all panes, beside what they show.
    own_modes
        The mode of each pane that has one of its own, or None.
    pixel_values, pixel_grid
        Whether numbers and lines are drawn on pixels that are large enough.
    region
        The region of interest, or None without one; another size of image takes it away.
    display
        How bright the two images are shown; its range is forgotten with that of the pair.
    scales
        How quantities become colours, where that was chosen; every pane that shows one shares it.
    blinked
        What each pane showed before it was blinked, and shows again after the next blink, or None.
    background
        The grey under transparency, as a fraction of white; None chooses automatically.
    profile
        What is done with the colours of files that have an ICC profile.
    channel
        What is measured of colour images: all channels, one of them, or a luma.
    """

    layout: Layout = Layout.SIX
    panes: tuple[Quantity | MetricLayer, ...] = (
        Quantity.REFERENCE,
        Quantity.DISTORTED,
        Quantity.SSIM,
        Quantity.LUMINANCE,
        Quantity.CONTRAST,
        Quantity.STRUCTURE,
        Quantity.SIGNED_DIFFERENCE,
        Quantity.ABSOLUTE_DIFFERENCE,
        Quantity.GRADIENT,
    )
    active: int = 1
    metrics: tuple[str, ...] = ()
    comparison: Comparison = NO_COMPARISON
    own_modes: tuple[Mode | None, ...] = (None,) * 9
    pixel_values: bool = False
    pixel_grid: bool = True
    region: Region | None = None
    display: Display = PLAIN
    background: float | None = None
    profile: Profile = "keep"
    channel: Channel = "all"
    scales: tuple[tuple[Quantity | MetricLayer, MapScale], ...] = ()
    blinked: tuple[Quantity | MetricLayer | None, ...] = (None,) * 9
    before_focus: Layout | None = None
    anchors: Anchors = NO_ANCHORS

    @property
    def shown_panes(self) -> tuple[int, ...]:
        """The panes of the present layout; a single one is the active one."""
        if self.layout is Layout.ONE:
            return (self.active,)
        return tuple(range(self.layout.rows * self.layout.columns))

    @property
    def visible(self) -> tuple[Quantity | MetricLayer, ...]:
        """What the panes of the present layout show."""
        return tuple(self.panes[pane] for pane in self.shown_panes)

    @property
    def kept_panes(self) -> tuple[Quantity | MetricLayer, ...]:
        """What the panes show when no one of them is blinked."""
        return tuple(before or now for before, now in zip(self.blinked, self.panes, strict=True))

    def comparison_in(self, pane: int) -> Comparison:
        """Return how the reference is seen in a pane; in one that shows it, it is seen anyway."""
        if self.panes[pane] is Quantity.REFERENCE:
            return self.comparison.by(Mode.ALONE)
        return self.comparison.by(self.own_modes[pane] or self.comparison.mode)

    @property
    def comparing(self) -> Comparison:
        """How the reference is seen in the active pane: what the keys of a comparison speak to."""
        return self.comparison.by(self.own_modes[self.active] or self.comparison.mode)

    def scale_of(self, content: Quantity | MetricLayer) -> MapScale:
        """Return how a quantity becomes colours."""
        return next((scale for key, scale in self.scales if key == content), USUAL_SCALE)


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """Everything that the program knows at one moment.

    Attributes
    ----------
    opening
        Images that are to become the pair, while they are brought to one size or
        wait for a choice of how; the pair on screen stays until they have.
    reading
        The files that are being read, by name.
    measurements
        The latest measurement by each metric that is shown.
    kept
        Earlier results that going back to their pairs brings back at once, latest last, for as
        long as there is room for them.
    growing
        What is there of a result on its way, while there is no other one: the first rows of the
        maps of a large pair.
    preview
        A first look at the maps by other settings, while they are measured.
    region_scores
        The latest numbers of a region; they stay on screen until the next ones are there.
    features
        The states of features by their ids; one that is missing is as it is at first.
    cursor
        The pixel (x, y) under the mouse, or None; it follows the mouse at most once a frame, and
        views that do not ask for it are not shown again when nothing else has changed.
    last_cursor
        The pixel that the mouse was over last, when it has left the panes.
    tool
        The tool that takes the left drag in panes, or None: then it pans.
    values
        The latest values of both images for a display that is not plain.
    playing
        Whether a climb is running.
    playback
        How fast and how far it is played.
    undo_name, redo_name
        What undo and redo would take back or make again, or "".
    busy
        What is being worked on, in words, or "" when nothing is.
    progress
        How much of that is done, from 0 to 1, where it can be told.
    """

    document: Document = field(default_factory=Document)
    look: Look = field(default_factory=Look)
    opening: Opened | None = None
    reading: tuple[str, ...] = ()
    measurements: Measurements = field(default_factory=Measurements)
    kept: tuple[Held[Kept], ...] = ()
    growing: SsimMeasurement | None = None
    preview: Preview | None = None
    region_scores: RegionScores | None = None
    values: Values | None = None
    features: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    cursor: tuple[int, int] | None = None
    last_cursor: tuple[int, int] | None = None
    tool: Tool | None = None
    notice: Notice | None = None
    playing: bool = False
    playback: Playback = field(default_factory=Playback)
    busy: str = ""
    progress: float | None = None
    recent: tuple[Path, ...] = ()
    undo_name: str = ""
    redo_name: str = ""

    @property
    def measured(self) -> SsimMeasurement | None:
        """The latest measurement by SSIM; it stays on screen until the next one is ready."""
        return self.measurements.ssim

    @property
    def pictured(self) -> SsimMeasurement | None:
        """What panes show: the latest result, or what is there of the first one."""
        return self.measured or self.growing
