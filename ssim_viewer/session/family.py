"""The other metrics of a session: which ones it wants, and which are of what is on screen.

SSIM is measured first and alone, so that its maps follow a slider; the others follow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssim_viewer.metrics import (
    MetricContext,
    Quantity,
    catalogue,
    cropped_metric,
    find,
    restricted_metric,
    with_settings,
)
from ssim_viewer.session.map_key import FIRST_MAP, GRADIENT, PAIR, SSIM, MetricLayer

if TYPE_CHECKING:
    from ssim_viewer.metrics import Metric
    from ssim_viewer.session.measurement import Measurements
    from ssim_viewer.session.state import Document, Session

__all__ = ["FIRST_MAP", "GRADIENT", "PAIR", "SSIM", "MetricLayer"]  # known here, too

HELD = ("mse", "psnr")
"""Metrics that a climb at constant MSE leaves as they are: they cannot drive it."""

WITH_SSIM = ("mse", "psnr", "mae", SSIM)
"""Metrics whose values stand among the scores of SSIM's own measurement."""


def made(document: Document, name: str) -> Metric:
    """Return a metric of the catalogue, made for the images and the convention of a document."""
    return cropped_metric(chosen_metric(document, name), document.metric.crop)


def chosen_metric(document: Document, name: str) -> Metric:
    """Return a metric with the settings of its own that a person has changed."""
    metric = usual_metric(document, name)
    return with_settings(metric, document.settings.get(name, {}), symbol_of(name))


def counted(document: Document, name: str) -> Metric:
    """Return a metric as `made` does, of the pixels that count."""
    pair = document.pair
    return restricted_metric(made(document, name), None if pair is None else pair.mask)


def usual_metric(document: Document, name: str) -> Metric:
    """Return a metric as it is while nobody has changed its own settings."""
    ssim = document.metric
    if name == SSIM:
        return ssim
    return find(name).make(MetricContext(ssim.data_range, ssim.color, ssim))


def symbol_of(name: str) -> str:
    """Return a metric as it stands beside a number."""
    entry = catalogue().get(name)
    return entry.symbol if entry else name


def family_on_screen(session: Session) -> Measurements | None:
    """Return the other metrics of the pair on screen, also those of an image before this one."""
    measured, others = session.measured, session.measurements.others.values()
    if measured is None or all(each.reference is not measured.reference for each in others):
        return None
    return session.measurements


def is_of_image_on_screen(session: Session, content: str | MetricLayer) -> bool:
    """Whether a metric, or a map, is of the very image whose SSIM is on screen."""
    name = MetricLayer(content, "") if isinstance(content, str) else content
    found, measured = session.measurements.of(name), session.measured
    return (
        found is not None
        and measured is not None
        and found.is_of(measured.reference, measured.distorted)
    )


def driving(document: Document) -> Metric:
    """Return the metric that a climb follows."""
    return made(document, document.driver)


def wanted_metrics(session: Session) -> tuple[str, ...]:
    """Return the names of the metrics that something on screen shows, SSIM's own left out."""
    look = session.look
    visible = (each for each in look.visible if isinstance(each, MetricLayer))
    layers = tuple(each.metric for each in visible if each.metric != PAIR)
    names = dict.fromkeys((*look.metrics, session.document.driver, *layers))
    shown_as_maps = set(layers)
    return tuple(name for name in names if name not in WITH_SSIM or name in shown_as_maps)


def wanted_gradients(session: Session) -> frozenset[str]:
    """Return the metrics whose gradient a pane shows."""
    return frozenset(
        each.metric
        for each in session.look.visible
        if isinstance(each, MetricLayer) and each.layer == GRADIENT
    )


def wanted_maps(session: Session) -> tuple[str, ...]:
    """Return the ids of the maps of plug-ins that panes show."""
    visible = (each for each in session.look.visible if isinstance(each, MetricLayer))
    return tuple(dict.fromkeys(each.layer for each in visible if each.metric == PAIR))


def switched_off(session: Session, name: str | MetricLayer) -> Session:
    """Return the session without a metric or a map that failed; SSIM takes its place."""
    look, document = session.look, session.document
    panes = tuple(
        Quantity.SSIM if isinstance(each, MetricLayer) and name in (each, each.metric) else each
        for each in look.panes
    )
    metrics = tuple(each for each in look.metrics if each != name)
    if document.driver == name:
        document = replace(document, driver=SSIM, run=None, branches=())
    return replace(session, look=replace(look, panes=panes, metrics=metrics), document=document)
