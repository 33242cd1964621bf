"""The state: the shift that was found between the images of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.images.resolving import is_made
from ssim_viewer.session.kept import of_document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.images import Shift
    from ssim_viewer.session.state import Session

ID = "registration"

KEPT = 64

LEAST_SHIFT = 0.25
"""Pixels from which on a shift is worth a word: what lossy coding moves is less."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundShift:
    """A shift with the very arrays that it was found between."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    shift: Shift | None


@dataclass(frozen=True, slots=True, eq=False)
class RegistrationState:
    """What was found of the latest pairs: nothing is looked for, or offered, twice.

    Attributes
    ----------
    found
        Of pairs with one reference, latest last.
    """

    found: tuple[FoundShift, ...] = ()

    def knows(self, reference: NDArray[np.generic], distorted: NDArray[np.generic]) -> bool:
        """Whether a pair was looked at."""
        return any(
            each.reference is reference and each.distorted is distorted for each in self.found
        )

    def with_latest(self, latest: FoundShift) -> RegistrationState:
        """Return the state with one more pair; those of another reference are let go."""
        alike = tuple(each for each in self.found if each.reference is latest.reference)
        return RegistrationState((*alike, latest)[-KEPT:])


def pair_to_look_at(session: Session) -> tuple[NDArray[np.generic], NDArray[np.generic]] | None:
    """Return the arrays of a pair whose images may lie at two places, once it is measured.

    An image that was made from the reference, or moved already, lies where it should.
    """
    document = session.document
    opened, pair = document.opened, document.pair
    if opened is None or pair is None or document.run is not None:
        return None
    if opened.lacking or opened.alignment is not None or is_made(opened.distorted):
        return None
    if opened.distorted is opened.reference or not of_document(session.measured, document):
        return None
    return pair.reference.pixels, pair.distorted.pixels
