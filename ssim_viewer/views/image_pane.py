"""A pane: a title that is the menu, a canvas, and a colour bar beside false colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from superqt import QElidingLabel

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.intents import ActivatePane, ChooseQuantity, SetWipe
from ssim_viewer.session.readout import decimals_of, difference_decimals
from ssim_viewer.session.state import Role
from ssim_viewer.views import drops
from ssim_viewer.views.canvas import Canvas
from ssim_viewer.views.color_bar import WIDTH, ColorBar, draw_bar, range_text
from ssim_viewer.views.colormaps import ColorScale, color_scale
from ssim_viewer.views.pane_menu import PaneMenu
from ssim_viewer.views.picture import Picture
from ssim_viewer.views.quantities import PICTURES, title_of
from ssim_viewer.views.theme import LIGHT, tabular

if TYPE_CHECKING:
    from ssim_viewer.session.state import Measured, Session
    from ssim_viewer.views.navigation import Navigation
    from ssim_viewer.views.theme import Colors

FRAME = 2
TITLE_HEIGHT = 26
_DIFFERENCES = (Quantity.SIGNED_DIFFERENCE, Quantity.ABSOLUTE_DIFFERENCE)
_MEANS = {
    Quantity.SSIM: "ssim",
    Quantity.LUMINANCE: "luminance",
    Quantity.CONTRAST: "contrast",
    Quantity.STRUCTURE: "structure",
}


class ImagePane(QWidget):
    """Shows one quantity of the pair on screen.

    Signals
    -------
    intended
        Carries `ChooseQuantity`, `ActivatePane`, `SetWipe`, `OpenFile` or `PasteImage`.
    export_requested
        Carries the pane's index and ``"native"``, ``"as shown"`` or ``"values"``.
    """

    intended = Signal(object)
    export_requested = Signal(int, str)

    def __init__(self, index: int, navigation: Navigation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.setObjectName(f"pane_{index + 1}")
        self.setAcceptDrops(True)
        self.canvas = Canvas(navigation, self)
        self.color_bar = ColorBar(self)
        self.menu = PaneMenu(index + 1, self)
        self._note = QElidingLabel(self)
        self._hint = QLabel(self)
        self._colors = LIGHT
        self._role = Role.REFERENCE
        self._scale: ColorScale | None = None
        self._rendered: tuple[object, ...] = ()
        self._active = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        name = self.objectName()
        self.canvas.setObjectName(f"{name}_canvas")
        self.canvas.divider.setObjectName(f"{name}_divider")
        self.canvas.divider.setAccessibleName(f"Wipe divider of pane {self.index + 1}")
        self.color_bar.setObjectName(f"{name}_color_bar")
        self._note.setObjectName(f"{name}_note")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._note.setFont(tabular(self._note.font()))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint.hide()
        title = QHBoxLayout()
        title.setContentsMargins(0, 0, 8, 0)
        title.setSpacing(8)
        title.addWidget(self.menu)
        title.addWidget(self._note, 1)
        self.menu.setFixedHeight(TITLE_HEIGHT)
        picture = QHBoxLayout()
        picture.setSpacing(0)
        picture.addWidget(self.canvas, 1)
        picture.addWidget(self.color_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        layout.setSpacing(0)
        layout.addLayout(title)
        layout.addLayout(picture, 1)
        self.color_bar.hide()

    def _connect(self) -> None:
        self.menu.chosen.connect(lambda q: self.intended.emit(ChooseQuantity(self.index, q)))
        self.menu.export_wanted.connect(lambda kind: self.export_requested.emit(self.index, kind))
        self.canvas.pressed.connect(self._activate)
        self.canvas.wiped.connect(lambda fraction: self.intended.emit(SetWipe(fraction)))

    def _activate(self) -> None:
        if not self._active:
            self.intended.emit(ActivatePane(self.index))

    # Rendering

    def render(self, session: Session) -> None:  # type: ignore[override]  # Qt's own paints
        """Show what the session says, touching only what has changed."""
        look, measured = session.look, session.measured
        quantity = look.panes[self.index]
        self._role = Role.REFERENCE if quantity is Quantity.REFERENCE else Role.DISTORTED
        shown = (measured, quantity)
        if not _identical(shown, self._rendered):
            self._rendered = shown
            self._show(measured, quantity)
        self.canvas.set_wipe(None if quantity is Quantity.REFERENCE else _wipe(session))
        self.canvas.set_pixel_values(look.pixel_values)
        self._set_note(_note(session, quantity))
        self._set_active(look.active == self.index and len(look.visible) > 1)

    def _show(self, measured: Measured | None, quantity: Quantity) -> None:
        picture = picture_of(measured, quantity)
        message = ""
        if measured is None:
            message = _invitation(quantity)
        elif picture is None:
            message = "Computing…"
        self._scale = picture.scale if picture is not None else None
        self.color_bar.show_scale(self._scale)
        self.menu.show_quantity(quantity, exportable=picture is not None)
        self.canvas.show_picture(picture, picture_of(measured, Quantity.REFERENCE), message)
        self.setAccessibleName(f"Pane {self.index + 1}: {title_of(quantity)}")
        range_ = range_text(self._scale) if self._scale else ""
        self.canvas.setAccessibleName(title_of(quantity))
        self.canvas.setAccessibleDescription(message or range_)

    def _set_note(self, text: str) -> None:
        if text != self._note.text():
            # Where there is no room for all of it, a name keeps its beginning, a number its end.
            number = text.startswith(("mean", "step"))
            mode = Qt.TextElideMode.ElideLeft if number else Qt.TextElideMode.ElideRight
            self._note.setElideMode(mode)
            self._note.setText(text)

    def _set_active(self, active: bool) -> None:  # noqa: FBT001 - a setter as Qt's
        if active != self._active:
            self._active = active
            self.update()

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._colors = colors
        self.canvas.restyle(colors)
        self.color_bar.restyle(colors)
        self.menu.restyle(colors)
        self._note.setStyleSheet(f"color: {colors.muted};")
        self._hint.setStyleSheet(
            f"background: {colors.accent}; color: {colors.on_accent}; font-weight: 600;"
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Frame the active pane, and the one under a drag."""
        if self._active or self._hint.isVisible():
            painter = QPainter(self)
            painter.setPen(QPen(QColor(self._colors.accent), FRAME))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def as_shown(self) -> QImage:
        """Return what is seen of the picture, with its colour bar, in device pixels."""
        ratio = self.devicePixelRatioF()
        seen = QRectF(self.canvas.seen_area().toAlignedRect())
        bar = WIDTH if self._scale is not None else 0
        image = QImage(
            (QSize(round(seen.width()) + bar, round(seen.height())) * ratio),
            QImage.Format.Format_RGB32,
        )
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(self._colors.window))
        painter = QPainter(image)
        painter.save()
        painter.setClipRect(QRectF(QPointF(0, 0), seen.size()))
        painter.translate(-seen.topLeft())
        self.canvas.paint(painter, seen)
        painter.restore()
        if self._scale is not None:
            beside = QRectF(seen.width(), 0, WIDTH, seen.height())
            draw_bar(painter, beside, self._scale, self._colors, self.font())
        painter.end()
        return image

    # Shift holds the reference

    def enterEvent(self, event: QEnterEvent) -> None:
        """Watch the Shift key while the cursor is here."""
        super().enterEvent(event)
        if (window := self.window().windowHandle()) is not None:
            window.installEventFilter(self)  # keys go to the window first, whatever has the focus
        self.canvas.hold_reference(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def leaveEvent(self, event: QEvent) -> None:
        """Stop watching the Shift key."""
        super().leaveEvent(event)
        if (window := self.window().windowHandle()) is not None:
            window.removeEventFilter(self)
        self.canvas.hold_reference(held=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See keys before the widget that has the focus does."""
        if isinstance(event, QKeyEvent):
            self._hold(event)
        elif event.type() is QEvent.Type.FocusOut:
            self.canvas.hold_reference(held=False)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Shift for those who come by Tab."""
        self._hold(event)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Bring the picture back."""
        self._hold(event)
        super().keyReleaseEvent(event)

    def _hold(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Shift and not event.isAutoRepeat():
            self.canvas.hold_reference(event.type() is QEvent.Type.KeyPress)

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what a drop here would do."""
        if drops.acceptable(event.mimeData()):
            event.acceptProposedAction()
            self._hint.setText(drops.hint(event.mimeData(), self._role))
            self._hint.setGeometry(FRAME, self.height() - 34, self.width() - 2 * FRAME, 32)
            self._show_hint(shown=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Take the words back."""
        self._show_hint(shown=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self._show_hint(shown=False)
        for intent in drops.dropped(event.mimeData(), self._role):
            self.intended.emit(intent)
        event.acceptProposedAction()

    def _show_hint(self, *, shown: bool) -> None:
        self._hint.setVisible(shown)
        self._hint.raise_()
        self.update()


def picture_of(measured: Measured | None, quantity: Quantity) -> Picture | None:
    """Return a quantity ready to be painted, or None where it was not measured."""
    if measured is None or quantity not in measured.evaluation.maps:
        return None
    evaluation = measured.evaluation
    array = evaluation.maps[quantity]
    offset, side = 0.0, 1
    if quantity in _MEANS:
        offset, side = evaluation.geometry.offset, evaluation.geometry.scale
    values, decimals = array, 2
    if quantity in PICTURES:
        values = measured.reference if quantity is Quantity.REFERENCE else measured.distorted
        decimals = min(decimals_of(values, evaluation.metric.data_range), 3)
    elif quantity in _DIFFERENCES:
        decimals = min(difference_decimals(measured), 3)
    return Picture(array, color_scale(quantity, evaluation), offset, side, values, decimals)


def _wipe(session: Session) -> float | None:
    return session.look.wipe if session.measured is not None else None


def _note(session: Session, quantity: Quantity) -> str:
    """Return what stands at the right of a pane's title."""
    document, measured = session.document, session.measured
    if measured is None:
        return ""
    if quantity in _MEANS:
        return f"mean {getattr(measured.evaluation.scores, _MEANS[quantity]):.4f}".replace("-", "−")
    if quantity not in PICTURES or document.pair is None:
        return ""
    if quantity is Quantity.DISTORTED and document.run is not None:
        return f"step {document.run.cursor}"
    pair = document.pair
    return (pair.reference if quantity is Quantity.REFERENCE else pair.distorted).name


def _invitation(quantity: Quantity) -> str:
    if quantity is Quantity.REFERENCE:
        return "Drop a reference image here,\nor press Ctrl+O"
    if quantity is Quantity.DISTORTED:
        return "Drop a distorted image here,\nor press Ctrl+Shift+O"
    return f"{title_of(quantity)} appears here\nonce two images are open"


def _identical(first: tuple[object, ...], second: tuple[object, ...]) -> bool:
    return len(first) == len(second) and all(a is b for a, b in zip(first, second, strict=True))
