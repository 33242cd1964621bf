"""The menu bar and the tool bar: where each action stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from ssim_viewer.images import Profile, samples
from ssim_viewer.metrics import PRESETS
from ssim_viewer.session.maps import map_contents, map_spec
from ssim_viewer.session.state import Layout, Look
from ssim_viewer.ui.shell.candidates_menu import CandidatesMenu
from ssim_viewer.ui.shell.choice_menu import ChoiceMenu
from ssim_viewer.ui.shell.display_menu import DisplayMenu
from ssim_viewer.ui.shell.mask_menu import MaskMenu
from ssim_viewer.ui.shell.metric_menus import MetricMenus
from ssim_viewer.ui.shell.pages_menu import PagesMenu
from ssim_viewer.ui.theme.colors import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction

    from ssim_viewer.ui.shell.actions import Actions

SEPARATOR = "-"

NAMED = {"open_reference": "Reference", "open_distorted": "Distorted"}
"""Buttons of the tool bar that no picture tells apart."""

Value = TypeVar("Value")

_PROFILES: tuple[tuple[str, Profile], ...] = (
    ("Keep the numbers of the file", "keep"),
    ("Convert to sRGB", "convert"),
)

_GREYS: tuple[tuple[str, float | None], ...] = (
    ("Automatic: the worse one where it differs", None),
    ("Black", 0.0),
    ("Mid-grey", 0.5),
    ("White", 1.0),
)


class Menus:
    """Builds the menus; the ones that list something are kept as attributes.

    Attributes
    ----------
    recent
        Filled anew by the window whenever the recent files change.
    metrics
        What the catalogue of metrics offers.
    quantities, layouts, themes
        Menus whose entries each stand for a value; the chosen one is ticked.
    """

    def __init__(self, bar: QMenuBar, actions: Actions) -> None:
        self._actions = actions
        titles = [(sample.title, sample.name) for sample in samples()]
        self.samples = _choice_menu("Open s&ample", "sample", titles, bar, ticked=False)
        self.recent: ChoiceMenu[Path] = ChoiceMenu(
            "Open &recent", "recent", bar, ticked=False, numbered=True
        )
        self.export = self._menu(
            "&Export",
            bar,
            "export_native export_as_shown export_values - export_scores export_trace",
        )
        self.layouts = _choice_menu("&Layout", "layout", [(x.value, x) for x in Layout], bar)
        self.quantities = _choice_menu(
            "Active pane &shows",
            "quantity",
            [(map_spec(content).title, content) for content in map_contents()],
            bar,
            keys="123456789",
        )
        self.panes = _choice_menu(
            "Acti&vate",
            "activate",
            [(f"Pane {pane + 1}", pane) for pane in range(len(Look().panes))],
            bar,
            keys=[f"Ctrl+Alt+{pane + 1}" for pane in range(len(Look().panes))],
        )
        self.themes = _choice_menu(
            "&Theme", "theme", [(theme.value.capitalize(), theme) for theme in Theme], bar
        )
        self.presets = _choice_menu(
            "&Preset", "preset", [(name, name) for name in PRESETS], bar, ticked=False
        )
        self.metrics = MetricMenus(bar)
        self.candidates = CandidatesMenu(bar)
        self.pages = PagesMenu(bar)
        self.display = DisplayMenu(bar)
        self.masks = MaskMenu(bar)
        self.backgrounds = _choice_menu("Background of &transparency", "background", _GREYS, bar)
        self.profiles = _choice_menu("Colour p&rofiles", "profile", _PROFILES, bar)
        self._fill(bar)

    def _fill(self, bar: QMenuBar) -> None:
        file = self._menu("&File", bar, "open_reference open_distorted")
        file.addMenu(self.samples)
        file.addMenu(self.recent)
        file.addMenu(self.pages)
        self._add(file, "paste reload - save_distorted")
        file.addMenu(self.export)
        self._add(file, "- quit")
        edit = self._menu("&Edit", bar, "undo redo - copy_view copy_scores copy_region - swap")
        view = self._menu("&View", bar, "fit actual_pixels zoom_in zoom_out zoom_to_values -")
        view.addMenu(self.quantities)
        view.addMenu(self.panes)
        self._add(view, "next_pane previous_pane")
        view.addMenu(self.layouts)
        view.addMenu(self.candidates)
        view.addMenu(self.display)
        view.addMenu(self.backgrounds)
        view.addMenu(self.profiles)
        self._add(
            view,
            "- toggle_reference show_reference show_distorted - wipe wipe_left wipe_right"
            " pixel_values automatic_range - select_region clear_region"
            " - show_plots show_settings full_screen -",
        )
        view.addMenu(self.themes)
        self._add(view, "reset_window")
        metric = self._menu("&Metric", bar, "")
        for listing in (self.metrics.strip, self.metrics.driver, self.presets):
            metric.addMenu(listing)
        metric.addMenu(self.masks)
        self._add(metric, "reset_metric")
        experiment = self._menu(
            "E&xperiment",
            bar,
            "play step reset_run - export_trace -",
        )
        help_menu = self._menu("&Help", bar, "help shortcuts palette - about")
        for menu in (file, edit, view, metric, experiment, help_menu):
            bar.addMenu(menu)
        self._bar, self._help_menu = bar, help_menu

    def place(self, action: QAction, path: tuple[str, ...]) -> None:
        """Put an action at the end of the menu that titles without mnemonics lead to.

        Menus that are not there yet are made; one in the bar stands before Help.
        """
        menu: QMenu | QMenuBar = self._bar
        for title in path:
            found = _submenu(menu, title)
            if found is None:
                found = QMenu(title, menu)
                found.setToolTipsVisible(True)
                if menu is self._bar:
                    menu.insertMenu(self._help_menu.menuAction(), found)
                else:
                    menu.addMenu(found)
            menu = found
        last = menu.actions()[-1] if menu.actions() else None
        if last is not None and last.objectName() == "quit":
            menu.insertAction(menu.actions()[-2], action)  # before the line above it
        else:
            menu.addAction(action)

    def _menu(self, title: str, parent: QWidget, names: str) -> QMenu:
        menu = QMenu(title, parent)
        menu.setToolTipsVisible(True)
        self._add(menu, names)
        return menu

    def _add(self, menu: QMenu, names: str) -> None:
        for name in names.split():
            if name == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[name])

    def all_actions(self) -> list[QAction]:
        """Return every action that stands in a menu, also in those that list things."""
        menus = (
            self.samples,
            self.layouts,
            self.quantities,
            self.panes,
            self.themes,
            self.presets,
            self.metrics.strip,
            self.metrics.driver,
            self.candidates,
            self.backgrounds,
            self.profiles,
        )
        listed = [action for menu in menus for action in menu.actions()]
        return [*listed, *self.display.all_actions(), *self.masks.all_actions()]


def tool_bar(actions: Actions, menus: Menus) -> QToolBar:
    """Return the tool bar: files, zoom, comparing, layout, and the palette at the right."""
    bar = QToolBar("Tools")
    bar.setObjectName("tool_bar")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    for names in (
        "open_reference open_distorted",
        "save_distorted",
        "undo redo",
        "fit actual_pixels zoom_in zoom_out",
        "toggle_reference wipe swap pixel_values select_region",
    ):
        for name in names.split():
            bar.addAction(actions[name])
            if name in NAMED:
                _name_beside_icon(bar, actions[name], NAMED[name])
        bar.addSeparator()
    bar.addWidget(_menu_button("Samples", "samples_button", menus.samples))
    bar.addWidget(_menu_button("Layout", "layout_button", menus.layouts))
    spacer = QWidget()
    spacer.setSizePolicy(spacer.sizePolicy().Policy.Expanding, spacer.sizePolicy().Policy.Preferred)
    bar.addWidget(spacer)
    bar.addAction(actions["palette"])
    bar.addAction(actions["show_settings"])
    return bar


def _submenu(menu: QMenu | QMenuBar, title: str) -> QMenu | None:
    for action in menu.actions():
        if action.text().replace("&", "") == title:
            found = action.menu()
            return found if isinstance(found, QMenu) else None
    return None


def _name_beside_icon(bar: QToolBar, action: QAction, text: str) -> None:
    action.setIconText(text)
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


def _choice_menu(
    title: str,
    prefix: str,
    entries: Iterable[tuple[str, Value]],
    parent: QWidget,
    *,
    keys: Sequence[str] = (),
    ticked: bool = True,
) -> ChoiceMenu[Value]:
    menu: ChoiceMenu[Value] = ChoiceMenu(title, prefix, parent, ticked=ticked)
    menu.fill(entries, keys=keys)
    return menu
