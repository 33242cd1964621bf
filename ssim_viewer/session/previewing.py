"""Whether a session wants a first look at maps, and whether there is one to show."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.metrics import MetricError
from ssim_viewer.metrics.maps.builtin_maps import SIMILARITY_MAPS
from ssim_viewer.session.document import is_large
from ssim_viewer.session.family import made, wanted_metrics
from ssim_viewer.session.kept import of_document
from ssim_viewer.session.map_key import GRADIENT, PAIR, SSIM, MetricLayer

if TYPE_CHECKING:
    from ssim_viewer.metrics import Metric
    from ssim_viewer.session.measurement import MapKey
    from ssim_viewer.session.preview import Preview
    from ssim_viewer.session.state import Session


def previewed_metrics(session: Session) -> dict[str, Metric]:
    """Return the metrics that a preview would be of, by name; none where none is worth while.

    It is for a change of settings: of a new pair the first rows are seen instead, and while a
    climb plays the next step comes at once.
    """
    document, before = session.document, session.measured
    if document.pair is None or document.shown is None or before is None or session.playing:
        return {}
    if not is_large(document.pair.reference.pixels):
        return {}
    return _by_ssim(session) | _by_others(session)


def preview_of(session: Session, content: MapKey) -> Preview | None:
    """Return the preview that holds a map of what is on screen, while it is not measured."""
    preview, document = session.preview, session.document
    if preview is None or document.pair is None or content not in preview.pyramids:
        return None
    if preview.reference is not document.pair.reference.pixels:
        return None
    name = content.metric if isinstance(content, MetricLayer) else SSIM
    wanted = preview.distorted is document.shown and previewed_metrics(session).get(name)
    return preview if wanted and wanted == preview.metrics[name] else None


def is_previewed(session: Session, metrics: dict[str, Metric]) -> bool:
    """Whether there is a preview of what is on screen by these metrics."""
    preview, pair = session.preview, session.document.pair
    return (
        preview is not None
        and pair is not None
        and preview.reference is pair.reference.pixels
        and preview.distorted is session.document.shown
        and all(preview.metrics.get(name) == metric for name, metric in metrics.items())
    )


def without_old_preview(session: Session) -> Session:
    """Return the session without a preview whose maps have all been measured."""
    preview = session.preview
    if preview is None or any(preview_of(session, key) for key in preview.pyramids):
        return session
    return replace(session, preview=None)


def _by_ssim(session: Session) -> dict[str, Metric]:
    document = session.document
    metric = document.metric.in_precision("double")
    shape = document.shown.shape if document.shown is not None else ()
    shrinks = metric.factor(shape) != 1 or not metric.every_window
    there = of_document(session.measured, document)
    maps = any(quantity in SIMILARITY_MAPS for quantity in session.look.visible)
    return {SSIM: metric} if maps and not shrinks and not there else {}


def _by_others(session: Session) -> dict[str, Metric]:
    document = session.document
    pair, shown = document.pair, document.shown
    found: dict[str, Metric] = {}
    if pair is None or shown is None or pair.mask is not None or document.metric.crop:
        return found  # a border or a mask would have to be made coarse, too
    layers = (each for each in session.look.visible if isinstance(each, MetricLayer))
    seen = {each.metric for each in layers if each.layer != GRADIENT and each.metric != PAIR}
    for name in wanted_metrics(session):
        known = session.measurements.others.get(name) if name in seen else None
        if known is None or known.reference is not pair.reference.pixels:
            continue
        with suppress(MetricError, TypeError):  # the measurement itself will say why
            metric = made(document, name)
            if known.distorted is not shown or not _is_same(known.metric, metric):
                found[name] = metric
    return found


def _is_same(known: Metric | None, wanted: Metric) -> bool:
    """Whether two metrics differ by their precision at most."""
    settings: Any = known  # a dataclass
    precision = getattr(wanted, "precision", None)
    if precision is not None:
        settings = replace(settings, precision=precision)
    return bool(settings == wanted)
