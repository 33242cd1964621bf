"""The scores of the pair on screen under every convention, and the number that was typed. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.metrics import MsSsim, Ssim, settings_of
from ssim_viewer.metrics.conventions import matching, typed_score
from ssim_viewer.session.intents import ChangeMetric, ChangeMetricSettings, ChooseDriver
from ssim_viewer.session.report import table_as_csv
from ssim_viewer.text import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.features.feature import Job
    from ssim_viewer.metrics import NamedConvention
    from ssim_viewer.metrics.conventions import ConventionScore
    from ssim_viewer.session.state import Notice, Session

ID = "conventions"

CSV_COLUMNS = ("convention", "value", "what differs", "origin", "settings")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The scores of a pair, as many as are there already, in the order of the conventions."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    data_range: float
    mask: NDArray[np.bool_] | None
    scores: tuple[ConventionScore, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Conventions:
    """Whether the dock is open, what was found last, and what was typed."""

    open: bool = False
    found: Found | None = None
    whole: bool = False
    typed: str = ""
    problem: str = ""
    exports: tuple[Job, ...] = ()
    notice: Notice | None = None


def conventions_of(session: Session) -> Conventions:
    """Return the state of the feature in a session."""
    state = session.features.get(ID, Conventions())
    assert isinstance(state, Conventions)  # noqa: S101 - nothing else has this key
    return state


def on_screen(state: Conventions, session: Session) -> Found | None:
    """Return the scores of the very images on screen, or None while there are none."""
    found, document = state.found, session.document
    if found is None or document.pair is None or document.shown is None:
        return None
    same = (
        found.reference is document.pair.reference.pixels
        and found.distorted is document.shown
        and found.data_range == document.metric.data_range
        and found.mask is document.pair.mask
    )
    return found if same else None


def lit(state: Conventions, found: Found | None) -> dict[str, str]:
    """Return the conventions that agree with the typed number, and as what."""
    typed = typed_score(state.typed)
    return {} if typed is None or found is None else matching(found.scores, typed)


def answer_words(state: Conventions, found: Found | None) -> str:
    """Return in a sentence what the typed number is."""
    if not state.typed.strip():
        return ""
    if typed_score(state.typed) is None:
        return tr("Type a number, such as 0.3580.")
    if found is None:
        return ""
    count = len(lit(state, found))
    if count == 0:
        return tr("No convention agrees with this number in all its digits.")
    if count == 1:
        return tr("1 convention agrees in all its digits.")
    return tr("{count} conventions agree in all its digits.", count=count)


def adoption(convention: NamedConvention, session: Session) -> tuple[object, ...]:
    """Return the intents that make a convention the metric in use."""
    metric = convention.made(session.document.metric.data_range)
    if isinstance(metric, Ssim):
        return (ChangeMetric(metric), ChooseDriver("ssim"))
    name = "ms-ssim" if isinstance(metric, MsSsim) else "gmsd"
    values = {each.name: getattr(metric, each.name) for each in settings_of(metric)}
    return (ChangeMetricSettings(name, values), ChooseDriver(name))


def as_csv(found: Found) -> str:
    """Return the table as CSV at full precision."""
    rows = (
        (
            each.convention.name,
            "" if math.isnan(each.value) else each.value,
            each.problem or each.convention.difference,
            each.convention.origin,
            each.convention.metric.describe(),
        )
        for each in found.scores
    )
    return table_as_csv(CSV_COLUMNS, *rows)
