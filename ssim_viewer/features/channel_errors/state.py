"""The errors of each channel of the pair on screen. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.session.report import table_as_csv
from ssim_viewer.text import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.session.state import Session

ID = "channel_errors"

COLUMNS = (tr("over"), "MSE", tr("PSNR dB"), "MAE")


@dataclass(frozen=True, slots=True)
class PlaneErrors:
    """The errors of one plane; MSE in squared units of the images, MAE in units, PSNR in dB."""

    name: str
    mse: float
    psnr: float
    mae: float


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The errors of a pair: over all channels, of luma, and of each channel.

    A grey pair has one row. `mask` and `crop` say what counted.
    """

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    data_range: float
    rows: tuple[PlaneErrors, ...]
    mask: NDArray[np.bool_] | None = None
    crop: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ChannelErrors:
    """Whether the window is open, and what was found last."""

    open: bool = False
    found: Found | None = None
    problem: str = ""


def found_on_screen(state: ChannelErrors, session: Session) -> Found | None:
    """Return the errors of the very images on screen, or None while they are not there."""
    found, document = state.found, session.document
    if found is None or document.pair is None or document.shown is None:
        return None
    if found.reference is not document.pair.reference.pixels:
        return None
    if found.distorted is not document.shown or found.mask is not document.pair.mask:
        return None
    metric = document.metric
    same = (found.data_range, found.crop) == (metric.data_range, metric.crop)
    return found if same else None


def as_csv(found: Found) -> str:
    """Return the rows as CSV at full precision."""
    rows = ((row.name, row.mse, row.psnr, row.mae) for row in found.rows)
    return table_as_csv(COLUMNS, *rows)
