"""An axis that can be logarithmic, also of numbers that begin at 0 such as steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QToolButton

from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

MARKS = (1.0, 2.0, 5.0)
"""Labelled numbers of a decade where there is room; else only the first."""

ROOM = {"bottom": 44, "left": 22}
"""Pixels that a label wants for itself along the axis."""


class LogAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis whose numbers stand at log10(offset + number) while it is logarithmic.

    Parameters
    ----------
    side
        ``"bottom"`` or ``"left"``.
    offset
        1 for numbers from 0 on, 0 for numbers above 0.
    """

    def __init__(self, side: str, offset: float) -> None:
        super().__init__(side)
        self._wanted = ROOM[side]
        self._offset = offset
        self.logarithmic = False

    def set_logarithmic(self, on: bool) -> None:  # noqa: FBT001 - it is the value
        """Stand for logarithms, or for the numbers themselves."""
        if on is not self.logarithmic:
            self.logarithmic = on
            self.picture = None
            self.update()

    def places(self, numbers: ArrayLike) -> NDArray[np.float64]:
        """Return where numbers stand on the axis."""
        numbers = np.asarray(numbers, np.float64)
        return np.log10(self._offset + numbers) if self.logarithmic else numbers

    def number(self, place: float) -> float:
        """Return the number at a place of the axis."""
        return 10.0 ** float(place) - self._offset if self.logarithmic else float(place)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Any:  # noqa: N802, N803 - pyqtgraph's
        """Return the places of the labels, as pyqtgraph wants them: spacing and places."""
        if not self.logarithmic:
            return super().tickValues(minVal, maxVal, size)
        first, last = int(np.floor(minVal)) - 1, int(np.ceil(maxVal))
        room = size / max(maxVal - minVal, 1e-9)  # pixels a decade
        marks = MARKS if room > len(MARKS) * self._wanted else MARKS[:1]
        every = max(1, int(np.ceil(self._wanted / room)))
        numbers = [
            mark * 10.0**k for k in range(first, last + 1) if k % every == 0 for mark in marks
        ]
        if self._offset:
            numbers = [0.0, *(number for number in numbers if number >= 1)]
        places = [float(place) for place in self.places(numbers)]
        return [(1.0, [place for place in places if minVal - 1e-9 <= place <= maxVal + 1e-9])]

    def tickStrings(self, values: Any, scale: float, spacing: float) -> Any:  # noqa: N802 - pyqtgraph's
        """Return the labels of places."""
        if not self.logarithmic:
            return super().tickStrings(values, scale, spacing)
        numbers = [self.number(value) for value in values]
        return [f"{n:.0f}" if 0.5 <= n < 1e6 else f"{n:.4g}" for n in numbers]


def log_steps_button(name: str) -> QToolButton:
    """Return a button that is down while steps stand at their logarithms."""
    button = QToolButton()
    button.setText(tr("log steps"))
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setFixedHeight(button.fontMetrics().height() + 4)  # with less the style cuts the g
    tip = tr("Show steps on a logarithmic axis: most happens in the first ones.")
    name_control(button, name, tr("Logarithmic steps"), tip)
    return button
