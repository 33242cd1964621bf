"""The line profile: images and differences above, similarities below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssim_viewer.metrics import Quantity
from ssim_viewer.metrics.maps.builtin_maps import SIMILARITY_MAPS
from ssim_viewer.ui.plots.base_plot import add_curve, calm_plot, paint_axes, round_limits
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from ssim_viewer.features.distributions.profile import Profile
    from ssim_viewer.ui.theme.colors import Colors

HEIGHT = 150

IMAGES = ("reference", "distorted")
DIFFERENCES = (str(Quantity.SIGNED_DIFFERENCE), str(Quantity.ABSOLUTE_DIFFERENCE))
SIMILARITIES = tuple(str(each) for each in SIMILARITY_MAPS)


class ProfilePlots(QWidget):
    """Two plots over the distance along the line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("profile_plots")
        self.setAccessibleName("Values of all maps along the line")
        self._plots = {"values": calm_plot(self.font()), "similarities": calm_plot(self.font())}
        self._curves: dict[str, pg.PlotDataItem] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for name, plot in self._plots.items():
            plot.setObjectName(f"profile_{name}")
            plot.setAccessibleName(f"Profile: {name}")
            plot.setFixedHeight(HEIGHT)
            layout.addWidget(plot)
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
        if profile is None or not profile.distance.size:
            return
        for plot, names in (
            (self._plots["values"], (*IMAGES, *DIFFERENCES)),
            (self._plots["similarities"], SIMILARITIES),
        ):
            shown = [profile.values[name] for name in names if name in profile.values]
            plot.setXRange(0, max(float(profile.distance[-1]), 1.0), padding=0)
            plot.setYRange(*round_limits(shown), padding=0)

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        paint_axes(self._plots["values"], colors, "pixel value", "")
        paint_axes(self._plots["similarities"], colors, "similarity", "pixels along the line")
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


LEGEND = (
    "Above: reference, distorted (coloured), differences (dashed and dotted). "
    "Below: SSIM (thick), l (dotted), c (dashed), s (thin)."
)
