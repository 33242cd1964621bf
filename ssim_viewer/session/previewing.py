"""Whether a session wants a first look at its maps, and whether there is one to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.metrics.maps.builtin_maps import SIMILARITY_MAPS
from ssim_viewer.session.document import is_large
from ssim_viewer.session.kept import of_document

if TYPE_CHECKING:
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.preview import Preview
    from ssim_viewer.session.state import Session


def previewed_metric(session: Session) -> Ssim | None:
    """Return the metric that a preview would be of, or None where none is worth while.

    It is for a change of the metric: of a new pair the first rows are seen instead, and while a
    climb plays the next step comes at once.
    """
    document, before = session.document, session.measured
    if document.pair is None or document.shown is None or before is None or session.playing:
        return None
    large = is_large(document.pair.reference.pixels)
    metric = document.metric.in_precision("double")
    shrinks = metric.factor(document.shown.shape) != 1 or not metric.every_window
    there = of_document(before, document)
    maps = any(quantity in SIMILARITY_MAPS for quantity in session.look.visible)
    return metric if large and maps and not shrinks and not there else None


def preview_on_screen(session: Session) -> Preview | None:
    """Return the preview of what is on screen, while it is not measured."""
    preview, document = session.preview, session.document
    if preview is None or document.pair is None or previewed_metric(session) != preview.metric:
        return None
    if preview.reference is not document.pair.reference.pixels:
        return None
    return preview if preview.distorted is document.shown else None
