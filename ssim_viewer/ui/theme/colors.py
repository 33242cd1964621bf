"""Light, dark and high contrast: a set of named colours each, and the palette made of them.

Image surrounds are neutral grey in both, since a set_text_color surround biases the eye.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QToolTip

from ssim_viewer.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


STYLE = "fusion"
"""The style of Qt that looks alike everywhere and follows the palette."""


class Theme(StrEnum):
    """What a person can choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high contrast"


THEME_WORDS = {
    Theme.SYSTEM: tr("System"),
    Theme.LIGHT: tr("Light"),
    Theme.DARK: tr("Dark"),
    Theme.HIGH_CONTRAST: tr("High contrast"),
}


@dataclass(frozen=True, slots=True)
class Colors:
    """Named colours, as #rrggbb.

    Attributes
    ----------
    window, surface, raised
        The background, fields on it, and buttons.
    surround
        Neutral grey around images.
    text, muted
        What is read first, and what is read when looked for.
    line
        Borders and grid lines.
    frame
        Neutral grey around pictures, seen on white and on the surround.
    accent, on_accent
        The one accent, and text on it.
    error, on_error
        The notice of a problem.
    luminance, contrast, structure, ssim, mse
        One colour a quantity, the same in every plot and readout.
    """

    window: str
    surface: str
    raised: str
    surround: str
    text: str
    muted: str
    line: str
    frame: str
    accent: str
    on_accent: str
    error: str
    on_error: str
    ssim: str
    mse: str
    branch: str


LIGHT = Colors(
    window="#f2f2f2",
    surface="#ffffff",
    raised="#fafafa",
    surround="#c6c6c6",
    text="#1c1c1c",
    muted="#5f5f5f",
    line="#c9c9c9",
    frame="#8a8a8a",
    accent="#1f6fb2",
    on_accent="#ffffff",
    error="#fbe3e0",
    on_error="#7c1d12",
    ssim="#1f6fb2",
    mse="#a94e08",
    branch="#b0b0b0",
)

DARK = Colors(
    window="#252525",
    surface="#1b1b1b",
    raised="#333333",
    surround="#121212",
    text="#ececec",
    muted="#a3a3a3",
    line="#444444",
    frame="#5c5c5c",
    accent="#5aa9e6",
    on_accent="#0d1a24",
    error="#4a211c",
    on_error="#ffd9d2",
    ssim="#5aa9e6",
    mse="#f0a35e",
    branch="#6a6a6a",
)


HIGH_CONTRAST = Colors(
    window="#000000",
    surface="#000000",
    raised="#1c1c1c",
    surround="#000000",
    text="#ffffff",
    muted="#dcdcdc",
    line="#ffffff",
    frame="#ffffff",
    accent="#ffd500",
    on_accent="#000000",
    error="#5c0000",
    on_error="#ffffff",
    ssim="#66c7ff",
    mse="#ffa94d",
    branch="#b4b4b4",
)
"""Every text has a contrast of 7 : 1 or more to what it is written on, as WCAG 2.2 has it."""

OUTLINES = """
QPushButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView, QMenu, QToolTip
    {{ border: 1px solid {line}; }}
QPushButton {{ padding: 3px 8px; background: {raised}; }}
QPushButton:checked {{ background: {accent}; color: {on_accent}; }}
QPushButton:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{ border-color: {branch}; }}
QDockWidget::close-button, QDockWidget::float-button
    {{ background: {branch}; border: 1px solid {line}; }}
QToolButton:checked {{ border: 1px solid {accent}; }}
QPushButton:focus, QToolButton:focus, QComboBox:focus, QAbstractSpinBox:focus, QLineEdit:focus,
QAbstractItemView:focus, QCheckBox:focus, QSlider:focus {{ border: 2px solid {accent}; }}
"""
"""What the style of Qt draws too faintly on black: outlines, and what has the focus."""


def colors_of(theme: Theme) -> Colors:
    """Return the colours of a theme; the system's choice is asked for now."""
    if theme is Theme.HIGH_CONTRAST:
        return HIGH_CONTRAST
    if theme is Theme.SYSTEM:
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    return DARK if theme is Theme.DARK else LIGHT


def apply_theme(application: QApplication, theme: Theme) -> Colors:
    """Paint the whole application in a theme and return its colours."""
    colors = colors_of(theme)
    sheet = OUTLINES.format(**asdict(colors)) if theme is Theme.HIGH_CONTRAST else ""
    if not sheet and application.styleSheet():  # else it would be polished anew for the palette
        application.setStyleSheet("")
    # A style is polished into every widget, and one beneath a sheet does not tell its name.
    if not application.styleSheet() and application.style().name() != STYLE:
        application.setStyle(STYLE)
    application.setPalette(_palette(colors))
    QToolTip.setPalette(application.palette())  # tips keep a palette of their own
    if sheet != application.styleSheet():  # it is polished into every widget
        application.setStyleSheet(sheet)
    return colors


def tabular(font: QFont) -> QFont:
    """Return a font whose figures all have one width, so that numbers do not dance."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(colors: Colors) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for color_role, color in (
        (role.Window, colors.window),
        (role.WindowText, colors.text),
        (role.Base, colors.surface),
        (role.AlternateBase, colors.raised),
        (role.Text, colors.text),
        (role.Button, colors.raised),
        (role.ButtonText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Link, colors.accent),
        (role.ToolTipBase, colors.surface),
        (role.ToolTipText, colors.text),
        (role.Mid, colors.line),
    ):
        palette.setColor(color_role, QColor(color))
    disabled = QPalette.ColorGroup.Disabled
    for color_role in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(disabled, color_role, QColor(colors.muted))
    return palette
