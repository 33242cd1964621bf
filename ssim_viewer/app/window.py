"""Making a window that works: with its session, its workers and a pair on its way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.app.program import Program
from ssim_viewer.compute.heap import use_few_heaps
from ssim_viewer.images import NOTHING_GIVEN, GivenRange, Image, image_from_array
from ssim_viewer.session.display import PLAIN, Display
from ssim_viewer.session.state import Session
from ssim_viewer.text import tr
from ssim_viewer.ui.shell.main_window import MainWindow
from ssim_viewer.ui.shell.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike
    from PySide6.QtCore import QSettings

    from ssim_viewer.images import Alignment, Channel, Profile


def create_window(
    reference: str | Path | Image | ArrayLike | None = None,
    distorted: str | Path | Image | ArrayLike | None = None,
    *,
    others: Sequence[str | Path | Image | ArrayLike] = (),
    alignment: Alignment | None = None,
    given: GivenRange = NOTHING_GIVEN,
    display: Display = PLAIN,
    background: float | None = None,
    profile: Profile | None = None,
    channel: Channel = "all",
    mask: Path | None = None,
    settings: QSettings | None = None,
    recovers: bool = False,
    listens: str = "",
) -> MainWindow:
    """Return the main window with a pair on its way to the screen; a QApplication exists.

    Parameters
    ----------
    reference, distorted
        Files, images, or arrays of (H, W), (H, W, 3) or (H, W, 4). Without a reference a
        sample pair is opened; without a distorted image the reference is compared with itself.
    others
        Further distorted images, kept beside the first one as candidates.
    alignment
        How two sizes are brought to one; by default the window asks.
    given
        What is known of the data range; by default types tell, and of floats it is guessed.
    display
        How bright the images are shown; by default black is 0 and white the data range.
    background
        The share of white under transparency; by default what was chosen in the window before.
    profile
        What is done with the colours of files that have an ICC profile; by default what was
        chosen in the window before.
    channel
        What is measured of colour images: all channels, one of them, or a luma.
    mask
        An image of the size of the reference; pixels count that are above 0 in it.
    settings
        Where window and preferences are kept; the user's own settings by default.
    recovers
        Whether a copy of the session is kept beside the settings while the window is open, and
        offered at the next start after a crash.
    listens
        The name by which other programs show images here, or "".
    """
    use_few_heaps()
    preferences = Preferences(settings, recovers=recovers, listens=listens)
    window = MainWindow(preferences)
    grey = preferences.background if background is None else background
    look = replace(
        preferences.look,
        display=display,
        background=grey,
        profile=profile or preferences.profile,
        channel=channel,
    )
    session = Session(look=look, playback=preferences.playback, recent=preferences.recent)
    program = Program(window, session)
    program.open_pair(
        None if reference is None else _source(reference),
        None if distorted is None else _source(distorted),
        alignment,
        given,
        [_source(each) for each in others],
        mask=mask,
    )
    return window


def _source(source: str | Path | Image | ArrayLike) -> Path | Image:
    if isinstance(source, Image | Path):
        return source
    if isinstance(source, str):
        return Path(source)
    return image_from_array(np.asarray(source), tr("Array"))
