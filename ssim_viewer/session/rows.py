"""The scores on screen as a row of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.session.metric_settings import settings_words
from ssim_viewer.session.range_words import convention
from ssim_viewer.session.region_readout import shown_region
from ssim_viewer.session.report import ScoreRow, region_lines
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session


def score_row(session: Session) -> ScoreRow | None:
    """Return the scores of the pair on screen, or None before the first are there."""
    opened, measured = session.document.opened, session.measured
    if opened is None or measured is None:
        return None
    height, width = measured.reference.shape[:2]
    run = session.document.run
    distorted = (
        tr("{name}, step {index}", name=opened.distorted.name, index=run.frame.index)
        if run
        else opened.distorted.name
    )
    scores = {**measured.values, **_shown_beside(session, measured)}
    source = session.document.range_source
    told = None if source == "type" else measured.metric.data_range
    pair = session.document.pair
    registered = None if pair is None else pair.registered
    metric, shape = measured.metric, measured.reference.shape
    channel = session.document.channel
    words = convention(metric, shape, source, measured.mask, registered, channel=channel)
    changed = settings_words(session.document, session.look.metrics)
    words = "; ".join(part for part in (words, changed) if part)
    names = (opened.reference.name, distorted)
    return ScoreRow(*names, width, height, scores, told, source, words, region_row(session))


def region_row(session: Session) -> dict[str, str | float]:
    """Return the place and the scores of the selected region by column; empty without them."""
    region, scores, measured = shown_region(session), session.region_scores, session.measured
    if region is None or scores is None or measured is None or scores.region != region:
        return {}
    if scores.whole is not measured.values:
        return {}
    numbers = {"mse": scores.mse, **scores.means}
    found = {f"region_{name}": value for name, value in numbers.items() if value is not None}
    return {"region": str(region), **found}


def region_as_text(session: Session) -> str:
    """Return the selected region with its scores and their convention, for reading."""
    row = score_row(session)
    if row is None or not row.region:
        return ""
    lines = {
        "Reference": row.reference,
        "Distorted": row.distorted,
        **region_lines(row.region),
        "Convention": row.convention,
    }
    return "\n".join(f"{label:<11}{value}" for label, value in lines.items()) + "\n"


def _shown_beside(session: Session, measured: SsimMeasurement) -> dict[str, float]:
    """Return the scores of the other metrics in the strip, where they are of the same images."""
    values = session.measurements.only(measured.reference, measured.distorted).values
    if not values:
        return {}
    return {name: values[name] for name in session.look.metrics if name in values}
