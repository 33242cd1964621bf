"""The menus that list values, such as samples, layouts and metrics; the present one is ticked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QMenu, QWidget

from ssim_viewer.images import Channel, Profile, samples
from ssim_viewer.metrics import PRESETS
from ssim_viewer.session import intents
from ssim_viewer.session.maps import map_contents, map_spec
from ssim_viewer.session.state import Layout, Look
from ssim_viewer.text import Text
from ssim_viewer.ui.shell.candidates_menu import CandidatesMenu
from ssim_viewer.ui.shell.choice_menu import ChoiceMenu
from ssim_viewer.ui.shell.display_menu import DisplayMenu
from ssim_viewer.ui.shell.file_commands import ask_mask, open_recent
from ssim_viewer.ui.shell.mask_menu import MaskMenu
from ssim_viewer.ui.shell.metric_menus import MetricMenus
from ssim_viewer.ui.shell.pages_menu import PagesMenu
from ssim_viewer.ui.shell.rows.metric import preset
from ssim_viewer.ui.shell.rows.view_actions import show
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import THEME_WORDS, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.shell_window import ShellWindow

Value = TypeVar("Value")

_PROFILES: tuple[tuple[str, Profile], ...] = (
    (QT_TR_NOOP("Keep the numbers of the file"), "keep"),
    (QT_TR_NOOP("Convert to sRGB"), "convert"),
)

_GREYS: tuple[tuple[str, float | None], ...] = (
    (QT_TR_NOOP("Automatic: the worse one where it differs"), None),
    (QT_TR_NOOP("Black"), 0.0),
    (QT_TR_NOOP("Mid-grey"), 0.5),
    (QT_TR_NOOP("White"), 1.0),
)


_CHANNELS: tuple[tuple[str, Channel], ...] = (
    (QT_TR_NOOP("All channels"), "all"),
    (QT_TR_NOOP("Red"), "red"),
    (QT_TR_NOOP("Green"), "green"),
    (QT_TR_NOOP("Blue"), "blue"),
    (QT_TR_NOOP("Luma, BT.601"), "luma"),
    (QT_TR_NOOP("Luma, rounded to 8 bits (MATLAB)"), "luma-rounded"),
    (QT_TR_NOOP("Luma, BT.601 studio range"), "luma-studio"),
    (QT_TR_NOOP("Luma, BT.709"), "luma-709"),
)


class Listings:
    """The menus, each an attribute; `Listing` rows name them.

    Attributes
    ----------
    recent
        Filled anew whenever the recent files change.
    metrics
        What the registry of metrics offers: `scores` and `drivers` are its two menus.
    """

    def __init__(self, parent: QWidget) -> None:
        titles = [(sample.title, sample.name) for sample in samples()]
        self.samples = _choice(tr("Open s&ample"), "sample", titles, parent, ticked=False)
        self.recent: ChoiceMenu[Path] = ChoiceMenu(
            tr("Open re&cent"), "recent", parent, ticked=False, numbered=True
        )
        self.layouts = _choice(tr("&Layout"), "layout", [(x.value, x) for x in Layout], parent)
        self.quantities = _choice(
            tr("Active pane &shows"),
            "quantity",
            [(map_spec(content).title, content) for content in map_contents()],
            parent,
            keys="123456789",
        )
        panes = range(len(Look().panes))
        self.panes = _choice(
            tr("Acti&vate"),
            "activate",
            [(Text(QT_TR_NOOP("Pane {pane}"), "", {"pane": pane + 1}), pane) for pane in panes],
            parent,
            keys=[f"Ctrl+Alt+{pane + 1}" for pane in panes],
        )
        themes = [(THEME_WORDS[theme], theme) for theme in Theme]
        self.themes = _choice(tr("&Theme"), "theme", themes, parent)
        presets = [(name, name) for name in PRESETS]
        self.presets = _choice(tr("&Preset"), "preset", presets, parent, ticked=False)
        self.metrics = MetricMenus(parent)
        self.scores, self.drivers = self.metrics.strip, self.metrics.driver
        self.candidates = CandidatesMenu(parent)
        self.pages = PagesMenu(parent)
        self.display = DisplayMenu(parent)
        self.masks = MaskMenu(parent)
        self.backgrounds = _choice(tr("Background of &transparency"), "background", _GREYS, parent)
        self.profiles = _choice(tr("Colour p&rofiles"), "profile", _PROFILES, parent)
        self.channels = _choice(tr("Cha&nnel"), "channel", _CHANNELS, parent)
        self._recent: tuple[Path, ...] | None = None

    def __getitem__(self, name: str) -> QMenu:
        menu = getattr(self, name)
        assert isinstance(menu, QMenu)  # noqa: S101 - rows name menus
        return menu

    def connect_to(self, window: ShellWindow) -> None:
        """Let what is chosen become an intent of a window, or move the window itself."""
        want = window.intended.emit
        self.samples.on_choice(lambda name: want(intents.OpenSample(name)))
        self.recent.on_choice(lambda path: open_recent(window, path))
        self.panes.on_choice(window.panes.focus_pane)
        self.layouts.on_choice(lambda layout: want(intents.ChooseLayout(layout)))
        self.quantities.on_choice(lambda content: want(show(window.session, content)))
        self.themes.on_choice(window.set_theme)
        self.presets.on_choice(lambda name: want(preset(window.session, name)))
        self.channels.on_choice(lambda channel: want(intents.ChooseChannel(channel)))
        self.profiles.on_choice(lambda profile: _choose_profile(window, profile))
        self.backgrounds.on_choice(lambda grey: want(intents.ChooseBackground(grey)))
        self.masks.asked.connect(partial(ask_mask, window))
        for menu in (self.metrics, self.candidates, self.pages, self.display, self.masks):
            menu.intended.connect(window.intended)

    def show_session(self, session: Session) -> None:
        """Tick what a session has chosen, and list what there is to choose."""
        look = session.look
        self.layouts.tick(look.layout)
        self.panes.tick(look.active)
        alone = look.layout is Layout.ONE  # another pane takes its place
        self.panes.offer(range(len(look.panes)) if alone else look.shown_panes)
        self.quantities.tick(look.panes[look.active])
        self.backgrounds.tick(look.background)
        self.profiles.tick(look.profile)
        self.channels.tick(look.channel)
        for menu in (self.metrics, self.candidates, self.pages, self.display, self.masks):
            menu.show_session(session)
        if session.recent != self._recent:
            self._recent = session.recent
            self.recent.fill((str(path), path) for path in session.recent)
            self.recent.setEnabled(bool(session.recent))

    def all_actions(self) -> list[QAction]:
        """Return every entry that the palette and the list of keys offer."""
        menus: tuple[QMenu, ...] = (
            *(self.samples, self.layouts, self.quantities, self.panes, self.themes, self.presets),
            *(self.scores, self.drivers, self.candidates, self.backgrounds, self.profiles),
            self.channels,
        )
        listed = [action for menu in menus for action in menu.actions()]
        return [*listed, *self.display.all_actions(), *self.masks.all_actions()]


def _choose_profile(window: ShellWindow, profile: Profile) -> None:
    """Read files anew by the choice; what has no file has no profile."""
    window.intended.emit(intents.ChooseProfile(profile))
    opened = window.session.document.opened
    if opened is not None and (opened.reference.path or opened.distorted.path):
        window.intended.emit(intents.Reload())


def _choice(
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
