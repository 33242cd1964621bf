"""The tool bar: the rows that have a place in it, samples and layouts, and the palette."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction

    from ssim_viewer.session.command import Command
    from ssim_viewer.ui.shell.actions import Actions
    from ssim_viewer.ui.shell.listings import Listings

RIGHT = 90
"""The first place at the right end of the bar."""


def tool_bar(
    commands: Iterable[Command], actions: Actions, listings: Listings, compare: QWidget
) -> QToolBar:
    """Return the tool bar, a line after each group of ten places."""
    bar = QToolBar(tr("Tools"))
    bar.setObjectName("tool_bar")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    shown = sorted((each for each in commands if each.tool), key=lambda each: each.tool)
    left = [each for each in shown if each.tool < RIGHT]
    for _, group in groupby(left, key=lambda each: each.tool // 10):
        for command in group:
            bar.addAction(actions[command.id])
            if command.tool_text:
                _name_beside_icon(bar, actions[command.id], command.tool_text)
        bar.addSeparator()
    bar.addWidget(_menu_button(tr("Samples"), "samples_button", listings.samples))
    bar.addWidget(_menu_button(tr("Layout"), "layout_button", listings.layouts))
    bar.addWidget(compare)
    spacer = QWidget()
    spacer.setSizePolicy(spacer.sizePolicy().Policy.Expanding, spacer.sizePolicy().Policy.Preferred)
    bar.addWidget(spacer)
    for command in shown[len(left) :]:
        bar.addAction(actions[command.id])
    return bar


def _name_beside_icon(bar: QToolBar, action: QAction, text: str) -> None:
    action.setIconText(tr(text))
    button = bar.widgetForAction(action)
    assert isinstance(button, QToolButton)  # noqa: S101 - a tool bar shows actions so
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)


def _menu_button(text: str, name: str, menu: QMenu) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    return button
