"""The ends of a colour bar under a person's hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.intents import ScaleMap
from ssim_viewer.session.map_scale import Ends, MapScale, Reading, Table
from ssim_viewer.session.state import Session
from ssim_viewer.session.transitions import reduce
from ssim_viewer.ui.pane.color_bar import ColorBar
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.theme.colors import LIGHT
from tests.ui.pairs import looking, session_of

LEFT = Qt.MouseButton.LeftButton
FLAT = MapScale(Ends.CHOSEN, 0.0, 1.0)


class Hand:
    """A grid whose intents change its session, and a hand on the colour bar of pane 3."""

    def __init__(self, grid: PaneGrid, session: Session) -> None:
        self.grid = grid
        self.session = session
        grid.intended.connect(self._answer)
        self.show(session)

    def show(self, session: Session) -> None:
        self.session = session
        self.grid.show_session(session)
        QApplication.processEvents()

    def _answer(self, intent: object) -> None:
        self.show(reduce(self.session, intent))  # type: ignore[arg-type]  # all are of the state

    @property
    def bar(self) -> ColorBar:
        return self.grid.panes[2].color_bar

    @property
    def chosen(self) -> MapScale:
        return self.session.look.scale_of(Quantity.SSIM)

    def drag(self, start: float, end: float) -> None:
        """Drag from a part of the bar's height to another one; 0 is its upper end."""
        height = self.bar.height() - 20
        first, last = (QPoint(12, 10 + round(part * height)) for part in (start, end))
        QTest.mousePress(self.bar, LEFT, pos=first)
        QTest.mouseMove(self.bar, (first + last) / 2)
        QTest.mouseMove(self.bar, last)
        QTest.mouseRelease(self.bar, LEFT, pos=last)

    def colors(self, pane: int = 2) -> list[str]:
        """Return the colours of some pixels of a pane."""
        image = self.grid.panes[pane].canvas.grab().toImage()
        size = image.size()
        points = [(size.width() * i // 12, size.height() * i // 12) for i in range(2, 10)]
        return [image.pixelColor(*point).name() for point in points]


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    grid = PaneGrid()
    qtbot.addWidget(grid)
    grid.restyle(LIGHT)
    grid.resize(960, 640)
    grid.show()
    qtbot.waitExposed(grid)
    return Hand(grid, session_of(scales=((Quantity.SSIM, FLAT),)))


def test_the_upper_end_is_dragged_down(hand: Hand) -> None:
    before = hand.colors()
    hand.drag(0.0, 0.25)
    assert hand.chosen.ends is Ends.CHOSEN
    assert (hand.chosen.low, hand.chosen.high) == pytest.approx((0.0, 0.75), abs=0.01)
    assert hand.colors() != before
    assert hand.bar.accessibleDescription().startswith("from 0 to 0.7")


def test_the_lower_end_is_dragged_up_and_again_from_where_it_is_then(hand: Hand) -> None:
    hand.drag(1.0, 0.5)
    assert (hand.chosen.low, hand.chosen.high) == pytest.approx((0.5, 1.0), abs=0.01)
    hand.drag(1.0, 0.5)
    assert (hand.chosen.low, hand.chosen.high) == pytest.approx((0.75, 1.0), abs=0.01)


def test_the_lower_end_is_dragged_out_of_the_bar_to_widen_the_range(hand: Hand) -> None:
    hand.drag(1.0, 1.5)
    assert hand.chosen.low == pytest.approx(-0.5, abs=0.02)


def test_no_end_passes_the_other_one_or_all_values(hand: Hand) -> None:
    hand.drag(1.0, -3.0)
    assert hand.chosen.low < hand.chosen.high == 1.0
    hand.show(looking(hand.session, scales=((Quantity.SSIM, FLAT),)))
    hand.drag(0.0, -3.0)
    assert hand.chosen == FLAT


def test_the_middle_moves_both_ends(hand: Hand) -> None:
    hand.show(looking(hand.session, scales=((Quantity.SSIM, MapScale(Ends.CHOSEN, 0.2, 0.6)),)))
    hand.drag(0.5, 0.25)
    assert (hand.chosen.low, hand.chosen.high) == pytest.approx((0.3, 0.7), abs=0.01)


def test_both_ends_of_a_signed_map_move_together(hand: Hand) -> None:
    panes = (*hand.session.look.panes[:2], Quantity.SIGNED_DIFFERENCE, *[Quantity.SSIM] * 3)
    hand.show(looking(hand.session, panes=panes))
    assert hand.bar.accessibleDescription() == "from −100 to 100 grey levels"
    hand.drag(0.0, 0.25)
    assert hand.bar.accessibleDescription().startswith("from −50 to 50")


def test_a_double_click_is_automatic_and_another_one_usual(hand: Hand) -> None:
    QTest.mouseDClick(hand.bar, LEFT, pos=QPoint(12, 60))
    ends = [hand.chosen.ends]
    QTest.mouseDClick(hand.bar, LEFT, pos=QPoint(12, 60))
    ends.append(hand.chosen.ends)
    assert ends == [Ends.AUTOMATIC, Ends.USUAL]


def test_the_wheel_narrows_the_range_about_the_cursor(hand: Hand) -> None:
    place = QPointF(12, hand.bar.height() / 2)
    event = QWheelEvent(
        place,
        QPointF(hand.bar.mapToGlobal(place)),
        QPoint(0, 0),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hand.bar, event)
    assert (hand.chosen.low, hand.chosen.high) == pytest.approx((0.25, 0.75), abs=0.01)


def test_keys_move_the_ends(hand: Hand) -> None:
    hand.bar.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(hand.bar, Qt.Key.Key_Down)
    QTest.keyClick(hand.bar, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert (hand.chosen.low, hand.chosen.high) == pytest.approx((0.0475, 0.95))
    QTest.keyClick(hand.bar, Qt.Key.Key_Return)
    assert hand.chosen.ends is Ends.AUTOMATIC


def test_every_pane_of_a_quantity_has_one_range(hand: Hand) -> None:
    hand.show(looking(hand.session, panes=(Quantity.SSIM,) * 6))
    hand.drag(1.0, 0.5)
    texts = {pane.color_bar.accessibleDescription() for pane in hand.grid.panes}
    assert len(texts) == 1
    assert hand.colors(2) == hand.colors(5)


def test_the_range_stays_with_its_quantity_while_a_pane_shows_others(hand: Hand) -> None:
    hand.drag(1.0, 0.5)
    chosen, text = hand.chosen, hand.bar.accessibleDescription()
    panes = hand.session.look.panes
    other = (*panes[:2], Quantity.REFERENCE, *panes[3:])
    hand.show(looking(hand.session, panes=other))
    assert not hand.bar.isVisible()
    hand.show(looking(hand.session, panes=panes))
    assert hand.chosen == chosen
    assert hand.bar.accessibleDescription() == text


def entries(hand: Hand) -> dict[str, QAction]:
    menu = hand.grid.panes[2].menu.findChild(QMenu, "pane_3_scale")
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return {action.text().replace("&", ""): action for action in menu.actions()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Decibels, −10 log₁₀(1 − value)", MapScale(Ends.CHOSEN, 0, 1, Reading.DECIBELS)),
        ("1 − value", MapScale(Ends.CHOSEN, 0, 1, Reading.COMPLEMENT)),
        ("Automatic, 1 to 99 %", MapScale(Ends.AUTOMATIC)),
        ("Whole range", MapScale(Ends.WHOLE)),
        ("Viridis", MapScale(Ends.CHOSEN, 0, 1, table=Table.VIRIDIS)),
    ],
)
def test_the_menu_changes_what_is_seen(hand: Hand, text: str, expected: MapScale) -> None:
    before = hand.colors(), hand.bar.grab().toImage()
    action = entries(hand)[text]
    action.trigger()
    assert hand.chosen == expected
    assert (hand.colors(), hand.bar.grab().toImage()) != before


def test_a_bar_that_belongs_to_nobody_cannot_be_changed(qtbot: QtBot, hand: Hand) -> None:
    scale = hand.grid.scale(Quantity.SSIM, hand.session)
    bar = ColorBar()
    qtbot.addWidget(bar)
    bar.resize(60, 200)
    bar.show_scale(scale)
    wanted: list[object] = []
    bar.rescaled.connect(wanted.append)
    QTest.mousePress(bar, LEFT, pos=QPoint(12, 12))
    QTest.mouseMove(bar, QPoint(12, 90))
    QTest.mouseDClick(bar, LEFT, pos=QPoint(12, 60))
    assert wanted == []
    assert bar.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_switching_from_a_picture_to_a_map_never_moves_the_picture(hand: Hand) -> None:
    widths = {pane.canvas.width() for pane in hand.grid.panes}
    assert len(widths) <= 2  # columns of a grid differ by a pixel at most
    assert max(widths) - min(widths) <= 1
    one = looking(hand.session, panes=(Quantity.REFERENCE,) * 6)
    maps = looking(hand.session, panes=(Quantity.SSIM,) * 6)
    views = []
    for session in (one, maps):
        hand.show(session)
        views.append([pane.canvas.view for pane in hand.grid.panes])
    assert views[0] == views[1]


def test_an_intent_names_the_quantity(hand: Hand) -> None:
    seen: list[object] = []
    hand.grid.intended.connect(seen.append)
    QTest.mouseDClick(hand.bar, LEFT, pos=QPoint(12, 60))
    assert any(isinstance(each, ScaleMap) and each.content is Quantity.SSIM for each in seen)
