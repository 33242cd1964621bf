"""The difference of two photographs, amplified around mid-grey, in the colours of the images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.images.tone import Tone
from ssim_viewer.session.difference import Difference
from ssim_viewer.ui.pane.picture import Picture

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session

    Photographs = tuple[Picture, Picture]


class Amplifier:
    """Makes the picture, and keeps what it has subtracted while only the gain changes."""

    def __init__(self) -> None:
        self._of: tuple[object, object] = (None, None)
        self._difference: Difference | None = None

    def picture(self, session: Session, photographs: Photographs) -> Picture:
        """Return mid-grey plus the gain times distorted minus reference, channel by channel.

        The display's range and exposure count as they do for the images themselves. What is written
        on pixels is the difference, in units of the images.
        """
        reference, distorted = photographs
        half = _half_range(session, reference.tone) / session.look.comparison.gain
        difference = self._subtracted(photographs)
        return Picture(
            difference,
            None,
            distorted.offset,
            distorted.side,
            difference,
            max(reference.decimals, distorted.decimals),
            tone=Tone(-half, half),
        )

    def _subtracted(self, photographs: Photographs) -> Difference:
        x, y = (each.values for each in photographs)
        if self._difference is None or self._of[0] is not x or self._of[1] is not y:
            self._of = x, y
            self._difference = Difference(x, y, by_channel=True)  # type: ignore[arg-type]
        return self._difference


def _half_range(session: Session, tone: Tone | None) -> float:
    """Return half of the range of values between black and white on screen."""
    if tone is None:
        return session.document.metric.data_range / 2
    return float((tone.white - tone.black) / 2 / 2.0**tone.exposure)
