"""Everything in a window that a person can touch, found by walking the window itself.

A control is named by its kind, the object name of its widget or action, and sometimes a detail:
``menu layout_1x2``, ``key fit F``, ``choice metric_window 1``, ``slider metric_sigma_slider drag``.
A widget of a kind that is not known here is still found, as a ``surface``.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QScrollArea,
    QScrollBar,
    QSlider,
    QSplitterHandle,
    QStyle,
    QStyleOptionSlider,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from stress import hand
from stress.keys import is_own, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Control:
    """One thing to touch.

    Attributes
    ----------
    name
        Kind, object name and detail.
    enabled
        Whether it can be used now.
    touch
        Uses it as a person does.
    """

    name: str
    enabled: Callable[[], bool]
    touch: Callable[[], None]

    @property
    def kind(self) -> str:
        """The first word of the name."""
        return self.name.partition(" ")[0]


def controls_of(window: QWidget) -> list[Control]:
    """Return every control of a visible window, or of a part of one, each name once."""
    found = {control.name: control for control in _walk(window)}
    return list(found.values())


def _walk(window: QWidget) -> Iterator[Control]:
    bar = window.menuBar() if isinstance(window, QMainWindow) else _menu_bar_in(window)
    if bar is not None:
        yield from _menu_bar(bar)
    yield from _keys(window)
    if isinstance(window, QTabBar):
        yield from _tabs(window)
    dialog = isinstance(window, QDialog)
    yield from _presses(window, ("Return", "Escape") if dialog else keys_of(window))
    docks = window.findChildren(QDockWidget)
    for widget in window.findChildren(QWidget):
        if not isValid(widget):  # deleted since the walk began
            continue
        inside = widget.window() is window.window()
        seen = inside and widget.isVisible() and widget.width() > 1
        if seen and not _is_inner(widget) and not _is_behind(widget, docks):
            yield from _widget(window, widget)
            yield from _presses(widget, keys_of(widget))


def _is_inner(widget: QWidget) -> bool:
    """Whether a widget is a part that Qt builds into another one."""
    name, parent = widget.objectName(), widget.parentWidget()
    if isinstance(widget, QSplitterHandle) or name.startswith("qt_dockwidget_"):
        return False  # their names are Qt's own, and yet they are for a person
    return (
        (name.startswith("qt_") and not isinstance(widget, QTabBar))
        or isinstance(widget, QScrollBar)
        or (type(widget) is QWidget and isinstance(parent, QAbstractScrollArea))  # its viewport
        or (parent is not None and isinstance(parent, QComboBox | QAbstractSpinBox))
    )


def _is_behind(widget: QWidget, docks: list[QDockWidget]) -> bool:
    """Whether a widget is in a dock that is behind another one, or in a page that is not shown."""
    return any(dock.isAncestorOf(widget) and dock.visibleRegion().isEmpty() for dock in docks)


def _widget(window: QWidget, widget: QWidget) -> Iterator[Control]:
    match widget:
        case QToolButton() if widget.menu() is not None:
            opener = _ButtonOpener(widget)
            yield from _entries("drop-down", widget.menu(), opener, (), owner=_name(widget))
            yield from _context(widget)
        case QAbstractButton():
            yield from _button(widget)
        case QComboBox():
            yield from _choice(widget)
        case QAbstractSpinBox():
            yield from _spin(widget)
        case QSlider() | QAbstractSlider():
            yield from _slider(widget)
        case QSplitterHandle() | QTabBar():
            yield from _tabs(widget) if isinstance(widget, QTabBar) else _handle(widget)
        case QLineEdit():
            yield _simple(f"line {_name(widget)}", widget, lambda: _write_into(widget))
        case _ if _is_surface(window, widget):
            yield from _surface(widget)
            yield from _context(widget)


# Menus


class _BarOpener:
    def __init__(self, bar: QMenuBar, action: QAction) -> None:
        self._bar, self._action = bar, action

    def __call__(self) -> None:
        hand.activate(self._bar.window())
        hand.click(self._bar, self._bar.actionGeometry(self._action).center())

    def enabled(self) -> bool:
        return self._action.isEnabled()


class _ButtonOpener:
    def __init__(self, button: QToolButton) -> None:
        self._button = button

    def __call__(self) -> None:
        hand.click(self._button)

    def enabled(self) -> bool:
        return self._button.isEnabled()


class _ContextOpener:
    def __init__(self, widget: QWidget) -> None:
        self._widget = widget

    def __call__(self) -> None:
        hand.click(self._widget, button=hand.RIGHT)

    def enabled(self) -> bool:
        return self._widget.isEnabled()


_Opener = _BarOpener | _ButtonOpener | _ContextOpener


def _menu_bar_in(window: QWidget) -> QMenuBar | None:
    bars = window.findChildren(QMenuBar)
    return bars[0] if bars and window.isWindow() else None


def _menu_bar(bar: QMenuBar) -> Iterator[Control]:
    for action in bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from _entries("menu", menu, _BarOpener(bar, action), ())


def _entries(
    kind: str, menu: QMenu, opener: _Opener, path: tuple[str, ...], *, owner: str = ""
) -> Iterator[Control]:
    """Yield the entries of a menu and of those in it; `owner` tells nameless ones apart."""
    menu.aboutToShow.emit()  # some menus are filled only now
    for action in menu.actions():
        submenu, label = action.menu(), _label(action)
        if action.isSeparator():
            continue
        if isinstance(submenu, QMenu):
            if action.isEnabled():
                yield from _entries(kind, submenu, opener, (*path, label), owner=owner)
        else:
            whose = f"{owner} " if owner and not action.objectName() else ""
            yield _entry(f"{kind} {whose}{label}", menu, opener, (*path, label))


def _entry(name: str, menu: QMenu, opener: _Opener, path: tuple[str, ...]) -> Control:
    there = _found(menu, path[-1])
    can_be_chosen = there is not None and there.isEnabled()

    def enabled() -> bool:
        if isinstance(opener, _ContextOpener) or not isValid(menu):  # made anew for each click
            return opener.enabled() and can_be_chosen
        action = _found(menu, path[-1])
        return opener.enabled() and action is not None and action.isEnabled()

    return Control(name, enabled, lambda: _choose(opener, path))


def _found(menu: QMenu, label: str) -> QAction | None:
    return next((action for action in menu.actions() if _label(action) == label), None)


def _label(action: QAction) -> str:
    """Return the object name of an action, else its words."""
    submenu = action.menu()
    name = action.objectName() or (submenu.objectName() if isinstance(submenu, QMenu) else "")
    return name or action.text().replace("&", "").partition("\t")[0]


def _choose(opener: _Opener, path: tuple[str, ...]) -> None:
    """Open a menu and click from entry to entry.

    The clicks come from a timer, since a tool button waits inside until its menu is closed.
    """
    done: list[bool] = []
    failure: list[Exception] = []

    def clicks() -> None:
        if _popup() is None:
            return
        waiting.stop()
        try:
            _click_along(path)
        except Exception as error:
            failure.append(error)
            close_popups()  # else the click that opened the menu would wait for ever
        done.append(True)

    waiting = QTimer(interval=1)
    waiting.timeout.connect(clicks)
    waiting.start()
    opener()
    try:
        hand.wait(lambda: bool(done), f"the menu with {path}")
    finally:
        waiting.stop()
        waiting.timeout.disconnect(clicks)  # else timer and clicks would hold each other for ever
    if failure:
        raise failure.pop()


def _click_along(path: tuple[str, ...]) -> None:
    before: QWidget | None = None
    for label in path:
        hand.wait(partial(_is_another_popup, before), f"the menu with {label}")
        menu = before = _popup()
        action = _found(menu, label) if isinstance(menu, QMenu) else None
        if not isinstance(menu, QMenu) or action is None:
            raise AssertionError(f"no entry {label} in the menu that opened")
        hand.click(menu, menu.actionGeometry(action).center())


def _is_another_popup(before: QWidget | None) -> bool:
    return _popup() not in {None, before}


def _popup() -> QWidget | None:
    return QApplication.activePopupWidget()


def close_popups() -> None:
    """Leave every open menu and list with Escape."""
    while (popup := QApplication.activePopupWidget()) is not None:
        hand.press("Escape")
        if QApplication.activePopupWidget() is popup:
            popup.close()


def _context(widget: QWidget) -> Iterator[Control]:
    """Yield the entries of what a right click opens."""
    if isinstance(widget, QTextEdit) or not _is_on_top(widget):
        return  # the menu of a text is Qt's own
    with suppress(AssertionError):  # what can be seen of it is not its middle
        hand.click(widget, button=hand.RIGHT)
    menu = _popup()
    if isinstance(menu, QMenu):
        opener = _ContextOpener(widget)
        found = list(_entries(f"context {_name(widget)}", menu, opener, ()))
        close_popups()
        yield from found


# Keys


def _keys(window: QWidget) -> Iterator[Control]:
    for action in window.findChildren(QAction):
        for keys in action.shortcuts():
            text = keys.toString(QKeySequence.SequenceFormat.PortableText)
            yield _key(f"key {_label(action)} {text}", window, text, action.isEnabled)
    for shortcut in window.findChildren(QShortcut):
        if not _inside(shortcut, window):
            continue
        for keys in shortcut.keys():  # noqa: SIM118 - no dictionary
            text = keys.toString(QKeySequence.SequenceFormat.PortableText)
            name = f"key {_name(window)} {text}"
            yield _key(name, window, text, shortcut.isEnabled)


def _inside(shortcut: QShortcut, window: QWidget) -> bool:
    parent = shortcut.parent()
    if not isinstance(parent, QWidget):
        return False
    return parent.window() is window or window.isAncestorOf(parent)


def _key(name: str, window: QWidget, keys: str, enabled: Callable[[], bool]) -> Control:
    def touch() -> None:
        hand.activate(window)
        hand.press(keys)

    return Control(name, enabled, touch)


def _presses(widget: QWidget, keys: Sequence[str]) -> Iterator[Control]:
    """Yield the keys of a widget, which gets the focus by Tab before each."""

    def press(key: str) -> None:
        hand.activate(widget.window())
        hand.bring_into_view(widget)
        if not widget.isWindow():
            _focus(widget)
        hand.press(key)

    for key in keys:
        yield _simple(f"press {_name(widget)} {key}", widget, partial(press, key))


def _focus(widget: QWidget) -> None:
    """Give the focus to a widget, or to the first of its parts that takes it."""
    takes = Qt.FocusPolicy.NoFocus
    parts = [widget, *widget.findChildren(QWidget)]
    part = next((p for p in parts if p.focusPolicy() != takes and p.isEnabled()), widget)
    part.setFocus(Qt.FocusReason.TabFocusReason)


# Widgets


def _simple(name: str, widget: QWidget, touch: Callable[[], None]) -> Control:
    return Control(name, lambda: widget.isEnabled() and widget.isVisible(), touch)


def _name(widget: QWidget) -> str:
    """Return the object name of a widget, else its class and that of the next named one above."""
    above: QWidget | None = widget
    while above is not None and not above.objectName():
        above = above.parentWidget()
    if above is widget and widget.objectName().startswith("qt_dockwidget_"):
        dock = widget.parentWidget()
        return f"{dock.objectName() if dock is not None else ''}.{widget.objectName()}"
    if above is widget:
        return widget.objectName()
    return f"{above.objectName() if above is not None else ''}.{type(widget).__name__}"


def _button(button: QAbstractButton) -> Iterator[Control]:
    actions = button.actions() if isinstance(button, QToolButton) else []
    named = [action.objectName() for action in actions if action.objectName()]
    if named:
        yield _simple(f"tool {named[0]}", button, lambda: hand.click(button))
    else:
        # The text of a check box is a part of it, but the middle of a wide one is not.
        place = QPoint(8, button.height() // 2) if button.isCheckable() else None
        name = _name(button)
        if not button.objectName():
            name = f"{name} {button.text().replace('&', '')}"
        yield _simple(f"button {name}", button, lambda: hand.click(button, place))


def _choice(box: QComboBox) -> Iterator[Control]:
    for row in range(box.count()):
        yield Control(
            f"choice {_name(box)} {row}",
            partial(_can_choose, box, row),
            partial(_choose_row, box, row),
        )


def _can_choose(box: QComboBox, row: int) -> bool:
    model = box.model()
    item = model.item(row) if isinstance(model, QStandardItemModel) else None
    there = row < box.count() and (item is None or item.isEnabled())  # it may have become shorter
    return there and box.isEnabled() and box.isVisible()


def _choose_row(box: QComboBox, row: int) -> None:
    arrow = QPoint(box.width() - 8, box.height() // 2)  # a click elsewhere may be for writing
    hand.click(box, arrow)
    hand.wait(lambda: _popup() is not None, f"the list of {_name(box)}")
    for _ in range(box.count()):
        shown = box.view().currentIndex().row()
        if shown == row:
            break
        hand.press("Down" if shown < row else "Up")
    hand.press("Return")


def _spin(box: QAbstractSpinBox) -> Iterator[Control]:
    def with_keys(keys: str) -> None:
        hand.click(box, QPoint(12, box.height() // 2))
        hand.press(keys)
        hand.press("Return")

    def typed() -> None:
        hand.click(box, QPoint(12, box.height() // 2))
        hand.press("Ctrl+A")
        hand.write("3")
        hand.press("Return")

    yield _simple(f"spin {_name(box)} up", box, lambda: with_keys("Up"))
    yield _simple(f"spin {_name(box)} down", box, lambda: with_keys("Down"))
    yield _simple(f"spin {_name(box)} typed", box, typed)


def _slider(slider: QAbstractSlider) -> Iterator[Control]:
    def with_key(keys: str) -> None:
        hand.activate(slider.window())
        hand.bring_into_view(slider)
        slider.setFocus(Qt.FocusReason.TabFocusReason)
        hand.press(keys)

    def dragged() -> None:
        start = _handle_place(slider)
        hand.drag(slider, start, QPoint(round(0.75 * slider.width()), start.y()))

    for key in ("Right", "Left", "End", "Home"):
        yield _simple(f"slider {_name(slider)} {key}", slider, partial(with_key, key))
    yield _simple(f"slider {_name(slider)} drag", slider, dragged)


def _handle_place(slider: QAbstractSlider) -> QPoint:
    if not isinstance(slider, QSlider):
        return slider.rect().center()
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
    return slider.style().subControlRect(control, option, part, slider).center()


def _handle(handle: QSplitterHandle) -> Iterator[Control]:
    splitter = handle.parentWidget()  # splitter() and handle() give wrappers that take it along
    assert splitter is not None  # noqa: S101 - a handle is in one
    across = handle.orientation() is Qt.Orientation.Horizontal
    way = QPoint(-40, 0) if across else QPoint(0, -40)
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    number = splitter.findChildren(QSplitterHandle, options=direct).index(handle)
    middle = handle.rect().center()
    name = f"handle {_name(splitter)} {number}"
    yield _simple(name, handle, lambda: hand.drag(handle, middle, middle + way))


def _tabs(bar: QTabBar) -> Iterator[Control]:
    parent = bar.parentWidget()
    name = _name(parent if bar.objectName().startswith("qt_") and parent is not None else bar)
    for place in range(bar.count()):
        touch = partial(_click_tab, bar, place)
        yield Control(f"tab {name} {place}", partial(bar.isTabEnabled, place), touch)


def _click_tab(bar: QTabBar, place: int) -> None:
    hand.click(bar, bar.tabRect(place).center())


def _write_into(line: QLineEdit) -> None:
    hand.click(line)
    hand.write("x")


def _is_surface(window: QWidget, widget: QWidget) -> bool:
    """Whether a widget takes the mouse or the keyboard by code of its own."""
    if widget is window or isinstance(widget, QLabel | QScrollArea | QTabWidget):
        return False
    takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.StrongFocus)
    own = {name for kind in type(widget).__mro__ for name in vars(kind) if is_own(kind)}
    return (takes_focus or bool(own & _MOUSE)) and (
        not isinstance(widget, QAbstractScrollArea) or bool(own & _MOUSE) or takes_focus
    )


_MOUSE = {"mousePressEvent", "mouseReleaseEvent", "wheelEvent", "contextMenuEvent"}


def _is_on_top(widget: QWidget) -> bool:
    """Whether a click in the middle of a widget reaches it or a part of it."""
    window = widget.window()
    middle = widget.mapTo(window, widget.rect().center())
    at = window.childAt(middle) if hand.seen_area(window).contains(middle) else None
    return at is widget or (at is not None and widget.isAncestorOf(at))


def _surface(widget: QWidget) -> Iterator[Control]:
    name = f"surface {_name(widget)}"

    def dragged() -> None:
        start = _place_on(widget)
        hand.drag(widget, start, start / 2)

    yield _simple(f"{name} click", widget, lambda: hand.click(widget, _place_on(widget)))
    yield _simple(f"{name} double click", widget, partial(_double_click, widget))
    yield _simple(f"{name} drag", widget, dragged)
    yield _simple(f"{name} wheel", widget, lambda: hand.turn_wheel(widget, 2))


def _double_click(widget: QWidget) -> None:
    hand.double_click(widget, _place_on(widget))


def _place_on(widget: QWidget) -> QPoint:
    """Return the middle of a widget; in a list, that of the second row, or of the only one."""
    if not isinstance(widget, QAbstractItemView) or isinstance(widget, QHeaderView):
        return widget.rect().center()
    model = widget.model()
    if not model.rowCount():
        return widget.rect().center()
    row = widget.visualRect(model.index(min(1, model.rowCount() - 1), 0))
    place = widget.viewport().mapTo(widget, row.center())
    return place if widget.rect().contains(place) else widget.rect().center()
