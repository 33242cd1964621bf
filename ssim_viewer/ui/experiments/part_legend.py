"""The legend of an experiment's window, which also tells that only a part of the pair counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.session.range_words import part_in_words
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.images import Pair

PALE = QT_TR_NOOP("Pale blue does not count.")


def legend_of(legend: str, pair: Pair | None, *, maps: bool = True) -> str:
    """Return a legend, and for a pair with a mask what counts; of maps also its colour."""
    part = part_in_words(None if pair is None else pair.mask)
    said = (legend, part, PALE if maps and part else "")
    return " ".join(str(tr(each)) for each in said if each)
