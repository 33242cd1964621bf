"""The workspaces at the left of the tool bar, and the list of those that a person has made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QToolBar, QToolButton

from ssim_viewer.features.workspaces.actions import ChooseWorkspace
from ssim_viewer.features.workspaces.state import BUILT_IN
from ssim_viewer.ui.shell.choice_menu import ChoiceMenu
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ssim_viewer.features.feature import Port
    from ssim_viewer.features.workspaces.state import Workspaces


class WorkspaceButtons(QObject):
    """Ticks the workspace in use."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.window)
        window = port.window
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self._own: ChoiceMenu[str] = ChoiceMenu(
            tr("&Your own"), "own_workspace", window, numbered=True
        )
        self._own.on_choice(lambda name: port.want(ChooseWorkspace(name)))
        port.add_menu(self._own, ("View", tr("Workspace")), before="save_workspace")
        self._shown: Workspaces | None = None
        bar = window.findChild(QToolBar, "tool_bar")
        first = bar.actions()[0]
        for name in BUILT_IN:
            _add_button(bar, window.actions_by_name[f"workspace_{name}"], first)
        self._menu_action = bar.insertWidget(first, self._button())
        bar.insertSeparator(first)

    def show_state(self, state: Workspaces) -> None:
        """List the own ones, the one in use ticked and named in the bar."""
        if self._shown is not None and state is self._shown:
            return
        if self._shown is None or self._shown.own != state.own:
            self._own.fill((name, name) for name in state.own)
            self._own.setEnabled(bool(state.own))
            self._menu_action.setVisible(bool(state.own))
        self._shown = state
        self._own.tick(state.current)
        self._more.setText(state.current if state.current in state.own else tr("Own"))

    def _button(self) -> QToolButton:
        self._more = QToolButton()
        self._more.setObjectName("own_workspaces_button")
        self._more.setAccessibleName(tr("Workspaces of your own"))
        self._more.setToolTip(tr("Workspaces that you have saved."))
        self._more.setMenu(self._own)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        return self._more


def _add_button(bar: QToolBar, action: QAction, before: QAction) -> None:
    bar.insertAction(before, action)
    button = bar.widgetForAction(action)
    if isinstance(button, QToolButton):
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
