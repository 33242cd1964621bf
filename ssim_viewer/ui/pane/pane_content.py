"""What a pane shows of a session: its picture, and the words around it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssim_viewer.metrics import Quantity, Unit
from ssim_viewer.metrics.maps.builtin_maps import IMAGES
from ssim_viewer.session.comparison import Mode
from ssim_viewer.session.displaying import display_in_words, tone_of, values_on_screen
from ssim_viewer.session.family import (
    PAIR,
    SSIM,
    MetricLayer,
    family_on_screen,
    is_of_image_on_screen,
)
from ssim_viewer.session.map_scale import USUAL_SCALE
from ssim_viewer.session.maps import map_spec
from ssim_viewer.session.opening import reading_text
from ssim_viewer.session.previewing import preview_of
from ssim_viewer.session.readout import decimals_of, difference_decimals
from ssim_viewer.ui.controls.numbers import fixed, score
from ssim_viewer.ui.controls.numbers import quantity as in_words
from ssim_viewer.ui.pane.colormaps import color_scale, layer_scale
from ssim_viewer.ui.pane.picture import Picture
from ssim_viewer.ui.pane.quantities import title_of
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.metrics import MapSpec
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.session.comparison import Comparison
    from ssim_viewer.session.map_scale import MapScale
    from ssim_viewer.session.measurement import MapKey, SsimMeasurement
    from ssim_viewer.session.preview import Preview
    from ssim_viewer.session.state import Document, Session

MAP_DECIMALS = 4
"""Decimals of the values of maps: similarities of good images differ in the third and fourth."""


def content_picture(session: Session, content: Quantity | MetricLayer) -> Picture | None:
    """Return what a pane shows ready to be painted, or None where it was not measured."""
    if isinstance(content, MetricLayer):
        return _layer_picture(session, content)
    if content in IMAGES:
        return photograph(session, content)
    preview, measured = preview_of(session, content), session.measured
    if preview is not None and measured is not None:
        scale = color_scale(content, measured, session.look.scale_of(content))
        return _coarse_picture(preview, content, scale)
    return picture_of(session.pictured, content, session.look.scale_of(content))


def photograph(session: Session, quantity: Quantity) -> Picture | None:
    """Return one of the two images, of a pair as it was opened before anything was measured.

    What a climb brings, and white at another value than the file's, comes with the measurement.
    """
    document, first = session.document, quantity is Quantity.REFERENCE
    pair, tone, values = document.pair, tone_of(session), values_on_screen(session)
    if tone is not None and values is not None:
        array = values.reference if first else values.distorted
        decimals = min(decimals_of(array, document.metric.data_range), 3)
        pyramid = values.pyramids[not first]
        return Picture(pyramid, None, 0.0, 1, array, decimals, tone=tone)
    if (
        pair is None
        or document.pictures is None
        or document.metric.data_range != pair.reference.data_range
        or not (first or document.run is None)
    ):
        return picture_of(session.pictured, quantity)
    image = pair.reference if first else pair.distorted
    decimals = min(decimals_of(image.pixels, image.data_range), 3)
    return Picture(document.pictures[not first], None, 0.0, 1, image.pixels, decimals)


def _layer_picture(session: Session, wanted: MetricLayer) -> Picture | None:
    family, measured = family_on_screen(session), session.measured
    name = family.found(wanted) if family else None
    found = family.of(wanted) if family else None
    if found is None or measured is None or name is None:
        return None
    layer, pyramid = found.maps[name], found.pyramids[name]
    preview = preview_of(session, name)
    chosen = session.look.scale_of(wanted)
    shared = measured.robust_ranges.get(Quantity.SSIM)
    scale = layer_scale(name, found, measured.metric.data_range, chosen, shared)
    if preview is not None:
        return _coarse_picture(preview, name, scale)
    place = layer.geometry
    values = pyramid.levels[0]
    return Picture(pyramid, scale, place.offset, place.scale, values, MAP_DECIMALS, layer.missing)


def picture_of(
    measured: SsimMeasurement | None, quantity: Quantity, chosen: MapScale = USUAL_SCALE
) -> Picture | None:
    """Return a quantity ready to be painted, or None where it was not measured."""
    if measured is None:
        return None
    if quantity in measured.differences:
        return _difference_picture(measured, quantity, chosen)
    if (found := measured.computed.get(quantity)) is not None:
        scale, place = color_scale(quantity, measured, chosen), found.geometry
        return Picture(found, scale, place.offset, place.scale, found, MAP_DECIMALS)
    if quantity not in measured.pyramids:
        return None
    pyramid, layer = measured.pyramids[quantity], measured.maps[quantity]
    values, decimals = pyramid.levels[0], MAP_DECIMALS
    if quantity in IMAGES:
        values = measured.reference if quantity is Quantity.REFERENCE else measured.distorted
        decimals = min(decimals_of(values, measured.metric.data_range), 3)
    scale = color_scale(quantity, measured, chosen)
    place = layer.geometry
    return Picture(pyramid, scale, place.offset, place.scale, values, decimals, layer.missing)


def _coarse_picture(preview: Preview, content: MapKey, scale: ColorScale | None) -> Picture:
    """Return a first look at a map, in the colours of the map before: then only values move."""
    pyramid, place = preview.pyramids[content], preview.layers[content].geometry
    return Picture(pyramid, scale, place.offset, place.scale, pyramid.levels[0], MAP_DECIMALS)


def _difference_picture(measured: SsimMeasurement, quantity: Quantity, chosen: MapScale) -> Picture:
    difference = measured.differences[quantity]
    scale = color_scale(quantity, measured, chosen)
    decimals = min(difference_decimals(measured), 3)
    return Picture(difference, scale, 0.0, 1, difference, decimals)


def shown_title(session: Session, content: Quantity | MetricLayer) -> str:
    """Return what stands above a pane; a map of another metric says its true size."""
    if isinstance(content, Quantity):
        return title_of(content)
    family = family_on_screen(session)
    found = family.found(content) if family else None
    if family is None or found is None:
        return title_of(content)
    preview = preview_of(session, found)
    if preview is not None:
        height, width = preview.layers[found].values.shape
        title = title_of(found)
        return tr("{title} ({width}×{height}, coarse)", title=title, width=width, height=height)
    layer = family.layers[found]
    height, width = len(layer.values) + layer.missing, layer.values.shape[1]
    measured = session.measured
    if found.metric == PAIR and measured and (height, width) == measured.reference.shape[:2]:
        return title_of(found)
    return f"{title_of(found)} ({width}×{height})"


def comparison_of(session: Session, pane: int) -> Comparison:
    """Return how the reference is seen in a pane; alone where nothing is to be seen yet."""
    found = session.look.comparison_in(pane)
    return found if session.pictured is not None else replace(found, mode=Mode.ALONE)


def note_of(session: Session, quantity: Quantity | MetricLayer) -> str:
    """Return what stands at the right of a pane's title."""
    if quantity in IMAGES:
        name = _name_note(session, quantity is Quantity.REFERENCE)
        return " · ".join(part for part in (tr(display_in_words(session)), name) if part)
    pictured = session.pictured
    if pictured is None:
        return ""
    preview = pane_preview(session, quantity)
    if preview is not None:
        return _coarse_note(preview, quantity)
    if isinstance(quantity, MetricLayer):
        return _score_note(session, quantity.metric)
    return _mean_note(pictured, map_spec(quantity))


