"""The menu bar, made from rows; what features bring stands at the ends of its menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QMenuBar

from ssim_viewer.session.command import Command
from ssim_viewer.ui.shell.rows.row import Again, Line, Listing, Row, Submenu
from ssim_viewer.ui.text import tr

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
        self._menus: dict[tuple[str, ...], QMenu] = {}
        self._lines: dict[str, QAction] = {}
        self._help_menu: QMenu | None = None
        menus = [self._add_menu((), title) for title in titles]
        self._help_menu = menus[-1]
        for row in rows:
            self._add(row, actions, listings)

    def place(self, action: QAction, path: tuple[str, ...], before: str = "") -> None:
        """Put an action at the end of the menu that titles in English, without mnemonics, lead to.

        With `before` it stands before the line of that name, or the action of that object name,
        if one is there.
        Menus that are not there yet are made; one in the bar stands before Help.
        """
        menu = self._menu_at(path)
        last = menu.actions()[-1] if menu.actions() else None
        line = self._lines.get(before) if before else None
        named = [each for each in menu.actions() if before and before == each.objectName()]
        there = line or next(iter(named), None)
        if there is not None:
            menu.insertAction(there, action)
        elif last is not None and last.objectName() == LAST:
            menu.insertAction(menu.actions()[-2], action)  # before the line above it
        else:
            menu.addAction(action)

    def actions_at(self, path: tuple[str, ...]) -> list[QAction]:
        """Return what stands in the menu that titles without mnemonics lead to."""
        return self._menu_at(path).actions()

    def _add(self, row: Row, actions: Actions, listings: Listings) -> None:
        menu = self._menu_at(row.menu)
        match row:
            case Command(id=name) | Again(id=name):
                menu.addAction(actions[name])
            case Line(name=name):
                self._lines[name] = menu.addSeparator()
            case Submenu(title=title):
                self._add_menu(row.menu, title)
            case Listing(name=name):
                menu.addMenu(listings[name])

    def _menu_at(self, path: tuple[str, ...]) -> QMenu:
        for depth in range(1, len(path) + 1):
            if path[:depth] not in self._menus:
                self._add_menu(path[: depth - 1], path[depth - 1])
        return self._menus[path]

    def _add_menu(self, path: tuple[str, ...], title: str) -> QMenu:
        parent = self._menus[path] if path else self._bar
        menu = QMenu(tr(title), parent)
        menu.setToolTipsVisible(True)
        self._menus[*path, title.replace("&", "")] = menu
        if parent is self._bar and self._help_menu is not None:
            parent.insertMenu(self._help_menu.menuAction(), menu)
        else:
            parent.addMenu(menu)
        return menu
