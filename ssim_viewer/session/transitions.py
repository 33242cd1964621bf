"""How a session changes: pure functions from a session to the next one.

`reduce` answers the intents that need nothing but the session itself; the others
are called with what a worker has found.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from ssim_viewer.session import intents, opening
from ssim_viewer.session.anchoring import anchored
from ssim_viewer.session.anchors import NO_ANCHORS
from ssim_viewer.session.arrangement import (
    arranged,
    beside,
    blinked,
    compared,
    focused,
    wiped,
    with_content,
    with_own_mode,
    with_scale,
)
from ssim_viewer.session.family import switched_off
from ssim_viewer.session.metric_settings import changed_settings
from ssim_viewer.session.not_now import NO_ANCHOR, NO_ANCHOR_HERE, with_sentence
from ssim_viewer.session.previewing import without_old_preview
from ssim_viewer.session.state import (
    Layout,
    Look,
    Notice,
    Severity,
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
    from ssim_viewer.session.state import Document, Session


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
        case intents.ChooseLayout() | intents.ArrangePanes():
            return replace(session, look=arranged(session.look, intent))
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
        case intents.ShowMetrics(names):
            return _looking(session, replace(session.look, metrics=names))
        case intents.ChangePlayback(playback):
            return replace(session, playback=playback)
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
        return with_sentence(session, NO_ANCHOR_HERE)
    return _looking(session, replace(session.look, anchors=anchors))


def _without_anchors(session: Session) -> Session:
    if session.look.anchors == NO_ANCHORS:
        return with_sentence(session, NO_ANCHOR)
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
    after = replace(session, measurements=session.measurements.with_latest(*latest))
    after = without_old_preview(after)
    failed = [each for each in latest if each.problem]
    for each in failed:
        after = switched_off(after, each.key)
    return notified(after, " ".join(each.problem for each in failed)) if failed else after


def measured(session: Session, result: SsimMeasurement) -> Session:
    """Return the session with a new result; that there was none is not true any more."""
    after = replace(session, measurements=session.measurements.with_ssim(result), growing=None)
    after = without_old_preview(after)
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


def _dismissed(session: Session) -> Session:
    """Dismissing the question of how to align two images keeps the pair on screen."""
    asked = session.notice is not None and session.notice.alignments
    return replace(session, notice=None, opening=None if asked else session.opening)
