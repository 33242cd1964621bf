"""Modes of comparing what a pane shows with the reference, in one place. Pure state."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ssim_viewer.text import tr


class Mode(StrEnum):
    """How the reference is seen in a pane, beside what the pane shows."""

    ALONE = tr("picture alone")
    WIPE = "wipe"
    BLINK = tr("automatic blink")
    OVERLAY = "overlay"
    DIFFERENCE = tr("amplified difference")


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that the one setting of a mode can take, evenly spaced, or by ratios.

    Attributes
    ----------
    field
        The attribute of `Comparison`.
    steps
        Steps of a key from one end to the other.
    words
        The name of the setting.
    form
        How a value is written, as a format string.
    """

    field: str
    low: float
    high: float
    steps: int
    words: str
    form: str
    by_ratios: bool = False

    def fraction(self, value: float) -> float:
        """Return where a value lies between the ends, within [0, 1]."""
        low, high, value = map(self._place, (self.low, self.high, value))
        return min(max((value - low) / (high - low), 0.0), 1.0)

    def value(self, fraction: float) -> float:
        """Return the value at a fraction of the way from one end to the other."""
        low, high = map(self._place, (self.low, self.high))
        found = low + min(max(fraction, 0.0), 1.0) * (high - low)
        return 2.0**found if self.by_ratios else found

    def put(self, comparison: Comparison, value: float) -> Comparison:
        """Return a comparison with another value of this setting."""
        changed: dict[str, Any] = {self.field: value}
        return replace(comparison, **changed)

    def _place(self, value: float) -> float:
        return math.log2(min(max(value, self.low), self.high)) if self.by_ratios else value


SCALES = {
    Mode.WIPE: Scale("position", 0.0, 1.0, 50, tr("Divider"), "{:.0%}"),
    Mode.BLINK: Scale("rate", 0.5, 8.0, 8, tr("Changes a second"), "{:.3g}/s", by_ratios=True),
    Mode.OVERLAY: Scale("opacity", 0.0, 1.0, 20, tr("Opacity"), "{:.0%}"),
    Mode.DIFFERENCE: Scale("gain", 1.0, 256.0, 16, tr("Gain"), "×{:.3g}", by_ratios=True),
}
"""The setting of each mode that has one. At more than 8 changes a second nothing is compared any
more, and flashing is a danger to some."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A mode with the settings of all modes, each of which is kept while another one is on.

    Attributes
    ----------
    position
        Where the divider of the wipe stands, as a fraction of the width, or of the height.
    across
        Whether the divider lies across: the reference is above it, else it is left of it.
    rate
        Changes a second of the automatic blink.
    opacity
        The share of the pane's own picture in the overlay.
    gain
        What the difference is multiplied by before mid-grey is added.
    """

    mode: Mode = Mode.ALONE
    position: float = 0.5
    across: bool = False
    rate: float = 2.0
    opacity: float = 0.5
    gain: float = 8.0

    def by(self, mode: Mode) -> Comparison:
        """Return the comparison in a mode; the same one where it is in that mode."""
        return self if self.mode is mode else replace(self, mode=mode)

    def turned(self, mode: Mode) -> Comparison:
        """Return the comparison in a mode, or in none where it is in that mode already."""
        return replace(self, mode=Mode.ALONE if self.mode is mode else mode)

    def divided(self, position: float | None) -> Comparison:
        """Return the wipe with its divider at a position; None leaves the wipe."""
        if position is None:
            return replace(self, mode=Mode.ALONE if self.mode is Mode.WIPE else self.mode)
        return replace(self, mode=Mode.WIPE, position=position)

    @property
    def scale(self) -> Scale | None:
        """The values of the setting of the mode, or None for a mode without one."""
        return SCALES.get(self.mode)

    @property
    def fraction(self) -> float:
        """Where the setting of the mode lies between its ends."""
        scale = self.scale
        return 0.0 if scale is None else scale.fraction(getattr(self, scale.field))

    def at(self, fraction: float) -> Comparison:
        """Return the comparison with the setting of its mode at a fraction between its ends."""
        scale = self.scale
        if scale is None:
            return self
        return scale.put(self, scale.value(fraction))

    def stepped(self, by: int) -> Comparison:
        """Return the comparison with the setting of its mode some steps further."""
        scale = self.scale
        return self if scale is None else self.at(self.fraction + by / scale.steps)

    def bounded(self) -> Comparison:
        """Return the comparison with every setting between its ends; what is no number is usual."""
        after = self
        for scale in SCALES.values():
            value = getattr(self, scale.field)
            kept = min(max(value, scale.low), scale.high)
            if not math.isfinite(value):
                kept = getattr(NO_COMPARISON, scale.field)
            after = scale.put(after, kept)
        return after

    def value_text(self) -> str:
        """Return the setting of the mode in words, such as ``×8``; nothing without one."""
        scale = self.scale
        return "" if scale is None else scale.form.format(getattr(self, scale.field))


NO_COMPARISON = Comparison()
"""Pictures alone, and the settings of the first start."""


def settings_as_text(comparison: Comparison) -> str:
    """Return the settings of all modes as one line, without the mode."""
    names = [scale.field for scale in SCALES.values()]
    return " ".join([str(int(comparison.across)), *(repr(getattr(comparison, n)) for n in names)])


def settings_from_text(text: str) -> Comparison:
    """Return the settings that were written by `settings_as_text`, with no mode on.

    Raises
    ------
    ValueError
        For any other text.
    """
    across, *values = text.split()
    found = replace(NO_COMPARISON, across=across == "1")
    for scale, value in zip(SCALES.values(), values, strict=True):
        found = scale.put(found, float(value))
    return found.bounded()
