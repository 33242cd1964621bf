"""The values of both images for a display that is not plain, as a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.session.display import Values, percentiles
from ssim_viewer.session.displaying import needs_values
from ssim_viewer.session.pyramid import Pyramid

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class ValuesRequest:
    """Make pyramids of the values of both images, and find where they begin and end.

    Attributes
    ----------
    before
        What was made last: the reference of it is taken over.
    """

    reference: NDArray[Any]
    distorted: NDArray[Any]
    before: Values | None = None

    def __call__(self) -> Values:
        """Return the values."""
        before = self.before
        if before is not None and before.reference is self.reference:
            first, ends = before.pyramids[0], before.ends
        else:
            first, ends = Pyramid.of(self.reference), percentiles(self.reference)
        same = self.distorted is self.reference
        second = first if same else Pyramid.of(self.distorted)
        return Values(self.reference, self.distorted, (first, second), ends)

    def is_same_job(self, other: object) -> bool:
        """Whether another request asks for the same."""
        return (
            isinstance(other, ValuesRequest)
            and other.reference is self.reference
            and other.distorted is self.distorted
        )


def missing_values(session: Session) -> ValuesRequest | None:
    """Return the values that a display wants and the session is missing."""
    document, values = session.document, session.values
    if document.pair is None or document.shown is None or not needs_values(session):
        return None
    request = ValuesRequest(document.pair.reference.pixels, document.shown, values)
    there = values is not None and (
        values.reference is request.reference and values.distorted is request.distorted
    )
    return None if there else request
