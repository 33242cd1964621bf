"""The scores on screen as a row of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.session.report import ScoreRow

if TYPE_CHECKING:
    from ssim_viewer.session.state import Measured, Session


def score_row(session: Session) -> ScoreRow | None:
    """Return the scores of the pair on screen, or None before the first are there."""
    opened, measured = session.document.opened, session.measured
    if opened is None or measured is None:
        return None
    height, width = measured.reference.shape[:2]
    run = session.document.run
    distorted = f"{opened.distorted.name}, step {run.frame.index}" if run else opened.distorted.name
    scores = {**measured.evaluation.scores.as_dict(), **_shown_beside(session, measured)}
    source = session.document.range_source
    told = None if source == "type" else measured.evaluation.metric.data_range
    return ScoreRow(opened.reference.name, distorted, width, height, scores, told, source)


def _shown_beside(session: Session, measured: Measured) -> dict[str, float]:
    """Return the scores of the other metrics in the strip, where they are of the same images."""
    family = session.family
    if family is None or family.distorted is not measured.distorted:
        return {}
    return {name: family.values[name] for name in session.look.metrics if name in family.values}
