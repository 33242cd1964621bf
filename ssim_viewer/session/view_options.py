"""What was asked of the window when the program was started; how to ask is the command line's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.images import NOTHING_GIVEN, Channel, GivenRange, Profile
from ssim_viewer.session.display import PLAIN, Display

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """What to open, and whether to take a picture of the window instead of showing it.

    Parameters
    ----------
    reference, distorted
        The images to open; None opens the sample pair, or compares the reference with itself.
        A session file may stand in place of the reference.
    others
        Further distorted images, to be flipped between.
    listen
        The name by which other programs show images in the window, or None.
    screenshot
        The PNG file to render the window to, without a display; None shows the window.
    size
        Width and height of the window in logical pixels.
    scale
        Device pixels per logical pixel, for screenshots.
    theme
        "light", "dark", "high contrast" or "system"; None keeps what was chosen in the window.
    language
        The language of the window, such as "de"; None takes the system's, if it is there.
    align
        "crop", "pad" or "resize" images of different sizes; None leaves it to the window to ask.
    steps, direction
        How many steps of the adaptive climb to make before the picture, and which way:
        "ascent", "descent", or None for no climb.
    given
        What is known of the data range.
    background
        The share of white under transparency; None keeps what the person chose in the window.
    profile
        What is done with ICC profiles; None keeps what the person chose in the window.
    channel
        What is measured of colour images.
    mask
        An image that names the pixels that count, or None.
    display
        How bright the images are shown.
    lesson
        A lesson to begin, or None.
    """

    reference: Path | None = None
    distorted: Path | None = None
    others: tuple[Path, ...] = ()
    listen: str | None = None
    screenshot: Path | None = None
    size: tuple[int, int] | None = None
    scale: float = 1.0
    theme: str | None = None
    language: str | None = None
    align: str | None = None
    steps: int = 0
    direction: str | None = None
    given: GivenRange = NOTHING_GIVEN
    display: Display = PLAIN
    background: float | None = None
    profile: Profile | None = None
    channel: Channel = "all"
    mask: Path | None = None
    lesson: Path | None = None
