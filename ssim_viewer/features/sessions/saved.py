"""What a session file says: plain data that names images by their recipes."""

from dataclasses import dataclass, field
from typing import Any, Literal

from ssim_viewer.images.alignment import Alignment
from ssim_viewer.images.luma import Channel
from ssim_viewer.images.profiles import Profile
from ssim_viewer.images.ranges import NOTHING_GIVEN, GivenRange
from ssim_viewer.images.recipe import Recipe
from ssim_viewer.metrics import Ssim
from ssim_viewer.session.anchors import NO_ANCHORS, Anchors
from ssim_viewer.session.comparison import NO_COMPARISON, Comparison
from ssim_viewer.session.display import PLAIN, Display
from ssim_viewer.session.playback import Playback
from ssim_viewer.session.region import Region
from ssim_viewer.session.state import Experiment

Place = int
"""Which of `SavedSession.images`."""


@dataclass(frozen=True)
class SavedImages:
    """Which images play which part, and how they become a pair.

    Attributes
    ----------
    mask
        Digest of the pixels that count, and what they are called, or None.
    """

    reference: Place
    distorted: Place
    candidates: tuple[Place, ...] = ()
    lacking: Literal["reference", "distorted"] | None = None
    alignment: Alignment | None = None
    given: GivenRange = NOTHING_GIVEN
    background: float | None = None
    mask: tuple[str, str] | None = None
    channel: Channel = "all"


@dataclass(frozen=True)
class SavedNoise:
    """White noise around the reference, by what it is made of."""

    mse: float
    seed: int
    pixel_range: tuple[float, float] | None


@dataclass(frozen=True)
class SavedFrame:
    """An image of a run: its step, and the digest of its pixels, or how the noise is made."""

    index: int
    digest: str = ""
    noise: SavedNoise | None = None


@dataclass(frozen=True)
class SavedRun:
    """A climb: the digest of its trace, the images that are kept of it, and the step on screen."""

    trace: str
    frames: tuple[SavedFrame, ...]
    cursor: int


@dataclass(frozen=True)
class SavedLook:
    """How the pair is looked at.

    Attributes
    ----------
    panes
        A map of SSIM by its name, or metric and map with a tab between them.
    wipe
        The divider of the wipe in files of before there were other modes to compare; else None.
    scales
        Pairs of what is shown and how it becomes colours, as one line of text each.
    own_modes
        The mode of comparing of each pane that has one of its own, else "".
    """

    layout: str
    panes: tuple[str, ...]
    active: int = 1
    metrics: tuple[str, ...] = ()
    wipe: float | None = None
    pixel_values: bool = False
    region: Region | None = None
    display: Display = PLAIN
    background: float | None = None
    profile: Profile = "keep"
    scales: tuple[tuple[str, str], ...] = ()
    comparison: Comparison = NO_COMPARISON
    own_modes: tuple[str, ...] = ()
    pixel_grid: bool = True
    before_focus: str = ""
    channel: Channel = "all"
    anchors: Anchors = NO_ANCHORS


@dataclass(frozen=True)
class SavedSession:
    """Everything.

    Attributes
    ----------
    images
        The recipes of all images that are named by their places.
    places
        For each file where it is as seen from the folder of the session file.
    features
        What features keep, by their ids.
    settings
        What was changed of the metrics beside SSIM, by their names.
    branches
        Runs that were left when a new one started from an earlier step.
    """

    images: tuple[Recipe, ...]
    places: dict[str, str]
    opened: SavedImages
    metric: Ssim
    driver: str
    experiment: Experiment
    playback: Playback
    look: SavedLook
    run: SavedRun | None = None
    features: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    branches: tuple[SavedRun, ...] = ()
