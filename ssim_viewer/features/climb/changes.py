"""How a climb changes the document: its steps, its branches and its settings. Pure."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from ssim_viewer.compute.memory_budget import within_free_memory
from ssim_viewer.metrics import Quantity
from ssim_viewer.session.family import GRADIENT, SSIM, MetricLayer
from ssim_viewer.session.not_now import NO_BRANCH, NO_RUN, with_sentence
from ssim_viewer.session.run import Run, run_from
from ssim_viewer.session.state import Severity, Start, Subject
from ssim_viewer.session.transitions import measured, notified, with_document, working
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Experiment, Session
    from ssim_viewer.synthesis import Step

KEPT_BRANCHES = 8
BRANCH_BUDGET = 64 * 2**20
"""Bytes of images that each of them keeps."""


def started(session: Session, steps: Sequence[Step]) -> Session:
    """Return the session with a new run."""
    return with_document(session, replace(session.document, run=run_from(steps)))


def advanced(
    session: Session, steps: Sequence[Step], latest: SsimMeasurement | None = None
) -> Session:
    """Return the session after more steps of its run (or the first ones), the latest measured."""
    run = session.document.run
    if session.playing and session.busy:
        session = working(session, "")
    if run is not None:
        after = with_document(session, replace(session.document, run=run.extended(steps)))
    else:
        after = _with_clipping_notice(started(session, steps), steps[0].mse)
    return after if latest is None else measured(after, latest)


def _with_clipping_notice(session: Session, held: float) -> Session:
    """Tell when bringing the start into range has changed its MSE."""
    before = session.measured
    limits = session.document.pixel_range
    if before is None or limits is None:
        return session
    mse = before.values["mse"]
    if math.isclose(mse, held, rel_tol=1e-9):
        return session
    text = tr(
        "The start was clipped into [{low:g}, {high:g}], which changed its MSE from "
        "{mse:.6g} to {held:.6g}; that one is held.",
        low=limits[0],
        high=limits[1],
        mse=mse,
        held=held,
    )
    return notified(session, text, Severity.INFORMATION, Subject.PAIR)


def scrubbed_to(session: Session, index: int) -> Session:
    """Return the session with a step of the history on screen."""
    document = session.document
    if document.run is None:
        return with_sentence(session, NO_RUN)
    return with_document(session, replace(document, run=document.run.scrubbed(index)))


def branched(session: Session) -> Session:
    """Return the session ready to go on from the step on screen.

    Where that is not the latest step, the run as it was is kept among the branches.
    """
    document = session.document
    if document.run is None or document.run.at_end:
        return session
    branches = (*document.branches, _put_aside(document.run))[-KEPT_BRANCHES:]
    return with_document(
        session, replace(session.document, run=document.run.cut(), branches=branches)
    )


def rejoined(session: Session, place: int) -> Session:
    """Return the session with a branch in place of the run, at its latest step."""
    document = session.document
    if document.run is None or not 0 <= place < len(document.branches):
        return with_sentence(session, NO_BRANCH)
    chosen = document.branches[place]
    others = (*document.branches[:place], *document.branches[place + 1 :])
    return with_document(
        session,
        replace(
            session.document,
            run=chosen.scrubbed(chosen.last),
            branches=(*others, _put_aside(document.run)),
        ),
    )


def _put_aside(run: Run) -> Run:
    """Return a run with as few images as are worth keeping of one that was left."""
    return run.thinned(within_free_memory(BRANCH_BUDGET))


def driven_by(session: Session, name: str) -> Session:
    """Return the session with another metric to climb by; a run belongs to the one before."""
    document, look = session.document, session.look
    if name == document.driver:
        return session
    shown = {_gradient_of(document.driver): _gradient_of(name)}
    panes = tuple(shown.get(each, each) for each in look.panes)
    return replace(
        session,
        document=replace(document, driver=name, run=None, branches=()),
        look=replace(look, panes=panes),
    )


def _gradient_of(name: str) -> Quantity | MetricLayer:
    return Quantity.GRADIENT if name == SSIM else MetricLayer(name, GRADIENT)


def experimenting(session: Session, experiment: Experiment) -> Session:
    """Return the session with other settings of the climb.

    A new start takes the run away; direction, rule and step size only steer its further way.
    """
    before = session.document.experiment
    document = replace(session.document, experiment=experiment)
    same_start = experiment.start is before.start and (
        experiment.start is Start.DISTORTED
        or (experiment.noise_mse, experiment.seed, experiment.in_range)
        == (before.noise_mse, before.seed, before.in_range)
    )
    return with_document(
        session, document if same_start else replace(document, run=None, branches=())
    )


def reset(session: Session) -> Session:
    """Return the session at the start: noise keeps its first frame, an image needs no run."""
    document = session.document
    if document.run is None:
        return with_sentence(session, NO_RUN)
    run: Run | None = None
    if document.experiment.start is Start.NOISE:
        run = document.run.scrubbed(0).cut()
    return with_document(session, replace(session.document, run=run, branches=()))
