"""What the menu of a colour bar offers: the range, what is read, and the table of colours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QActionGroup

from ssim_viewer.metrics.maps.spec import MapKind
from ssim_viewer.session.map_scale import SEQUENTIAL, SIGNED, Ends, MapScale, Reading
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from ssim_viewer.session.color_scale import ColorScale

_RANGES = (
    (
        Ends.USUAL,
        QT_TR_NOOP("&Usual range"),
        QT_TR_NOOP("Round ends that follow the map in large steps."),
    ),
    (
        Ends.AUTOMATIC,
        QT_TR_NOOP("&Automatic, 1 to 99 %"),
        QT_TR_NOOP("From the value that 1 % are below to that of 99 %."),
    ),
    (Ends.WHOLE, QT_TR_NOOP("&Whole range"), QT_TR_NOOP("One range whatever the images.")),
)
_READINGS = (
    (
        Reading.VALUE,
        QT_TR_NOOP("The &value"),
        QT_TR_NOOP("Similarity itself; 1 where the images are alike."),
    ),
    (
        Reading.COMPLEMENT,
        QT_TR_NOOP("&1 − value"),
        QT_TR_NOOP("The error, 0 where the images are alike."),
    ),
    (
        Reading.DECIBELS,
        QT_TR_NOOP("&Decibels, −10 log₁₀(1 − value)"),
        QT_TR_NOOP("Tells apart what is close to 1: 0.9 is 10 dB, 0.99 is 20 dB."),
    ),
)
_FLAGS = (
    (
        "locked",
        QT_TR_NOOP("&Lock to the other maps"),
        QT_TR_NOOP("One range, reading and table for all maps in the same unit, such as l, c, s."),
    ),
    (
        "marked",
        QT_TR_NOOP("&Mark clipped values"),
        QT_TR_NOOP("Values below the range in cyan, values above it in green."),
    ),
)


def fill_scale_menu(
    menu: QMenu, scale: ColorScale, chosen: MapScale, choose: Callable[[MapScale], object]
) -> None:
    """Fill a menu; `choose` is called with the choices that a triggered entry stands for."""
    for before in menu.findChildren(QActionGroup):
        before.deleteLater()
    menu.clear()
    menu.setToolTipsVisible(True)

    def add(group: QActionGroup, text: str, tip: str, wanted: MapScale, *, checked: bool) -> None:
        action = menu.addAction(tr(text))
        action.setToolTip(tr(tip))
        action.setCheckable(True)
        action.setChecked(checked)
        group.addAction(action)
        action.triggered.connect(lambda: choose(wanted))

    ranges = QActionGroup(menu)
    for ends, text, tip in _RANGES:
        add(ranges, text, tip, replace(chosen, ends=ends), checked=chosen.ends is ends)
    if scale.kind is MapKind.SIMILARITY:
        menu.addSeparator()
        readings = QActionGroup(menu)
        for reading, text, tip in _READINGS:
            wanted = replace(chosen, reading=reading)
            add(readings, text, tip, wanted, checked=chosen.reading is reading)
    menu.addSeparator()
    for name, text, tip in _FLAGS:
        action = menu.addAction(tr(text))
        action.setToolTip(tr(tip))
        action.setCheckable(True)
        action.setChecked(getattr(chosen, name))
        changed: dict[str, Any] = {name: not getattr(chosen, name)}
        action.triggered.connect(
            lambda _=False, changed=changed: choose(replace(chosen, **changed))
        )
    menu.addSeparator()
    tables = QActionGroup(menu)
    for table in SIGNED if scale.kind is MapKind.SIGNED else SEQUENTIAL:
        text = table[0].upper() + table[1:]
        wanted = replace(chosen, table=table)
        add(tables, text, tr("Perceptually uniform."), wanted, checked=chosen.table is table)
