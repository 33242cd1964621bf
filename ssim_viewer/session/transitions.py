"""How a session changes: pure functions from a session to the next one.

`reduce` answers the intents that need nothing but the session itself; the others
are called with what a worker has found.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents, opening
from ssim_viewer.session.anchoring import anchored
from ssim_viewer.session.anchors import NO_ANCHORS
from ssim_viewer.session.arrangement import (
    beside,
    blinked,
    compared,
    focused,
    laid_out,
    wiped,
    with_content,
    with_own_mode,
    with_scale,
)
from ssim_viewer.session.family import GRADIENT, SSIM, MetricLayer, switched_off
from ssim_viewer.session.metric_settings import changed_settings
from ssim_viewer.session.not_now import NO_ANCHOR, NO_ANCHOR_HERE, NO_BRANCH, NO_RUN, told
from ssim_viewer.session.previewing import preview_on_screen
from ssim_viewer.session.run import Run, run_from
from ssim_viewer.session.state import (
    Layout,
    Look,
    Notice,
    Severity,
    Start,
    Subject,
)
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.images.shapes import Point
    from ssim_viewer.session.display import Values
    from ssim_viewer.session.measurement import AnyMeasurement, SsimMeasurement
    from ssim_viewer.session.preview import Preview
    from ssim_viewer.session.region import RegionScores
    from ssim_viewer.session.state import Document, Experiment, Session
    from ssim_viewer.synthesis import Step

KEPT_BRANCHES = 8
BRANCH_BUDGET = 64 * 2**20
"""Bytes of images that each of them keeps."""


def reduce(session: Session, intent: intents.StateIntent) -> Session:  # noqa: C901, PLR0911, PLR0912
    """Return the session after an intent that needs nothing but the session.

    One flat match, an intent a case: its length is the number of things a person can want.
    """
    match intent:
        case intents.ChooseQuantity(pane, quantity):
            return replace(session, look=with_content(session.look, pane, quantity))
        case intents.ActivatePane(pane):
            look = session.look
            there = look.layout is Layout.ONE or pane in look.shown_panes
            return _looking(session, replace(look, active=pane)) if there else session
        case intents.BlinkPane(pane):
            return replace(session, look=blinked(session.look, pane))
        case intents.ScaleMap(content, scale):
            return replace(session, look=with_scale(session.look, content, scale))
        case intents.ChooseLayout(layout) | intents.ArrangePanes(layout):
            return replace(session, look=laid_out(session.look, layout))
        case intents.FocusPane(pane):
            return _looking(session, focused(session.look, pane))
        case intents.ShowBeside(layout):
            return _looking(session, beside(session.look, layout))
        case intents.SetWipe(position):
            return _looking(session, wiped(session.look, position))
        case intents.Compare(comparison):
            return _looking(session, compared(session.look, comparison))
        case intents.CompareInPane(pane, mode):
            return _looking(session, with_own_mode(session.look, pane, mode))
        case intents.PutAnchor(pane, x, y):
            return _anchored(session, pane, (x, y))
        case intents.ClearAnchors():
            return _without_anchors(session)
        case intents.ShowPixelValues(shown):
            return _looking(session, replace(session.look, pixel_values=shown))
        case intents.ShowPixelGrid(shown):
            return _looking(session, replace(session.look, pixel_grid=shown))
        case intents.SelectRegion(region):
            return _looking(session, replace(session.look, region=region))
        case intents.PointAt(pixel):
            return session if pixel == session.cursor else _pointing(session, pixel)
        case intents.TakeTool(tool):
            return session if tool == session.tool else replace(session, tool=tool)
        case intents.ResetLook():
            return opening.over(replace(session, look=Look()), None)
        case intents.ChangeMetric(metric):
            return with_document(session, replace(session.document, metric=metric))
        case intents.ChangeMetricSettings(name, values):
            return changed_settings(session, name, values)
        case intents.ChooseDriver(name):
            return _driven(session, name)
        case intents.ShowMetrics(names):
            return _looking(session, replace(session.look, metrics=names))
        case intents.ChangeExperiment(experiment):
            return _experimenting(session, experiment)
        case intents.ChangePlayback(playback):
            return replace(session, playback=playback)
        case intents.ChooseBranch(place):
            return _rejoined(session, place)
        case intents.ScrubTo(index):
            return _scrubbed(session, index)
        case intents.ResetRun():
            return _reset(session)
        case intents.SwapImages():
            return opening.swapped(session)
        case intents.ShowImage(pixels, name):
            return opening.showing(session, pixels, name)
        case intents.ReplaceDistorted(image, picture, reference):
            return opening.replaced(session, image, picture, reference)
        case intents.ChooseAlignment(alignment):
            return opening.aligned(session, alignment)
        case intents.ChooseCandidate(index):
            return opening.chosen(session, index)
        case intents.ChangeDisplay(display):
            return _looking(session, replace(session.look, display=display))
        case intents.ChooseBackground(background):
            return opening.over(session, background)
        case intents.ChooseProfile(profile):
            return _looking(session, replace(session.look, profile=profile))
        case intents.ChooseMask(mask):
            return opening.masked(session, mask)
        case intents.ChooseChannel(channel):
            return opening.of_channel(session, channel)
        case intents.ChooseRange(given):
            return opening.ranged(session, given)
        case intents.ReplaceSession(document, look, playback, notes):
            return opening.restored(session, document, look, playback, notes)
        case intents.RefreshImages(images):
            return opening.refreshed(session, images)
        case intents.ShowPair(reference, distorted):
            return opening.shown_pair(session, reference, distorted)
        case intents.DismissNotice():
            return _dismissed(session)
        case intents.Tell(text, choices, is_error):
            severity = Severity.ERROR if is_error else Severity.INFORMATION
            return replace(session, notice=Notice(text, severity, choices=choices))
        case _:
            assert_never(intent)


def with_document(session: Session, document: Document) -> Session:
    """Return the session with another document."""
    return replace(session, document=document)


def _looking(session: Session, look: Look) -> Session:
    return replace(session, look=look)


def _anchored(session: Session, pane: int, place: Point) -> Session:
    anchors = anchored(session.look, pane, *place)
    if anchors is None:
        return told(session, NO_ANCHOR_HERE)
    return _looking(session, replace(session.look, anchors=anchors))


def _without_anchors(session: Session) -> Session:
    if session.look.anchors == NO_ANCHORS:
        return told(session, NO_ANCHOR)
    return _looking(session, replace(session.look, anchors=NO_ANCHORS))


def _pointing(session: Session, pixel: tuple[int, int] | None) -> Session:
    return replace(session, cursor=pixel, last_cursor=pixel or session.last_cursor)


def notified(
    session: Session,
    text: str,
    severity: Severity = Severity.ERROR,
    subject: Subject = Subject.EVENT,
) -> Session:
    """Return the session with a notice, which goes when its subject does."""
    return replace(session, notice=Notice(text, severity, subject=subject))


def playing(session: Session, *, on: bool) -> Session:
    """Return the session while a climb runs, or after it."""
    return replace(session, playing=on, busy="", progress=None)


def working(session: Session, text: str, progress: float | None = None) -> Session:
    """Return the session with a word about what is being worked on, and how far it is."""
    return replace(session, busy=text, progress=progress)


def cancelled(session: Session) -> Session:
    """Return the session without what was being opened or computed."""
    text = tr("Cancelled; what is on screen is what was computed before.")
    after = replace(session, opening=None, reading=())
    return notified(working(after, ""), text, Severity.INFORMATION)


def metrics_measured(session: Session, latest: Sequence[AnyMeasurement]) -> Session:
    """Return the session with other metrics; one that failed is named and switched off."""
    after = replace(session, family=session.family.with_latest(*latest))
    failed = [each for each in latest if each.problem]
    for each in failed:
        after = switched_off(after, each.key)
    return notified(after, " ".join(each.problem for each in failed)) if failed else after


def measured(session: Session, result: SsimMeasurement) -> Session:
    """Return the session with a new result; that there was none is not true any more."""
    after = replace(session, measured=result, growing=None)
    if preview_on_screen(after) is None:
        after = replace(after, preview=None)
    failed = session.notice is not None and session.notice.subject is Subject.MEASUREMENT
    return replace(after, notice=None) if failed else after


def previewed(session: Session, preview: Preview) -> Session:
    """Return the session with a first look at maps that are being measured."""
    return replace(session, preview=preview)


def grown(session: Session, part: SsimMeasurement) -> Session:
    """Return the session with what is there of its first result; a whole one is not replaced."""
    return session if session.measured is not None else replace(session, growing=part)


def values_ready(session: Session, values: Values) -> Session:
    """Return the session with the values of both images for the display."""
    return replace(session, values=values)


def region_measured(session: Session, scores: RegionScores) -> Session:
    """Return the session with the numbers of a region."""
    return replace(session, region_scores=scores)


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
        after = _told_of_clipping(started(session, steps), steps[0].mse)
    return after if latest is None else measured(after, latest)


def _told_of_clipping(session: Session, held: float) -> Session:
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


def _scrubbed(session: Session, index: int) -> Session:
    document = session.document
    if document.run is None:
        return told(session, NO_RUN)
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


def _rejoined(session: Session, place: int) -> Session:
    """Change the run for one of the branches, at its latest step."""
    document = session.document
    if document.run is None or not 0 <= place < len(document.branches):
        return told(session, NO_BRANCH)
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
    return run.thinned(BRANCH_BUDGET)


def _driven(session: Session, name: str) -> Session:
    """Climb by another metric; a run belongs to the metric that it followed."""
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


def _experimenting(session: Session, experiment: Experiment) -> Session:
    """Take the run away for a new start; direction, rule and step only bend its further way."""
    before = session.document.experiment
    after = with_document(session, replace(session.document, experiment=experiment))
    changed = experiment
    same_start = changed.start is before.start and (
        changed.start is Start.DISTORTED
        or (changed.noise_mse, changed.seed, changed.in_range)
        == (before.noise_mse, before.seed, before.in_range)
    )
    return (
        after
        if same_start
        else with_document(after, replace(after.document, run=None, branches=()))
    )


def _reset(session: Session) -> Session:
    """Go back to the start; noise keeps its first frame, a distorted image needs no run."""
    document = session.document
    if document.run is None:
        return told(session, NO_RUN)
    run: Run | None = None
    if document.experiment.start is Start.NOISE:
        run = document.run.scrubbed(0).cut()
    return with_document(session, replace(session.document, run=run, branches=()))


def _dismissed(session: Session) -> Session:
    """Dismissing the question of how to align two images keeps the pair on screen."""
    asked = session.notice is not None and session.notice.alignments
    return replace(session, notice=None, opening=None if asked else session.opening)
