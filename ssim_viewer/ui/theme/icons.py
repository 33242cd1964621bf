"""Icons of the one set in use, in a theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

if TYPE_CHECKING:
    from ssim_viewer.ui.theme.colors import Colors

SIDE = 20
"""Logical pixels."""


def themed_icon(name: str, colors: Colors, *, color: str = "") -> QIcon:
    """Return an icon of Material Design Icons by its name, muted where it is disabled.

    It is painted here once for each scale of screens: painting it anew each time, as the
    set's own icons do, costs time and leaks references.

    Parameters
    ----------
    name
        Such as ``"play"``.
    color
        #rrggbb, instead of the theme's text colour.
    """
    import qtawesome  # noqa: PLC0415 - its fonts are loaded when the first icon is wanted

    drawn = qtawesome.icon(f"mdi6.{name}", color=color or colors.text, color_disabled=colors.branch)
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        for scale in (1, 2, 3):
            pixmap = drawn.pixmap(QSize(SIDE, SIDE) * scale, mode)
            pixmap.setDevicePixelRatio(scale)
            icon.addPixmap(pixmap, mode)
    return icon
