"""What the gallery knows: its settings, and the pictures that were made.

Pictures are made one at a time; which one is missing is derived from the session alone. They are
kept small: the image of a picture is made again when it is put on screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, cast

from ssim_viewer.distortions import Link
from ssim_viewer.reports.gallery import CLASSIC_BY_FAMILY, Panel, by_quality
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.features.writing import WriteJob
    from ssim_viewer.images import Image, RangeSource
    from ssim_viewer.jobs.distorting import DistortRequest
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.reports.gallery import Measure
    from ssim_viewer.session.state import Notice, Session

ID = "equal_mse_gallery"

FIRST_LEVELS: Mapping[Measure, float] = {"mse": 210.0, "ssim": 0.8}
"""The levels at first; the MSE is that of the published figure, for white at 255."""

SYMBOLS: Mapping[Measure, str] = {"mse": "MSE", "ssim": "MSSIM"}


@dataclass(frozen=True, slots=True)
class GallerySettings:
    """Which pictures hang in which order.

    Attributes
    ----------
    names
        Types of the catalogue, in its order.
    level
        Of the measure; None is the level at first, for the data range of the reference.
    order
        Sorted by "ssim" or "mse", the best first, or as in the "catalogue".
    """

    names: tuple[str, ...] = CLASSIC_BY_FAMILY
    measure: Measure = "mse"
    level: float | None = None
    seed: int = 0
    order: Literal["ssim", "mse", "catalogue"] = "ssim"
    maps: bool = True

    def level_for(self, data_range: float) -> float:
        """Return the level for a data range."""
        if self.level is not None:
            return self.level
        scale = (data_range / 255) ** 2 if self.measure == "mse" else 1.0
        return FIRST_LEVELS[self.measure] * scale


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What all pictures have in common."""

    reference: Image
    metric: Ssim
    measure: Measure
    level: float
    seed: int
    mask: NDArray[np.bool_] | None = None
    source: RangeSource = "type"

    def is_same(self, other: Subject | None) -> bool:
        """Whether pictures of another subject hang in the same gallery."""
        return (
            other is not None
            and other.reference is self.reference
            and other.mask is self.mask
            and (other.metric, other.measure, other.level, other.seed)
            == (self.metric, self.measure, self.level, self.seed)
        )

    @property
    def title(self) -> str:
        """What it is called, such as ``camera at MSE 210``."""
        return tr(
            "{name} at {symbols} {level:g}",
            name=self.reference.name,
            symbols=SYMBOLS[self.measure],
            level=self.level,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    """The state of the feature.

    Attributes
    ----------
    open
        Whether its window is open; nothing is made for a closed one.
    running
        Whether missing pictures are made; cancelling stops it.
    subject, panels
        The pictures that were made, by type, and of what.
    wanted
        The image that is to come on screen.
    exports
        Files that are still to be written.
    notice
        A sentence in the window.
    """

    settings: GallerySettings = field(default_factory=GallerySettings)
    open: bool = False
    running: bool = True
    subject: Subject | None = None
    panels: Mapping[str, Panel] = field(default_factory=dict)
    wanted: DistortRequest | None = None
    exports: tuple[WriteJob, ...] = ()
    notice: Notice | None = None


def gallery_of(session: Session) -> Gallery:
    """Return the state of the feature in a session."""
    return cast("Gallery", session.features.get(ID, Gallery()))


def subject_of(session: Session) -> Subject | None:
    """Return what the pictures of the settings are of; None without a pair."""
    pair = session.document.pair
    if pair is None:
        return None
    settings = gallery_of(session).settings
    level = settings.level_for(pair.reference.data_range)
    metric = session.document.metric
    return Subject(
        pair.reference,
        metric,
        settings.measure,
        level,
        settings.seed,
        pair.mask,
        pair.range_source,
    )


def panels_of(session: Session) -> Mapping[str, Panel]:
    """Return the pictures of the present subject by type, in the order of the settings."""
    gallery, subject = gallery_of(session), subject_of(session)
    if subject is None or not subject.is_same(gallery.subject):
        return {}
    return {name: gallery.panels[name] for name in gallery.settings.names if name in gallery.panels}


def missing_name(session: Session) -> str | None:
    """Return the type whose picture is made next."""
    gallery, made = gallery_of(session), panels_of(session)
    if not gallery.open or not gallery.running or session.document.pair is None:
        return None
    return next((name for name in gallery.settings.names if name not in made), None)


def hung(session: Session) -> list[Panel]:
    """Return the pictures in the order in which they hang; those without an image are left out."""
    order = gallery_of(session).settings.order
    shown = [panel for panel in panels_of(session).values() if panel.pixels is not None]
    if order == "ssim":
        return by_quality(shown)
    return sorted(shown, key=lambda panel: panel.mse) if order == "mse" else shown


def out_of_reach(session: Session) -> list[str]:
    """Return a sentence for each type that does not reach the level."""
    return [panel.problem for panel in panels_of(session).values() if panel.pixels is None]


def with_panel(state: Gallery, session: Session, subject: Subject, panel: Panel) -> Gallery:
    """Return the state with one more picture, if it still belongs to what is wanted."""
    present = subject_of(session)
    if present is None or not present.is_same(subject):
        return state
    known = state.panels if present.is_same(state.subject) else {}
    return replace(state, subject=present, panels={**known, panel.name: panel})


def link_of(panel: Panel, subject: Subject) -> Link:
    """Return the distortion that made a picture."""
    return Link(panel.name, panel.strength, subject.seed)
