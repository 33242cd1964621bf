"""What the actions of the window do: each becomes an intent, or moves the window itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssim_viewer.metrics import PRESETS, Quantity
from ssim_viewer.metrics.maps.builtin_maps import IMAGES
from ssim_viewer.session import intents
from ssim_viewer.session.map_scale import Ends
from ssim_viewer.session.rows import region_row
from ssim_viewer.session.state import Layout
from ssim_viewer.ui.shell.about_box import show_about
from ssim_viewer.ui.shell.command_palette import CommandPalette
from ssim_viewer.ui.shell.file_commands import FileCommands
from ssim_viewer.ui.shell.help_window import HelpWindow
from ssim_viewer.ui.shell.shortcuts_window import ShortcutsWindow
from ssim_viewer.ui.theme.colors import Theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QAction

    from ssim_viewer.images import Profile
    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.main_window import MainWindow
    from ssim_viewer.ui.theme.colors import Colors

WIPE_STEP = 0.02


class Commands(QObject):
    """Connects the actions of a window and keeps them true to the session."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.files = FileCommands(window)
        self._help = HelpWindow(window)
        self._shortcuts = ShortcutsWindow(window)
        self._palette = CommandPalette(window)
        self._connect_actions()
        self._connect_choices()

    @property
    def _session(self) -> Session:
        return self._window.session

    def show_session(self, before: Session, session: Session) -> None:
        """Enable, tick and name the actions as a session has it."""
        self._render_names(session)
        self._render_ticks(session)
        if session.recent != before.recent or not self._window.menus.recent.actions():
            self._fill_recent(session.recent)

    def restyle(self, colors: Colors) -> None:
        """Paint the windows of help in the colours of a theme."""
        self._help.restyle(colors)
        self._shortcuts.restyle(colors)
        self._palette.restyle(colors)
        self._window.menus.themes.tick(self._window.theme)

    def _connect_actions(self) -> None:
        window, panes = self._window, self._window.panes
        slots: dict[str, Callable[[], object]] = {
            **self.files.slots(),
            "reload": lambda: self._want(intents.Reload()),
            "quit": window.close,
            "undo": lambda: self._want(intents.Undo()),
            "redo": lambda: self._want(intents.Redo()),
            "swap": lambda: self._want(intents.SwapImages()),
            "fit": panes.fit,
            "actual_pixels": panes.actual_pixels,
            "zoom_in": panes.zoom_in,
            "zoom_out": panes.zoom_out,
            "zoom_to_values": self._zoom_to_values,
            "next_pane": lambda: self._activate_next(1),
            "previous_pane": lambda: self._activate_next(-1),
            "automatic_range": self._turn_range,
            "toggle_reference": lambda: self._want(intents.BlinkPane(self._active)),
            "show_reference": lambda: self._show(Quantity.REFERENCE),
            "show_distorted": lambda: self._show(Quantity.DISTORTED),
            "wipe_left": lambda: self._move_wipe(-WIPE_STEP),
            "wipe_right": lambda: self._move_wipe(WIPE_STEP),
            "clear_region": self._escape,
            "reset_window": self._reset_window,
            "reset_metric": lambda: self._preset("Wang 2004"),
            "play": self._play,
            "step": lambda: self._want(intents.StepOnce()),
            "reset_run": lambda: self._want(intents.ResetRun()),
            "help": self._help.show,
            "shortcuts": lambda: self._shortcuts.show_for(self._all_actions()),
            "palette": lambda: self._palette.open_with(self._all_actions()),
            "about": lambda: show_about(window),
        }
        for name, slot in slots.items():
            window.actions_by_name[name].triggered.connect(lambda _=False, slot=slot: slot())
        toggles: dict[str, Callable[[bool], object]] = {
            "wipe": lambda on: self._want(intents.SetWipe(0.5 if on else None)),
            "pixel_values": lambda on: self._want(intents.ShowPixelValues(on)),
            "select_region": lambda on: panes.selection.get_ready(ready=on),
            "full_screen": lambda on: window.showFullScreen() if on else window.showNormal(),
        }
        for name, toggle in toggles.items():
            window.actions_by_name[name].triggered.connect(toggle)
        panes.selection.readied.connect(window.actions_by_name["select_region"].setChecked)
        for name, show in (
            ("show_plots", window.plots.setVisible),
            ("show_settings", window.show_column),
        ):
            window.actions_by_name[name].setChecked(True)
            window.actions_by_name[name].toggled.connect(show)

    def _connect_choices(self) -> None:
        menus = self._window.menus
        menus.samples.on_choice(lambda name: self._want(intents.OpenSample(name)))
        menus.recent.on_choice(self.files.open_recent)
        menus.panes.on_choice(self._window.panes.focus_pane)
        menus.layouts.on_choice(lambda layout: self._want(intents.ChooseLayout(layout)))
        menus.quantities.on_choice(self._show)
        menus.themes.on_choice(self._window.set_theme)
        menus.presets.on_choice(self._preset)
        menus.metrics.intended.connect(self._want)
        menus.candidates.intended.connect(self._want)
        menus.pages.intended.connect(self._want)
        menus.display.intended.connect(self._want)
        menus.masks.intended.connect(self._want)
        menus.profiles.on_choice(self._choose_profile)
        menus.backgrounds.on_choice(lambda grey: self._want(intents.ChooseBackground(grey)))

    def _all_actions(self) -> list[QAction]:
        listed = self._window.menus.all_actions()
        return [*self._window.actions_by_name.all(), *listed]

    def _render_names(self, session: Session) -> None:
        actions = self._window.actions_by_name
        for name, change in (("undo", session.undo_name), ("redo", session.redo_name)):
            actions[name].setText(f"&{name.capitalize()} {change}".rstrip())
            actions[name].setEnabled(bool(change))
        actions["play"].setText("&Pause" if session.playing else "&Play")
        has_pair = session.document.pair is not None
        for name in (
            "play",
            "step",
            "swap",
            "save_distorted",
            "export_values",
            "export_native",
            "export_as_shown",
            "copy_view",
            "copy_scores",
            "export_scores",
            "reload",
            "select_region",
        ):
            actions[name].setEnabled(has_pair)
        for name in ("export_trace", "reset_run"):
            actions[name].setEnabled(session.document.run is not None)
        actions["copy_region"].setEnabled(bool(region_row(session)))
        for name in ("wipe_left", "wipe_right"):
            actions[name].setEnabled(session.look.wipe is not None)

    def _render_ticks(self, session: Session) -> None:
        actions, menus, look = self._window.actions_by_name, self._window.menus, session.look
        actions["wipe"].setChecked(look.wipe is not None)
        actions["pixel_values"].setChecked(look.pixel_values)
        menus.layouts.tick(look.layout)
        menus.panes.tick(look.active)
        actions["automatic_range"].setEnabled(look.panes[look.active] not in IMAGES)
        menus.quantities.tick(look.panes[look.active])
        menus.metrics.show_session(session)
        menus.display.show_session(session)
        menus.masks.show_session(session)
        menus.backgrounds.tick(look.background)
        menus.profiles.tick(look.profile)
        menus.candidates.show_session(session)
        menus.pages.show_session(session)

    def _fill_recent(self, paths: tuple[Path, ...]) -> None:
        menu = self._window.menus.recent
        menu.fill((str(path), path) for path in paths)
        menu.setEnabled(bool(paths))

    def _choose_profile(self, profile: Profile) -> None:
        """Read files anew by the choice; what has no file has no profile."""
        self._want(intents.ChooseProfile(profile))
        opened = self._session.document.opened
        if opened is not None and (opened.reference.path or opened.distorted.path):
            self._want(intents.Reload())

    def _want(self, intent: intents.Intent) -> None:
        self._window.intended.emit(intent)

    @property
    def _active(self) -> int:
        return self._session.look.active

    def _activate_next(self, step: int) -> None:
        look = self._session.look
        panes = range(len(look.panes)) if look.layout is Layout.ONE else look.shown_panes
        self._window.panes.focus_pane(panes[(panes.index(look.active) + step) % len(panes)])

    def _turn_range(self) -> None:
        """Stretch the colours of the active pane over most of its values, or take that back."""
        content = self._session.look.panes[self._active]
        scale = self._session.look.scale_of(content)
        ends = Ends.USUAL if scale.ends is Ends.AUTOMATIC else Ends.AUTOMATIC
        if content not in IMAGES:
            self._want(intents.ScaleMap(content, replace(scale, ends=ends)))

    def _zoom_to_values(self) -> None:
        self._want(intents.ShowPixelValues(True))
        self._window.panes.show_values_closely()

    def _show(self, quantity: Quantity | MetricLayer) -> None:
        self._want(intents.ChooseQuantity(self._active, quantity))

    def _move_wipe(self, step: float) -> None:
        position = self._session.look.wipe
        if position is not None:
            self._want(intents.SetWipe(min(1.0, max(0.0, position + step))))

    def _escape(self) -> None:
        """Take away what Esc takes away: the palette; a tool; else a selection, a region, a notice.

        The one place that decides it: on some platforms a shortcut goes before the widget that
        has the focus, so that no part of the window sees the key by itself.
        """
        if self._palette.isVisible():
            self._palette.leave()
            return
        if self._session.tool is not None:
            self._want(intents.TakeTool(None))
            return
        self._window.panes.selection.get_ready(ready=False)
        if self._session.look.region is not None:
            self._want(intents.SelectRegion(None))
        if self._session.notice is not None:
            self._want(intents.DismissNotice())

    def _play(self) -> None:
        self._want(intents.Pause() if self._session.playing else intents.Play())

    def _preset(self, name: str) -> None:
        data_range = self._session.document.metric.data_range
        self._want(intents.ChangeMetric(replace(PRESETS[name], data_range=data_range)))

    def _reset_window(self) -> None:
        self._window.preferences.reset()
        self._window.set_theme(Theme.SYSTEM)
        self._window.reset_sizes()
        for name in ("show_plots", "show_settings"):
            self._window.actions_by_name[name].setChecked(True)
        self._want(intents.ResetLook())
