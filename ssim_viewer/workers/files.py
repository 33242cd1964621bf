"""What intents on files mean: reading into the pair, and writing what is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.family import MetricLayer, family_in_sight
from ssim_viewer.session.rows import score_row
from ssim_viewer.workers import exports, requests

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.session.state import Measured, Session
    from ssim_viewer.workers.runner import Request


def file_work(intent: intents.Intent, session: Session) -> Request | None:
    """Return the request on files that an intent means, or None if it means none."""
    match intent:
        case intents.OpenFile(role, path):
            return requests.ReadRequest(role, path)
        case intents.OpenFiles((reference, *distorted)):
            return requests.PairRequest(reference, tuple(distorted))
        case intents.OpenSample(name):
            return requests.SampleRequest(name)
        case intents.PasteImage(role, pixels) if pixels is not None:
            return requests.PasteRequest(role, pixels)
        case intents.ExportPicture(data, path):
            return exports.ExportPictureRequest(path, data)
    return _writing(intent, session)


def _writing(  # noqa: PLR0911 - a case for each thing that can be written
    intent: intents.Intent, session: Session
) -> Request | None:
    document, measured = session.document, session.measured
    if document.pair is None or measured is None:
        return None
    match intent:
        case intents.SaveDistorted(path):
            return exports.SaveDistortedRequest(
                path, document.metric, measured.reference, measured.distorted
            )
        case intents.ExportPane(quantity, path, table, levels):
            values = _map(session, measured, quantity)
            return (
                None if values is None else exports.ExportPaneRequest(path, values, table, levels)
            )
        case intents.ExportMap(quantity, path):
            values = _values(session, measured, quantity)
            return None if values is None else exports.ExportMapRequest(path, values)
        case intents.ExportScores(path) if (row := score_row(session)) is not None:
            return exports.ExportScoresRequest(path, row)
        case intents.ExportTrace(path) if document.run is not None:
            return exports.ExportTraceRequest(path, document.driver, document.run.trace)
    return None


def _values(
    session: Session, measured: Measured, content: Quantity | MetricLayer
) -> NDArray[np.generic] | None:
    """Return the values of what a pane shows: of the two pictures those in their own units."""
    if content is Quantity.REFERENCE:
        return measured.reference
    if content is Quantity.DISTORTED:
        return measured.distorted
    return _map(session, measured, content)


def _map(
    session: Session, measured: Measured, content: Quantity | MetricLayer
) -> NDArray[np.generic] | None:
    """Return the array that a pane shows, or None while there is none."""
    if isinstance(content, MetricLayer):
        family = family_in_sight(session)
        found = family.found(content) if family else None
        return family.layers[found].values if family and found else None
    return measured.evaluation.maps.get(content)
