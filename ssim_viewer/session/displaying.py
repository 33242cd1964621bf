"""How the two images of a session are shown: by which tone, from which values, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.images.tone import Operator, Tone
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from ssim_viewer.session.display import Values
    from ssim_viewer.session.state import Session


def needs_values(session: Session) -> bool:
    """Whether the images are shown from their values: at another display, or with holes (NaN)."""
    pair = session.document.pair
    holes = pair is not None and pair.mask is not None and pair.reference.pixels.dtype.kind == "f"
    return holes or not session.look.display.is_plain


def tone_of(session: Session) -> Tone | None:
    """Return how the images are shown, or None while that is plain or not ready."""
    display, values = session.look.display, values_on_screen(session)
    if values is None or not needs_values(session):
        return None
    low, high = 0.0, session.document.metric.data_range
    if display.automatic:
        low, high = values.ends
    elif display.levels is not None:
        low, high = display.levels
    return Tone(low, high, display.exposure, display.operator)


def values_on_screen(session: Session) -> Values | None:
    """Return the values of the pair on screen; while a climb plays, those of a step before."""
    pair, values = session.document.pair, session.values
    if pair is None or values is None or values.reference is not pair.reference.pixels:
        return None
    if session.document.run is None and values.distorted is not session.document.shown:
        return None
    return values


def display_in_words(session: Session) -> str:
    """Return how the images are shown, such as ``12 to 3900, +1 EV``; nothing where it is plain."""
    tone = tone_of(session)
    if tone is None or session.look.display.is_plain:
        return ""
    words: list[str] = [
        tr("{black} to {white}", black=_short(tone.black), white=_short(tone.white))
    ]
    if tone.exposure:
        words.append(f"{tone.exposure:+g} EV".replace("-", "−"))
    if tone.operator is not Operator.LINEAR:
        words.append(tone.operator.value)
    return joined(", ", words)


def _short(value: float) -> str:
    """Return a value in three figures, or as it is where it is whole."""
    return f"{value:g}" if value == round(value) and abs(value) < 1e6 else f"{value:.3g}"
