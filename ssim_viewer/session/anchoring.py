"""What anchor pins make of a look: where pictures are shown, and where the pins stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.anchors import Anchors
from ssim_viewer.session.comparison import Mode
from ssim_viewer.session.overlays import Marker

if TYPE_CHECKING:
    from ssim_viewer.images.shapes import Point
    from ssim_viewer.session.state import Look


def displacement_in(look: Look, pane: int) -> Point:
    """Return by how much a pane shows its picture moved; a difference is of the pair as it is."""
    is_moved = look.panes[pane] is Quantity.DISTORTED
    if not is_moved or look.comparison_in(pane).mode is Mode.DIFFERENCE:
        return (0.0, 0.0)
    return look.anchors.displacement


def marker_in(look: Look, pane: int) -> Marker | None:
    """Return the pin that a pane shows, at its place on screen; maps show that of the reference."""
    anchors = look.anchors
    if look.panes[pane] is not Quantity.DISTORTED:
        place = anchors.reference
    elif anchors.distorted is None:
        return None
    else:
        dx, dy = displacement_in(look, pane)
        place = anchors.distorted[0] + dx, anchors.distorted[1] + dy
    return None if place is None else Marker(*place, "⚓")


def anchored(look: Look, pane: int, x: float, y: float) -> Anchors | None:
    """Return the pins after a click in a pane; None in a pane that shows neither image."""
    anchors = look.anchors
    if look.panes[pane] is Quantity.REFERENCE:
        return Anchors((x, y), anchors.distorted)
    if look.panes[pane] is Quantity.DISTORTED:
        dx, dy = displacement_in(look, pane)
        return Anchors(anchors.reference, (x - dx, y - dy))
    return None
