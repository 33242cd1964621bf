"""The scores on screen as a row of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.session.report import ScoreRow

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


def score_row(session: Session) -> ScoreRow | None:
    """Return the scores of the pair on screen, or None before the first are there."""
    opened, measured = session.document.opened, session.measured
    if opened is None or measured is None:
        return None
    height, width = measured.reference.shape[:2]
    run = session.document.run
    distorted = f"{opened.distorted.name}, step {run.frame.index}" if run else opened.distorted.name
    return ScoreRow(opened.reference.name, distorted, width, height, measured.evaluation.scores)
