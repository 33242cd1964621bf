"""The menu bar, made from rows; what features bring stands at the ends of its menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QMenuBar

from ssim_viewer.session.command import Command
from ssim_viewer.ui.shell.rows.row import Again, Line, Listing, Row, Submenu

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction

    from ssim_viewer.ui.shell.actions import Actions
    from ssim_viewer.ui.shell.listings import Listings

LAST = "quit"
"""The command that stays the last one of its menu, with the line above it."""


class Menus:
    """Fills the menu bar of a window, and finds places in it."""

    def __init__(
        self,
        bar: QMenuBar,
        titles: Iterable[str],
        rows: Iterable[Row],
        actions: Actions,
        listings: Listings,
    ) -> None:
        self._bar = bar
        self._help_menu: QMenu | None = None
        menus = [self._add_menu(bar, title) for title in titles]
        self._help_menu = menus[-1]
        for row in rows:
            self._add(row, actions, listings)

    def place(self, action: QAction, path: tuple[str, ...], before: str = "") -> None:
        """Put an action at the end of the menu that titles without mnemonics lead to.

        With `before` it stands before the action of this object name, if that is there.
        Menus that are not there yet are made; one in the bar stands before Help.
        """
        menu = self._menu_at(path)
        last = menu.actions()[-1] if menu.actions() else None
        named = [each for each in menu.actions() if before and each.objectName() == before]
        if named:
            menu.insertAction(named[0], action)
        elif last is not None and last.objectName() == LAST:
            menu.insertAction(menu.actions()[-2], action)  # before the line above it
        else:
            menu.addAction(action)

    def _add(self, row: Row, actions: Actions, listings: Listings) -> None:
        menu = self._menu_at(row.menu)
        match row:
            case Command(id=name) | Again(id=name):
                menu.addAction(actions[name])
            case Line():
                menu.addSeparator()
            case Submenu(title=title):
                self._add_menu(menu, title)
            case Listing(name=name):
                menu.addMenu(listings[name])

    def _menu_at(self, path: tuple[str, ...]) -> QMenu:
        menu: QMenu | QMenuBar = self._bar
        for title in path:
            menu = _submenu(menu, title) or self._add_menu(menu, title)
        assert isinstance(menu, QMenu)  # noqa: S101 - no row stands in the bar itself
        return menu

    def _add_menu(self, parent: QMenu | QMenuBar, title: str) -> QMenu:
        menu = QMenu(title, parent)
        menu.setToolTipsVisible(True)
        if parent is self._bar and self._help_menu is not None:
            parent.insertMenu(self._help_menu.menuAction(), menu)
        else:
            parent.addMenu(menu)
        return menu


def _submenu(menu: QMenu | QMenuBar, title: str) -> QMenu | None:
    for action in menu.actions():
        if action.text().replace("&", "") == title:
            found = action.menu()
            return found if isinstance(found, QMenu) else None
    return None
