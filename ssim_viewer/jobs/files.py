"""What intents on files mean: reading into the pair, and writing what is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, assert_never

from ssim_viewer.jobs import exports, requests
from ssim_viewer.jobs.measuring import missing_measurement
from ssim_viewer.metrics import Quantity
from ssim_viewer.metrics.maps.builtin_maps import IMAGES
from ssim_viewer.session import intents
from ssim_viewer.session.displaying import tone_of
from ssim_viewer.session.family import MetricLayer, family_on_screen, is_of_image_on_screen
from ssim_viewer.session.not_now import (
    MEASURING,
    NO_FILE,
    NO_FILES,
    NO_PAIR,
    NO_PASTE,
    NO_RUN,
    NotNow,
)
from ssim_viewer.session.provenance import how_made
from ssim_viewer.session.rows import score_row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssim_viewer.jobs.exports import Values
    from ssim_viewer.jobs.runner import Request
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.report import ScoreRow
    from ssim_viewer.session.state import Session

Found = TypeVar("Found")


def reading(  # noqa: PLR0911 - a case for each thing that can be read
    intent: intents.OpeningIntent, session: Session
) -> Request | NotNow:
    """Return the request that takes the image or images of an intent, or why there is none now."""
    match intent:
        case intents.OpenFile(role, path, damaged):
            return requests.ReadRequest(role, path, session.look.profile, damaged)
        case intents.OpenFiles(paths):
            if not paths:
                return NotNow(NO_FILES)
            return requests.PairRequest(paths[0], paths[1:], profile=session.look.profile)
        case intents.OpenImages(reference, distorted):
            return requests.PairRequest(reference, distorted)
        case intents.OpenSample(name):
            return requests.SampleRequest(name)
        case intents.PasteImage(role, pixels):
            return NotNow(NO_PASTE) if pixels is None else requests.PasteRequest(role, pixels)
        case intents.OpenMask(path):
            return NotNow(NO_PAIR) if session.document.pair is None else requests.MaskRequest(path)
        case intents.Reload():
            return _reading_again(session)
        case _:
            assert_never(intent)


def writing(intent: intents.WritingIntent, session: Session) -> Request | NotNow:
    """Return the request that writes what an intent names, or why there is none now."""
    match intent:
        case intents.ExportPicture(data, path):
            return exports.ExportPictureRequest(path, data, how_made(session))
        case intents.SaveDistorted(path):
            return _saving(session, path)
        case intents.ExportPane(quantity, path, scale):
            return _coloring(session, quantity, path, scale)
        case intents.ExportMap(quantity, path):
            return _mapping(session, quantity, path)
        case intents.ExportScores(path):
            return _or_not(_scores(session), lambda row: exports.ExportScoresRequest(path, row))
        case intents.ExportTrace(path):
            driver = session.document.driver
            run = session.document.run or NotNow(NO_RUN)
            made = how_made(session)
            return _or_not(
                run, lambda run: exports.ExportTraceRequest(path, driver, run.trace, made)
            )
        case _:
            assert_never(intent)


def _mapping(session: Session, content: Quantity | MetricLayer, path: Path) -> Request | NotNow:
    found = _values(session, content)
    if isinstance(found, NotNow):
        return found
    return exports.ExportMapRequest(path, found, how_made(session, content))


def _coloring(
    session: Session, content: Quantity | MetricLayer, path: Path, scale: ColorScale | None
) -> Request | NotNow:
    tone = tone_of(session) if content in IMAGES else None
    found = _array(session, content) if tone is None else _values(session, content)
    if isinstance(found, NotNow):
        return found
    return exports.ExportPaneRequest(path, found, scale, tone, how_made(session, content))


def _or_not(found: Found | NotNow, request: Callable[[Found], Request]) -> Request | NotNow:
    """Return the request for what was found, or why nothing was."""
    return found if isinstance(found, NotNow) else request(found)


def _scores(session: Session) -> ScoreRow | NotNow:
    row = score_row(session)
    return _not_measured(session) if row is None or _up_to_date(session) is None else row


def _reading_again(session: Session) -> Request | NotNow:
    opened = session.document.opened
    if opened is None:
        return NotNow(NO_PAIR)
    if opened.reference.path is None and opened.distorted.path is None:
        return NotNow(NO_FILE)
    images = opened.candidates or (opened.distorted,)
    sources = () if opened.lacking else tuple(image.path or image for image in images)
    shown = images.index(opened.distorted)
    reference = opened.reference.path or opened.reference
    return requests.PairRequest(
        reference, sources, opened.alignment, shown, opened.given, session.look.profile
    )


def _saving(session: Session, path: Path) -> Request | NotNow:
    """Return the request that writes the distorted image; it need not be measured yet."""
    document = session.document
    if document.pair is None or document.shown is None:
        return NotNow(NO_PAIR)
    pair = document.pair
    made = how_made(session, Quantity.DISTORTED)
    return exports.SaveDistortedRequest(
        path, document.metric, pair.reference.pixels, document.shown, made, pair.mask
    )


def _not_measured(session: Session) -> NotNow:
    return NotNow(NO_PAIR if session.document.pair is None else MEASURING)


def _up_to_date(session: Session) -> SsimMeasurement | None:
    """Return the measurement of the very image on screen, or None while it is on its way."""
    return session.measured if missing_measurement(session) is None else None


def _values(session: Session, content: Quantity | MetricLayer) -> Values | NotNow:
    """Return the values of what a pane shows: of the two pictures those in their own units."""
    document = session.document
    if document.pair is not None and content is Quantity.REFERENCE:
        return document.pair.reference.pixels
    if document.shown is not None and content is Quantity.DISTORTED:
        return document.shown
    return _array(session, content)


def _array(session: Session, content: Quantity | MetricLayer) -> Values | NotNow:
    """Return the array that a pane shows, or why there is none now."""
    measured = _up_to_date(session)
    if measured is None:
        return _not_measured(session)
    if isinstance(content, MetricLayer):
        current = is_of_image_on_screen(session, content)
        family = family_on_screen(session) if current else None
        found = family.found(content) if family else None
        shown = family.layers[found] if family and found else None
        return NotNow(MEASURING) if shown is None or shown.missing else shown.values
    if content in measured.differences:
        return measured.differences[content]
    if content in measured.computed:
        return measured.computed[content]
    layer = measured.maps.get(content)
    return NotNow(MEASURING) if layer is None else layer.values
