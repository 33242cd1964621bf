"""The selected region of a session: where it lies, its numbers in words, and of which maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.metrics.maps.builtin_maps import BUILT_IN_MAPS, SIMILARITY_MAPS
from ssim_viewer.session.family import family_on_screen, is_of_image_on_screen
from ssim_viewer.session.map_key import MetricLayer
from ssim_viewer.session.maps import map_spec
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssim_viewer.metrics import Layer, Quantity
    from ssim_viewer.session.region import Region
    from ssim_viewer.session.state import Session

_NONE = "–"


def shown_region(session: Session) -> Region | None:
    """Return the part of the selected region that lies on the image on screen."""
    region, measured = session.look.region, session.measured
    if region is None or measured is None:
        return None
    height, width = measured.reference.shape[:2]
    return region.within(width, height)


def region_text(session: Session) -> str:
    """Return the numbers of the selected region in one line, or nothing without one."""
    region, scores, measured = shown_region(session), session.region_scores, session.measured
    if region is None or measured is None:
        return ""
    if scores is None or scores.region != region:
        return tr("Region {region}   …", region=region.words)
    decimals = 2 if measured.metric.data_range > 1 else 6
    means = {key: scores.means[BUILT_IN_MAPS[key].score] for key in SIMILARITY_MAPS}
    parts = joined("  ", (_spoken(key, value) for key, value in means.items()))
    others = (_spoken(key, value) for key, value in scores.layers.items())
    return joined(
        "   ",
        (
            tr("Region {region}", region=region.words),
            parts,
            tr("MSE {mse:.{decimals}f}", mse=scores.mse, decimals=decimals),
            *others,
        ),
    )


def shown_layers(session: Session) -> Mapping[MetricLayer, Layer]:
    """Return the maps of other metrics and of plug-ins that panes show, of the image on screen."""
    family = family_on_screen(session)
    if family is None:
        return {}
    shown = (each for each in session.look.visible if isinstance(each, MetricLayer))
    found = (family.found(each) for each in shown if is_of_image_on_screen(session, each))
    return {key: family.layers[key] for key in found if key is not None}


def _spoken(content: Quantity | MetricLayer, value: float | None) -> str:
    spec = map_spec(content)
    return joined(" ", (spec.words, _NONE if value is None else spec.value_text(value)))
