"""The other metrics of a session: which ones it wants, and what was found of them.

SSIM is measured first and alone, so that its maps follow a slider; the others follow.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.metrics import MetricContext, Quantity, catalogue, find, with_settings
from ssim_viewer.session.pyramid import Pyramid
from ssim_viewer.session.spread import Spread, spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Layer, Metric, Ssim
    from ssim_viewer.session.state import Document, Session

SSIM = "ssim"
PAIR = ""
"""Stands in the place of a metric for maps of plug-ins, which are of the pair alone."""

GRADIENT = "gradient"
"""The layer that every metric has besides its maps: the gradient of its value."""

FIRST_MAP = ""
"""The layer that stands for whichever map a metric names first, before its maps are known."""

HELD = ("mse", "psnr")
"""Metrics that a climb at constant MSE leaves as they are: they cannot drive it."""

WITH_SSIM = ("mse", "psnr", "mae", SSIM)
"""Metrics whose values stand among the scores of SSIM's own measurement."""


@dataclass(frozen=True, slots=True)
class MetricLayer:
    """A map of a metric, as a pane shows it: by the names of the metric and of the map."""

    metric: str
    layer: str

    def __str__(self) -> str:
        """Return it in words, as `Quantity` does."""
        return f"{self.metric} {self.layer}".rstrip()


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """What was found of the other metrics, with the very arrays that were measured.

    Attributes
    ----------
    metrics
        The metrics by name, with their settings.
    values
        Their scores; a metric that failed is missing.
    layers
        Their maps, float32 and read-only; the gradient where it was asked for.
    problems
        A sentence for each metric and each map that failed.
    convention
        SSIM by the settings with which maps of plug-ins were made.
    """

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    metrics: Mapping[str, Metric]
    values: Mapping[str, float]
    layers: Mapping[MetricLayer, Layer]
    problems: Mapping[str | MetricLayer, str]
    convention: Ssim | None = None
    pyramids: Mapping[MetricLayer, Pyramid] = field(init=False)
    spreads: Mapping[MetricLayer, Spread] = field(init=False)

    def __post_init__(self) -> None:
        pyramids = {key: Pyramid.of(layer.values) for key, layer in self.layers.items()}
        spreads = {key: spread(layer.values) for key, layer in self.layers.items()}
        object.__setattr__(self, "pyramids", MappingProxyType(pyramids))
        object.__setattr__(self, "spreads", MappingProxyType(spreads))

    def layers_of(self, metric: str) -> tuple[str, ...]:
        """Return the names of the maps that a metric has, the one to show unasked first."""
        return tuple(key.layer for key in self.layers if key.metric == metric)

    def found(self, wanted: MetricLayer) -> MetricLayer | None:
        """Return the map to show for a wanted one.

        It is another one where the images are too small for the wanted scale, None where the
        metric or its gradient was not measured.
        """
        if wanted in self.layers:
            return wanted
        maps = self.layers_of(wanted.metric)
        if wanted.layer == GRADIENT or wanted.metric == PAIR or not maps:
            return None
        return MetricLayer(wanted.metric, maps[0])


def made(document: Document, name: str) -> Metric:
    """Return a metric of the catalogue, made for the images and the convention of a document."""
    metric = usual_metric(document, name)
    return with_settings(metric, document.settings.get(name, {}), symbol_of(name))


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


def family_in_sight(session: Session) -> Family | None:
    """Return the other metrics of the pair on screen, also those of an image before this one."""
    family, measured = session.family, session.measured
    if family is None or measured is None or family.reference is not measured.reference:
        return None
    return family


def is_of_image_on_screen(session: Session) -> bool:
    """Whether the other metrics are of the very image whose SSIM is on screen."""
    family, measured = family_in_sight(session), session.measured
    return family is not None and measured is not None and family.distorted is measured.distorted


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
