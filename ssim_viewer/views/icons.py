"""Icons of the one set in use, in a theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

if TYPE_CHECKING:
    from ssim_viewer.views.theme import Colors


def themed_icon(name: str, colors: Colors, *, color: str = "") -> QIcon:
    """Return an icon of Material Design Icons by its name, muted where it is disabled.

    Parameters
    ----------
    name
        Such as ``"play"``.
    color
        #rrggbb, instead of the theme's text colour.
    """
    import qtawesome  # noqa: PLC0415 - its fonts are loaded when the first icon is wanted

    return QIcon(
        qtawesome.icon(f"mdi6.{name}", color=color or colors.text, color_disabled=colors.branch)
    )