def pane_preview(session: Session, content: MapKey) -> Preview | None:
    """Return the first look that a pane shows, while its map is not measured."""
    if session.preview is None:
        return None
    family = family_on_screen(session)
    if isinstance(content, MetricLayer) and family is not None:
        content = family.found(content) or content
    return preview_of(session, content)


def _coarse_note(preview: Preview, content: MapKey) -> str:
    """Return how coarse a first look is."""
    found = preview.found[content.metric if isinstance(content, MetricLayer) else SSIM]
    if found.shrunk:
        return tr("1/{step} of the size…", step=found.step)
    return tr("1 of {scale} windows…", scale=found.step**2)


def _name_note(session: Session, reference: bool) -> str:  # noqa: FBT001
    """Return the name of an image, or the step of the run that is on screen."""
    document, pictured = session.document, session.pictured
    if document.pair is None:
        return ""
    if reference:
        return document.pair.reference.name
    if document.run is None:
        return _place_among_candidates(document) + document.pair.distorted.name
    if pictured is None or pictured.distorted is document.shown:
        return tr("step {cursor}", cursor=document.run.cursor)
    return tr("measuring step {cursor}…", cursor=document.run.cursor)


def _place_among_candidates(document: Document) -> str:
    opened = document.opened
    if opened is None or opened.distorted not in opened.candidates:
        return ""
    return f"{opened.candidates.index(opened.distorted) + 1}/{len(opened.candidates)}  "


def _mean_note(measured: SsimMeasurement, spec: MapSpec) -> str:
    if not spec.score or measured.missing:
        return ""
    mean = measured.values[spec.score]
    number = in_words(mean) if spec.unit == Unit.PIXELS else fixed(mean, MAP_DECIMALS)
    return tr("mean {number}", number=number)


def _score_note(session: Session, metric: str) -> str:
    """Return the score of another metric, while it is of the image on screen."""
    family = family_on_screen(session)
    if family is None or metric not in family.values or not is_of_image_on_screen(session, metric):
        return ""
    return score(family.values[metric])


def message_of(session: Session, content: Quantity | MetricLayer) -> str:
    """Return what a pane says in place of a picture: what is read, or what it waits for."""
    if session.document.pair is not None:
        return tr("Computing…")
    return tr(reading_text(session)) or invitation_to(content)


def invitation_to(quantity: Quantity | MetricLayer) -> str:
    """Return what an empty pane asks for."""
    if quantity is Quantity.REFERENCE:
        return tr("Drop a reference image here,\nor press Ctrl+O")
    if quantity is Quantity.DISTORTED:
        return tr("Drop a distorted image here,\nor press Ctrl+Shift+O")
    return tr("{map} appears here\nonce two images are open", map=title_of(quantity))
