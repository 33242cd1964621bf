"""The line profile: images and differences, similarities, and maps in other units."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ssim_viewer.metrics import MapKind, Quantity
from ssim_viewer.metrics.maps.builtin_maps import SIMILARITY_MAPS
from ssim_viewer.session.maps import map_spec
from ssim_viewer.ui.plots.base_plot import add_curve, calm_plot, paint_axes, round_limits
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.features.distributions.profile import Profile
    from ssim_viewer.session.map_key import MetricLayer
    from ssim_viewer.ui.theme.colors import Colors

HEIGHT = 150

IMAGES = ("reference", "distorted")
DIFFERENCES = (str(Quantity.SIGNED_DIFFERENCE), str(Quantity.ABSOLUTE_DIFFERENCE))
SIMILARITIES = tuple(str(each) for each in SIMILARITY_MAPS)


class ProfilePlots(QWidget):
    """Plots over the distance along the line: values, similarities, and maps in other units."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("profile_plots")
        self.setAccessibleName(tr("Values of all maps along the line"))
        names = ("values", "similarities", "others")
        self._plots = {name: calm_plot(self.font()) for name in names}
        self._curves: dict[str, pg.PlotDataItem] = {}
        self._more: list[tuple[pg.PlotWidget, pg.PlotDataItem]] = []
        self._legend = QLabel(self)
        self._legend.setObjectName("profile_legend")
        self._legend.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for name, plot in self._plots.items():
            plot.setObjectName(f"profile_{name}")
            plot.setAccessibleName(tr("Profile: {name}", name=tr(name)))
            plot.setFixedHeight(HEIGHT)
            layout.addWidget(plot)
        layout.addWidget(self._legend)
        for name in (*IMAGES, *DIFFERENCES):
            self._curves[name] = add_curve(self._plots["values"])
        for name in SIMILARITIES:
            self._curves[name] = add_curve(self._plots["similarities"])
        self._profile: Profile | None = None
        self.restyle(LIGHT)

    def show_profile(self, profile: Profile | None) -> None:
        """Draw a profile; what it does not have is not drawn."""
        if profile is self._profile:
            return
        self._profile = profile
        for name, curve in self._curves.items():
            values = profile.values.get(name) if profile is not None else None
            if profile is None or values is None:
                curve.setData([], [])
            else:
                curve.setData(profile.distance, values, connect="finite")
        more = self._show_more(profile)
        if profile is None or not profile.distance.size:
            return
        found = {
            "values": [profile.values[name] for name in (*IMAGES, *DIFFERENCES)],
            "similarities": [profile.values[name] for name in SIMILARITIES],
        }
        for name, plot in self._plots.items():
            shown = [*found.get(name, ()), *more[name]]
            plot.setXRange(0, max(float(profile.distance[-1]), 1.0), padding=0)
            plot.setYRange(*round_limits(shown), padding=0)

    def _show_more(self, profile: Profile | None) -> dict[str, list[NDArray[np.float64]]]:
        """Draw the maps of other metrics, and the gradient; return what each plot shows of them."""
        for plot, curve in self._more:
            plot.removeItem(curve)
        self._more = []
        shown: dict[str, list[NDArray[np.float64]]] = {name: [] for name in self._plots}
        others = other_maps(profile) if profile is not None else ()
        words = []
        for number, (title, similar, found) in enumerate(others):
            name = "similarities" if similar else "others"
            values = found if similar else in_shares(found)
            color = pg.intColor(number, hues=max(len(others), 6), values=1, maxValue=190)
            curve = add_curve(self._plots[name])
            curve.setPen(pg.mkPen(color))
            curve.setData(profile.distance if profile else [], values, connect="finite")
            self._more.append((self._plots[name], curve))
            shown[name].append(values)
            words.append(f'<span style="color: {color.name()}">■</span> {escape(title)}')
        self._legend.setText("&nbsp; ".join(words))
        self._legend.setVisible(bool(words))
        self._plots["others"].setVisible(bool(shown["others"]))
        return shown

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        paint_axes(self._plots["values"], colors, tr("pixel value"), "")
        paint_axes(self._plots["similarities"], colors, "similarity", tr("pixels along the line"))
        paint_axes(
            self._plots["others"], colors, tr("share of its largest"), tr("pixels along the line")
        )
        pens = {
            "reference": pg.mkPen(colors.text),
            "distorted": pg.mkPen(colors.mse),
            DIFFERENCES[0]: pg.mkPen(colors.muted, style=Qt.PenStyle.DashLine),
            DIFFERENCES[1]: pg.mkPen(colors.muted, style=Qt.PenStyle.DotLine),
            str(Quantity.SSIM): pg.mkPen(colors.ssim, width=2),
            str(Quantity.LUMINANCE): pg.mkPen(colors.text, style=Qt.PenStyle.DotLine),
            str(Quantity.CONTRAST): pg.mkPen(colors.mse, style=Qt.PenStyle.DashLine),
            str(Quantity.STRUCTURE): pg.mkPen(colors.branch),
        }
        for name, curve in self._curves.items():
            curve.setPen(pens[name])


def other_maps(profile: Profile) -> list[tuple[str, bool, NDArray[np.float64]]]:
    """Return title, whether it is a similarity, and values of each map that is not SSIM's own."""
    known = {*IMAGES, *DIFFERENCES, *SIMILARITIES}
    contents: dict[str, Quantity | MetricLayer] = {str(each): each for each in profile.layers}
    contents[str(Quantity.GRADIENT)] = Quantity.GRADIENT
    found = []
    for name, values in profile.values.items():
        if name not in known and name in contents:
            spec = map_spec(contents[name])
            found.append((spec.title, spec.kind is MapKind.SIMILARITY, values))
    return found


def in_shares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values in parts of the largest magnitude: maps of any unit fit into one plot."""
    finite = values[np.isfinite(values)]
    largest = float(np.abs(finite).max(initial=0.0))
    return values / largest if largest > 0 else values


LEGEND = QT_TR_NOOP(
    "Above: reference, distorted (coloured), differences (dashed and dotted). "
    "Below: SSIM (thick), l (dotted), c (dashed), s (thin), and the maps of other metrics that are "
    "shown; errors and gradients in parts of their largest value on the line."
)
