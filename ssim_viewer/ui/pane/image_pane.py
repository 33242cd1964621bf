"""A pane: a title that is the menu, a canvas, and a colour bar beside false colours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEnterEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from superqt import QElidingLabel

from ssim_viewer.metrics import Quantity
from ssim_viewer.metrics.maps.builtin_maps import IMAGES
from ssim_viewer.session.anchoring import displacement_in, marker_in
from ssim_viewer.session.comparison import Mode
from ssim_viewer.session.family import MetricLayer
from ssim_viewer.session.intents import (
    ActivatePane,
    ChooseQuantity,
    CompareInPane,
    FocusPane,
    ScaleMap,
    SetWipe,
)
from ssim_viewer.session.region_readout import shown_region
from ssim_viewer.session.state import Role
from ssim_viewer.ui.pane import drops
from ssim_viewer.ui.pane.amplified import Amplifier
from ssim_viewer.ui.pane.canvas import Canvas
from ssim_viewer.ui.pane.color_bar import ColorBar, bar_width, draw_bar, range_text
from ssim_viewer.ui.pane.pane_content import (
    comparison_of,
    content_picture,
    message_of,
    note_of,
    pane_preview,
    photograph,
    shown_title,
)
from ssim_viewer.ui.pane.pane_menu import PaneMenu
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT, tabular

if TYPE_CHECKING:
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.session.map_scale import MapScale
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.pane.navigation import Navigation
    from ssim_viewer.ui.pane.selection import Selection
    from ssim_viewer.ui.pane.tool_mouse import ToolMouse
    from ssim_viewer.ui.theme.colors import Colors

FRAME = 2
TITLE_HEIGHT = 26


class ImagePane(QWidget):
    """Shows one quantity of the pair on screen.

    Signals
    -------
    intended
        Carries `ChooseQuantity`, `ActivatePane`, `FocusPane`, `ScaleMap`, `SetWipe`,
        `CompareInPane`, `OpenFile` or `PasteImage`.
    export_requested
        Carries the pane's index and ``"native"``, ``"as shown"`` or ``"values"``.
    """

    intended = Signal(object)
    export_requested = Signal(int, str)

    def __init__(
        self,
        index: int,
        navigation: Navigation,
        selection: Selection,
        tool_mouse: ToolMouse,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.index = index
        self.setObjectName(f"pane_{index + 1}")
        self.setAcceptDrops(True)
        self.canvas = Canvas(navigation, selection, tool_mouse, self)
        self.color_bar = ColorBar(self)
        self.menu = PaneMenu(index + 1, self)
        self._note = QElidingLabel(self)
        self._hint = QLabel(self)
        self._colors = LIGHT
        self._role = Role.REFERENCE
        self._amplifier = Amplifier()
        self._content: Quantity | MetricLayer = Quantity.REFERENCE
        self._scale: ColorScale | None = None
        self._rendered: tuple[object, ...] = ()
        self._message = ""
        self._described = ("", "")
        self._active = self._framed = self._focused = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        name = self.objectName()
        self.canvas.setObjectName(f"{name}_canvas")
        self.canvas.divider.setObjectName(f"{name}_divider")
        self.canvas.divider.setAccessibleName(
            tr("Wipe divider of pane {index}", index=self.index + 1)
        )
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
        self.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.canvas.customContextMenuRequested.connect(
            lambda point: self.menu.menu().popup(self.canvas.mapToGlobal(point))
        )
        self.canvas.wiped.connect(lambda fraction: self.intended.emit(SetWipe(fraction)))
        self.canvas.focus_wanted.connect(lambda: self.intended.emit(FocusPane(self.index)))
        self.menu.compared.connect(lambda mode: self.intended.emit(CompareInPane(self.index, mode)))
        self.color_bar.pressed.connect(self._activate)
        self.color_bar.rescaled.connect(self._rescale)
        self.menu.rescaled.connect(self._rescale)

    def _activate(self) -> None:
        if not self._active:
            self.intended.emit(ActivatePane(self.index))

    def _rescale(self, scale: MapScale) -> None:
        self.intended.emit(ScaleMap(self._content, scale))

    # Rendering

    def show_session(self, session: Session) -> None:
        """Show what the session says, touching only what has changed."""
        look = session.look
        content = self._content = look.panes[self.index]
        self._role = Role.REFERENCE if content is Quantity.REFERENCE else Role.DISTORTED
        self.show_picture(session)
        self._show_words(session, content)
        self.menu.layers.show_family(session.measurements)
        self.canvas.compare(comparison_of(session, self.index))
        self.menu.show_mode(look.own_modes[self.index])
        self.canvas.set_pixel_values(look.pixel_values)
        self.canvas.set_pixel_grid(look.pixel_grid)
        self.canvas.set_region(shown_region(session))
        self.canvas.set_anchor(marker_in(look, self.index))
        # Where there is no room for all of it, a name keeps its beginning, a number its end.
        named = content in IMAGES and (
            content is Quantity.REFERENCE or session.document.run is None
        )
        mode = Qt.TextElideMode.ElideRight if named else Qt.TextElideMode.ElideLeft
        self._set_note(note_of(session, content), mode)
        self._active = look.active == self.index
        self._set_framed(framed=self._active)

    def show_picture(self, session: Session) -> None:
        """Show the picture alone, which changes oftener than words need to."""
        content, pictured = session.look.panes[self.index], session.pictured
        family = session.measurements.of(content) if isinstance(content, MetricLayer) else None
        chosen = session.look.scale_of(content)
        document = session.document
        reading = (session.reading, session.opening) if document.pair is None else ((), None)
        display = (session.look.display, session.values, document.metric)
        pair = (document.pair, document.run is None, *reading, *display)
        gain = self._gain(session)
        displacement = displacement_in(session.look, self.index)
        preview = pane_preview(session, content)
        ways = (chosen, preview, gain, session.look.anchors)
        shown = (*_source(pictured, content), content, family, *ways, *pair)
        if _identical(shown, self._rendered):
            return
        self._rendered = shown
        picture = content_picture(session, content)
        reference = photograph(session, Quantity.REFERENCE)
        if picture is not None and reference is not None and gain is not None:
            picture = self._amplifier.picture(session, (reference, picture))
        elif picture is not None and displacement != (0.0, 0.0):
            picture = replace(picture, displacement=displacement)
        self._message = ""
        if picture is None:
            self._message = message_of(session, content)
        self._scale = picture.scale if picture is not None else None
        self.menu.show_scale(self._scale, chosen)
        self.color_bar.show_scale(self._scale, chosen)
        self.canvas.show_picture(picture, reference, self._message)

    def _gain(self, session: Session) -> float | None:
        """Return what the difference is multiplied by, or None in a pane that shows none."""
        amplified = session.look.comparison_in(self.index).mode is Mode.DIFFERENCE
        distorted = session.look.panes[self.index] is Quantity.DISTORTED
        return session.look.comparison.gain if amplified and distorted else None

    def _show_words(self, session: Session, content: Quantity | MetricLayer) -> None:
        title = shown_title(session, content)
        if self._gain(session) is not None:
            gain = session.look.comparison_in(self.index).value_text()
            title = tr("{title} − reference, {gain}", title=title, gain=gain)
        whole = not self._message and session.measured is not None
        self.menu.show_content(content, title, exportable=whole)
        description = self._message or (tr(range_text(self._scale)) if self._scale else "")
        if (title, description) != self._described:
            self._described = (title, description)
            self.setAccessibleName(tr("Pane {index}: {title}", index=self.index + 1, title=title))
            self.canvas.setAccessibleName(title)
            self.canvas.setAccessibleDescription(description)

    def _set_note(self, text: str, mode: Qt.TextElideMode) -> None:
        if text != self._note.text():
            self._note.setElideMode(mode)
            self._note.setText(text)

    def _set_framed(self, *, framed: bool) -> None:
        if framed != self._framed:
            self._framed = framed
            self.update()

    def set_focused(self, focused: bool) -> None:  # noqa: FBT001 - a setter as Qt's
        """Frame the pane as the one that keys go to, and make it the active one."""
        if focused != self._focused:
            self._focused = focused
            self.update()
        if focused:
            self._activate()

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
        """Frame what is shown, and all of the active pane or of the one under a drag."""
        with QPainter(self) as painter:
            below = QRectF(self.rect()).adjusted(1.5, FRAME + TITLE_HEIGHT - 0.5, -1.5, -1.5)
            painter.fillRect(below, QColor(self._colors.surround))
            painter.setPen(QPen(QColor(self._colors.frame), 1))
            painter.drawRect(below)
            if self._framed or self._hint.isVisible():
                quiet = self._framed and not self._focused and not self._hint.isVisible()
                color = self._colors.frame if quiet else self._colors.accent
                painter.setPen(QPen(QColor(color), FRAME))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def as_shown(self) -> QImage:
        """Return what is seen of the picture, with its colour bar, in device pixels."""
        ratio = self.devicePixelRatioF()
        seen = QRectF(self.canvas.seen_area().toAlignedRect())
        bar = bar_width(self.font()) if self._scale is not None else 0
        # A pane that docks have squeezed to nothing is still written, as one pixel.
        width, height = max(1, round(seen.width())), max(1, round(seen.height()))
        image = QImage(QSize(width + bar, height) * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(self._colors.surround))
        with QPainter(image) as painter:
            painter.save()
            painter.setClipRect(QRectF(QPointF(0, 0), seen.size()))
            painter.translate(-seen.topLeft())
            self.canvas.paint_as_exported(painter, seen)
            painter.restore()
            if self._scale is not None:
                beside = QRectF(seen.width(), 0, bar, seen.height())
                draw_bar(painter, beside, self._scale, self._colors, self.font())
        return image

    # Shift holds the reference

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the reference when Shift is down already."""
        super().enterEvent(event)
        self.canvas.hold_reference(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def leaveEvent(self, event: QEvent) -> None:
        """Bring the picture back."""
        super().leaveEvent(event)
        self.canvas.hold_reference(held=False)

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


def _source(
    pictured: SsimMeasurement | None, quantity: Quantity | MetricLayer
) -> tuple[object, ...]:
    """Return what a picture is made of: the reference stays the same while a climb plays."""
    if pictured is None or quantity is not Quantity.REFERENCE:
        return (pictured,)
    return pictured.reference, pictured.metric, pictured.missing == 0


def _identical(first: tuple[object, ...], second: tuple[object, ...]) -> bool:
    return len(first) == len(second) and all(a is b for a, b in zip(first, second, strict=True))
