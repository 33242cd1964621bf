"""The way of looking as plain data, and back; what is not known any more is left as it was."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from ssim_viewer.features.sessions.saved import SavedLook
from ssim_viewer.metrics import catalogue
from ssim_viewer.session.comparison import Comparison, Mode
from ssim_viewer.session.content_lines import content_of, contents_of, line_of
from ssim_viewer.session.map_scale import scale_as_text, scale_from_text
from ssim_viewer.session.state import Layout, Look

if TYPE_CHECKING:
    from ssim_viewer.metrics import Quantity
    from ssim_viewer.session.map_key import MetricLayer
    from ssim_viewer.session.map_scale import MapScale


def saved_look(look: Look) -> SavedLook:
    """Return a way of looking as data; a pane that is blinked shows what it showed before."""
    return SavedLook(
        look.layout.value,
        tuple(map(line_of, look.kept_panes)),
        look.active,
        look.metrics,
        None,
        look.pixel_values,
        look.region,
        look.display,
        look.background,
        look.profile,
        tuple((line_of(key), scale_as_text(scale)) for key, scale in look.scales),
        look.comparison,
        tuple("" if mode is None else str(mode) for mode in look.own_modes),
        look.pixel_grid,
        "" if look.before_focus is None else look.before_focus.value,
        look.channel,
        look.anchors,
    )


def restored_look(saved: SavedLook) -> Look:
    """Return the way of looking of such data."""
    look = Look(
        active=saved.active,
        metrics=tuple(name for name in saved.metrics if name in catalogue()),
        comparison=_comparison(saved),
        pixel_values=saved.pixel_values,
        pixel_grid=saved.pixel_grid,
        anchors=saved.anchors,
        region=saved.region,
        display=saved.display,
        background=saved.background,
        profile=saved.profile,
        channel=saved.channel,
        scales=_scales(saved.scales),
    )
    with suppress(ValueError):
        look = replace(look, layout=Layout(saved.layout))
    with suppress(ValueError):
        look = replace(look, before_focus=Layout(saved.before_focus))
    own = [Mode(mode) if mode in set(Mode) else None for mode in saved.own_modes]
    look = replace(look, own_modes=(*own, *look.own_modes[len(own) :])[: len(look.own_modes)])
    panes = contents_of(saved.panes, look.panes)
    active = min(max(look.active, 0), len(panes) - 1)
    return replace(look, panes=panes, active=active)


def _comparison(saved: SavedLook) -> Comparison:
    """Return the comparison; a wipe of a file from before is one."""
    if saved.wipe is None:
        return saved.comparison.bounded()
    return saved.comparison.divided(saved.wipe).bounded()


def _scales(
    saved: tuple[tuple[str, str], ...],
) -> tuple[tuple[Quantity | MetricLayer, MapScale], ...]:
    found = []
    for line, text in saved:
        content = content_of(line)
        with suppress(ValueError):
            if content is not None:
                found.append((content, scale_from_text(text)))
    return tuple(found)
